import FoundationEssentials

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
