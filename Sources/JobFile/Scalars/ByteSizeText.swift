/// Sizes as job files write them: `512`, `64KiB`, `10MB`.
enum ByteSizeText {
    /// A whole amount with a unit of 1000 (`kB`, `KB`, `MB`, `GB`) or 1024 (`KiB`, `MiB`, `GiB`), or in bytes.
    static func parse(_ text: String) -> Int? {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
        guard let amount = Int(Substring(digits)) else { return nil }
        let factor: Int? =
            switch Substring(text.utf8.dropFirst(digits.count)) {
            case "", "B": 1
            case "kB", "KB": 1000
            case "KiB": 1024
            case "MB": 1_000_000
            case "MiB": 1024 * 1024
            case "GB": 1_000_000_000
            case "GiB": 1024 * 1024 * 1024
            default: nil
            }
        guard let factor else { return nil }
        let (size, isTooLarge) = amount.multipliedReportingOverflow(by: factor)
        return isTooLarge ? nil : size
    }
}
