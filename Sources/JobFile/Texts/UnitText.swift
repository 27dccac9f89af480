package import Checks

/// Durations as job files write them: `250ms`, `10s`, `1m30s`, `2h`.
package enum DurationText {
    /// The longest duration, a year, far from any overflow.
    private static let longest = 366 * 24 * 3_600_000

    /// Whole amounts with units, from the largest unit to the smallest, each at most once.
    package static func parse(_ text: String) -> Duration? {
        var rest = Array(text.utf8)[...]
        var milliseconds = 0
        var smallest = Int.max
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { !(0x30...0x39).contains($0) }
            rest = rest.dropFirst(unit.count)
            guard let amount = Int(String(decoding: digits, as: UTF8.self)),
                let size = size(of: String(decoding: unit, as: UTF8.self)), size < smallest,
                amount <= longest / size
            else { return nil }
            smallest = size
            milliseconds += amount * size
            guard milliseconds <= longest else { return nil }
        }
        return .milliseconds(milliseconds)
    }

    /// What to do about a duration with a fraction, or one that is too long.
    static func help(with text: String) -> String? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let size = size(of: String(text.dropFirst(number.count))), let amount = Double(number) else { return nil }
        let milliseconds = (amount * Double(size)).rounded()
        guard milliseconds <= Double(longest) else { return "the longest duration is \(longest / 3_600_000)h" }
        return number.contains(".") && milliseconds >= 1 ? "write \(Int(milliseconds))ms" : nil
    }

    private static func size(of unit: String) -> Int? {
        switch unit {
        case "ms": 1
        case "s": 1000
        case "m": 60_000
        case "h": 3_600_000
        default: nil
        }
    }
}

/// Rates as job files write them: `50/s`, `600/min`.
package enum RateText {
    package static func parse(_ text: String) -> RequestRate? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(parts[0]), (1...1_000_000).contains(count)
        else { return nil }
        switch parts[1] {
        case "s": return RequestRate(count: count, per: .seconds(1))
        case "min": return RequestRate(count: count, per: .seconds(60))
        default: return nil
        }
    }
}

/// Sizes as job files write them: `512`, `64KiB`, `10MB`.
package enum ByteSizeText {
    /// A whole amount with a unit of 1000 (`kB`, `KB`, `MB`, `GB`) or 1024 (`KiB`, `MiB`, `GiB`), or in bytes.
    package static func parse(_ text: String) -> Int? {
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

/// Statuses as job files write them: `200`, `2xx`, `200-204`.
enum StatusText {
    /// The codes that there are.
    static let codes = 100...599

    static func parse(_ text: String) -> StatusSet.Part? {
        var text = text
        return text.withUTF8(parse)
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> StatusSet.Part? {
        if bytes.count == 3 {
            if (bytes[1], bytes[2]) == (0x78, 0x78) || (bytes[1], bytes[2]) == (0x58, 0x58) {
                guard (0x31...0x35).contains(bytes[0]) else { return nil }
                let first = Int(bytes[0] - 0x30) * 100
                return .range(first...first + 99)
            }
            return code(bytes[...]).map { .code($0) }
        }
        guard bytes.count == 7, bytes[3] == UInt8(ascii: "-"), let first = code(bytes[..<3]),
            let last = code(bytes[4...]), first <= last
        else { return nil }
        return .range(first...last)
    }

    private static func code(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return codes.contains(code) ? code : nil
    }
}
