import FoundationEssentials

extension ReportBuffer {
    /// Appends a number in decimal.
    mutating func append(_ number: Int) {
        if number < 0 { append(byte: UInt8(ascii: "-")) }
        append(number.magnitude, digits: 1)
    }

    /// Appends a number in decimal with leading zeros up to so many digits, at most 20.
    mutating func append(_ number: UInt, digits: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digitsBuffer in
            var rest = number
            var start = 20
            repeat {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                start -= 1
                digitsBuffer[start] = UInt8(truncatingIfNeeded: digit) &+ 0x30
                rest = quotient
            } while rest > 0
            while 20 - start < min(digits, 20) {
                start -= 1
                digitsBuffer[start] = 0x30
            }
            append(bytes: UnsafeBufferPointer(rebasing: digitsBuffer[start...]))
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
        let scale = 1_000_000 / unit
        let rounded = (microseconds + unit / 2) / unit
        append(rounded / scale, digits: 1)
        append(byte: UInt8(ascii: "."))
        append(rounded % scale, digits: digits)
    }

    /// Appends a moment as `2026-08-22T10:11:12Z`.
    mutating func appendTimestamp(_ date: Date) {
        appendTimestamp(CivilTime(date), fraction: false)
    }

    /// Appends a moment as `2026-08-22T10:11:12.125Z`.
    mutating func appendPreciseTimestamp(_ date: Date) {
        appendTimestamp(CivilTime(date), fraction: true)
    }

    mutating func appendTimestamp(_ time: CivilTime, fraction: Bool) {
        append(UInt(time.year), digits: 4)
        append(byte: UInt8(ascii: "-"))
        append(UInt(time.month), digits: 2)
        append(byte: UInt8(ascii: "-"))
        append(UInt(time.day), digits: 2)
        append(byte: UInt8(ascii: "T"))
        append(UInt(time.hour), digits: 2)
        append(byte: UInt8(ascii: ":"))
        append(UInt(time.minute), digits: 2)
        append(byte: UInt8(ascii: ":"))
        append(UInt(time.second), digits: 2)
        if fraction {
            append(byte: UInt8(ascii: "."))
            append(UInt(time.millisecond), digits: 3)
        }
        append(byte: UInt8(ascii: "Z"))
    }
}

extension Duration {
    /// Whole microseconds, rounded down; zero for a negative duration.
    var reportedMicroseconds: UInt {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt(seconds) * 1_000_000 + UInt(attoseconds / 1_000_000_000_000)
    }

    /// Whole milliseconds, rounded to the nearest.
    var reportedMilliseconds: Int { Int((reportedMicroseconds + 500) / 1_000) }

    /// Seconds as a number to calculate with.
    var reportedSeconds: Double { Double(reportedMicroseconds) / 1_000_000 }
}
