import Text

/// Durations and sizes as people write them, in the units of the job file.
package enum AmountText {
    /// A duration such as `250ms`, `1.5s` or `1m30s`, rounded up to a millisecond.
    ///
    /// Rounding up keeps what is over a bound visibly over it.
    package static func duration(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
        if milliseconds < 1000 { return "\(milliseconds)ms" }
        var text = ""
        if milliseconds >= 3_600_000 { text += "\(milliseconds / 3_600_000)h" }
        if milliseconds % 3_600_000 >= 60_000 { text += "\(milliseconds % 3_600_000 / 60_000)m" }
        let (whole, thousandths) = (milliseconds % 60_000).quotientAndRemainder(dividingBy: 1000)
        if thousandths > 0 {
            var digits = String(String(1000 + thousandths).dropFirst())
            while digits.hasSuffix("0") { digits.removeLast() }
            text += "\(whole).\(digits)s"
        } else if whole > 0 {
            text += "\(whole)s"
        }
        return text
    }

    /// A size such as `64KiB` or `10MB` where it is a whole number of these, or in bytes.
    package static func exactSize(_ size: Int) -> String {
        let units = [
            (1024 * 1024 * 1024, "GiB"), (1_000_000_000, "GB"), (1024 * 1024, "MiB"), (1_000_000, "MB"), (1024, "KiB"),
        ]
        for (unit, name) in units where size >= unit && size % unit == 0 { return "\(size / unit)\(name)" }
        return size.counting("byte")
    }

    /// A size to give an idea, such as `512 bytes`, `12.3KiB` or `1.2MiB`.
    package static func roughSize(_ size: Int) -> String {
        if size < 1024 { return size.counting("byte") }
        let (unit, name) = size < 1024 * 1024 ? (1024, "KiB") : (1024 * 1024, "MiB")
        let tenths = (size * 10 + unit / 2) / unit
        return tenths % 10 == 0 ? "\(tenths / 10)\(name)" : "\(tenths / 10).\(tenths % 10)\(name)"
    }
}
