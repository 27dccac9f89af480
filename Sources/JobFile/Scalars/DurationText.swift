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
