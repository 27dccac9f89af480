import FoundationEssentials

extension ReportBuffer {
    /// Appends a number in decimal.
    mutating func append(_ number: Int) {
        if number < 0 { append(byte: UInt8(ascii: "-")) }
        append(number.magnitude, digits: 1)
    }

    /// Appends a number in decimal with leading zeros up to so many digits, at most 20.
    mutating func append(_ number: UInt, digits: Int) {
        appendNumber(capacity: 20) { $0.prepend(number, digits: min(digits, 20)) }
    }

    /// Appends a hash as a text of decimal digits.
    ///
    /// A number would lose digits in readers that know doubles alone. With letters among them, some digits could be those
    /// of a secret, and be hidden; a secret of digits alone is not looked for in finished documents
    /// (``ReportVocabulary``).
    mutating func append(hash: UInt64) {
        append("\"")
        append(UInt(hash), digits: 1)
        append("\"")
    }

    /// Appends what a closure writes, from the last digit to the first.
    private mutating func appendNumber(capacity: Int, _ write: (inout DecimalWriter) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { memory in
            var writer = DecimalWriter(memory: memory, start: capacity)
            write(&writer)
            append(bytes: UnsafeBufferPointer(rebasing: memory[writer.start...]))
        }
    }

    /// Appends a duration in seconds with three decimals and a point, whatever the locale; a negative one as zero.
    mutating func appendMilliseconds(_ duration: Duration) {
        appendSeconds(duration.reportedMicroseconds, unit: 1_000, digits: 3)
    }

    /// Appends a duration in seconds with six decimals.
    mutating func appendMicroseconds(_ duration: Duration) {
        appendSeconds(duration.reportedMicroseconds, unit: 1, digits: 6)
    }

    private mutating func appendSeconds(_ microseconds: UInt, unit: UInt, digits: Int) {
        let (seconds, fraction) = ((microseconds + unit / 2) / unit).quotientAndRemainder(dividingBy: 1_000_000 / unit)
        appendNumber(capacity: 27) { writer in
            writer.prepend(fraction, digits: digits)
            writer.prepend(byte: UInt8(ascii: "."))
            writer.prepend(seconds, digits: 1)
        }
    }

    /// Appends a moment as `2026-08-22T10:11:12Z`.
    mutating func appendTimestamp(_ date: Date) {
        append(utf8: Timestamp.text(date))
    }

    /// Appends a moment as `2026-08-22T10:11:12.125Z`.
    mutating func appendPreciseTimestamp(_ date: Date) {
        append(utf8: Timestamp.preciseText(date))
    }

    private mutating func append(utf8 text: String) {
        var text = text
        text.withUTF8 { append(bytes: $0) }
    }
}

extension Duration {
    /// Whole microseconds, rounded down; zero for a negative duration, and at most what an `Int` holds.
    var reportedMicroseconds: UInt {
        // All but the longest fit into a word, whose division costs a tenth.
        if let attoseconds = UInt64(exactly: attoseconds) { return UInt(attoseconds / 1_000_000_000_000) }
        return UInt(Int(clamping: max(0, attoseconds / 1_000_000_000_000)))
    }

    /// Whole milliseconds, rounded to the nearest.
    var reportedMilliseconds: Int { Int((reportedMicroseconds + 500) / 1_000) }

    /// Seconds as a number to calculate with.
    var reportedSeconds: Double { Double(reportedMicroseconds) / 1_000_000 }
}

/// Writes digits into memory from its end on.
private struct DecimalWriter {
    let memory: UnsafeMutableBufferPointer<UInt8>
    /// Where the first digit so far is.
    var start: Int

    mutating func prepend(byte: UInt8) {
        start -= 1
        memory[start] = byte
    }

    /// Writes a number in front of what there is, with leading zeros up to so many digits.
    mutating func prepend(_ number: UInt, digits: Int) {
        let end = start
        var rest = number
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            prepend(byte: UInt8(truncatingIfNeeded: digit) &+ 0x30)
            rest = quotient
        } while rest > 0
        while end - start < digits { prepend(byte: 0x30) }
    }
}

/// Moments in UTC as the reports write and read them: ISO 8601.
enum Timestamp {
    /// The moments that four digits of a year can say, as seconds since 1970.
    private static let sayable = -62_135_596_800...253_402_300_799.999

    private static let style = Date.ISO8601FormatStyle()
    private static let preciseStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// A moment as `2026-08-22T10:11:12Z`; one that four digits of a year cannot say becomes the nearest that they can.
    static func text(_ date: Date) -> String {
        milliseconds(date).formatted(style)
    }

    /// A moment to the nearest millisecond, as `2026-08-22T10:11:12.125Z`.
    static func preciseText(_ date: Date) -> String {
        milliseconds(date).formatted(preciseStyle)
    }

    /// The moment that `2026-08-22T10:11:12.125Z` says, with or without a fraction; `nil` for anything else.
    static func parse(_ text: String) -> Date? {
        // The style reads past the end of a moment, and takes other zones and shorter numbers.
        guard text.utf8.count >= "2026-08-22T10:11:12Z".utf8.count, text.utf8.last == UInt8(ascii: "Z"),
            text.utf8.dropLast().allSatisfy({ "0123456789-T:.".utf8.contains($0) })
        else { return nil }
        return try? (text.contains(".") ? preciseStyle : style).parse(text)
    }

    /// The nearest whole millisecond and a little more, because the styles cut off what is less than one.
    private static func milliseconds(_ date: Date) -> Date {
        let seconds = date.timeIntervalSince1970
        let bounded = seconds.isNaN ? 0 : min(max(seconds, sayable.lowerBound), sayable.upperBound)
        return Date(timeIntervalSince1970: (bounded * 1_000).rounded() / 1_000 + 0.000_1)
    }
}

extension Date {
    /// Milliseconds since 1970; those of a moment too far away to count are those of 1970.
    var reportedMilliseconds: Int { Int(exactly: (timeIntervalSince1970 * 1_000).rounded()) ?? 0 }
}
