import Glibc

/// Dates as HTTP writes them (RFC 9110, section 5.6.7).
enum HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Seconds since 1970.
    static var now: Int { time(nil) }

    /// A moment such as `Fri, 27 Nov 2026 21:21:34 GMT`.
    ///
    /// - Parameter seconds: Seconds since 1970, not negative.
    static func text(_ seconds: Int) -> String {
        let days = seconds / 86_400
        let (year, month, day) = date(days)
        let time = [seconds % 86_400 / 3600, seconds % 3600 / 60, seconds % 60].map(twoDigits).joined(separator: ":")
        return "\(weekdays[days % 7]), \(twoDigits(day)) \(months[month]) \(year) \(time) GMT"
    }

    /// The date so many days after 1 January 1970; months count from 0.
    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        var rest = days
        var year = 1970
        while rest >= length(of: year) {
            rest -= length(of: year)
            year += 1
        }
        let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var month = 0
        while rest >= lengths[month] {
            rest -= lengths[month]
            month += 1
        }
        return (year, month, rest + 1)
    }

    private static func length(of year: Int) -> Int { isLeap(year) ? 366 : 365 }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
