import DHIS2Behaviour
package import FoundationEssentials
internal import Text

/// Reads the dates of HTTP: strictly as header fields hold them, and leniently as cookies do.
package enum HTTPDate {
    /// The moment that a date in a header field names, in one of the three forms of RFC 9110, section 5.6.7:
    /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
    ///
    /// - Parameters:
    ///   - text: The value of the field.
    ///   - now: Where a year of two digits counts from: it is at most 50 years after it.
    /// - Returns: `nil` for anything else, and where there is no such day.
    package static func parse(_ text: String, at now: Date = Date()) -> Date? {
        let parts = text.split(separator: " ")
        guard let first = parts.first else { return nil }
        if !first.hasSuffix(",") {
            // An asctime-date has a blank in place of a digit.
            guard parts.count == 5, isDayName(first, of: dayNames) else { return nil }
            return date(day: parts[2], 1...2, month: parts[1], year: number(parts[4].utf8, is: 4...4), parts[3])
        }
        guard parts.last == "GMT" else { return nil }
        let dayName = first.dropLast()
        if parts.count == 6 {
            guard isDayName(dayName, of: dayNames) else { return nil }
            return date(day: parts[1], 1...2, month: parts[2], year: number(parts[3].utf8, is: 4...4), parts[4])
        }
        let fields = parts.count == 4 ? parts[1].split(separator: "-", omittingEmptySubsequences: false) : []
        guard fields.count == 3, isDayName(dayName, of: longDayNames) else { return nil }
        let year = number(fields[2].utf8, is: 2...2).map { fullYear($0, at: now) }
        return date(day: fields[0], 2...2, month: fields[1], year: year, parts[2])
    }

    /// The year of a date that has only its last two digits.
    private static func fullYear(_ digits: Int, at now: Date) -> Int {
        let current = greenwich.component(.year, from: now)
        let year = current - current % 100 + digits
        if year > current + 50 { return year - 100 }
        return year <= current - 50 ? year + 100 : year
    }

    private static func date(
        day: Substring,
        _ digits: ClosedRange<Int>,
        month: Substring,
        year: Int?,
        _ time: Substring
    ) -> Date? {
        let time = time.split(separator: ":", omittingEmptySubsequences: false).compactMap {
            number($0.utf8, is: 2...2)
        }
        guard let day = number(day.utf8, is: digits), let month = months.firstIndex(of: String(month)),
            let year, year >= 1970, time.count == 3, time[0] <= 23, time[1] <= 59, time[2] <= 60
        else { return nil }
        // A leap second is the one after it.
        let components = DateComponents(
            year: year,
            month: month + 1,
            day: day,
            hour: time[0],
            minute: time[1],
            second: min(time[2], 59)
        )
        guard components.isValidDate(in: greenwich) else { return nil }
        return greenwich.date(from: components)?.addingTimeInterval(time[2] == 60 ? 1 : 0)
    }

    private static func isDayName(_ name: Substring, of names: [String]) -> Bool { names.contains(String(name)) }

    /// The number that a token is, if it has as many digits and nothing else.
    private static func number(_ token: Substring.UTF8View, is digits: ClosedRange<Int>) -> Int? {
        token.allSatisfy(ByteSet.digits.contains) ? number(token, digits: digits) : nil
    }

    /// The moment that the `Expires` attribute of a cookie names, which servers write in many ways (RFC 6265,
    /// section 5.1.1); `nil` where a part is missing, out of range, or no such day exists.
    static func parseExpiry(_ text: String) -> Date? {
        var parts = ExpiryParts()
        for token in text.utf8.split(whereSeparator: isDelimiter) { parts.take(token) }
        return parts.date
    }

    private static var greenwich: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }

    private static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private static let longDayNames = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// What has been found so far; the first token that fits a part fills it.
    private struct ExpiryParts {
        var time: [Int]?
        var day: Int?
        var month: Int?
        var year: Int?

        mutating func take(_ token: Substring.UTF8View) {
            if time == nil, let found = HTTPDate.time(token) {
                time = found
            } else if day == nil, let found = HTTPDate.number(token, digits: 1...2) {
                day = found
            } else if month == nil, let found = HTTPDate.month(token) {
                month = found
            } else if year == nil, let found = HTTPDate.number(token, digits: 2...4) {
                year = found
            }
        }

        var date: Date? {
            guard let time, let day, let month, var year else { return nil }
            switch year {
            case 70...99: year += 1900
            case 0...69: year += 2000
            default: break
            }
            guard year >= 1601, time[0] <= 23, time[1] <= 59, time[2] <= 59 else { return nil }
            let calendar = HTTPDate.greenwich
            let components = DateComponents(
                year: year,
                month: month,
                day: day,
                hour: time[0],
                minute: time[1],
                second: time[2]
            )
            return components.isValidDate(in: calendar) ? calendar.date(from: components) : nil
        }
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x20...0x2F, 0x3B...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// Three numbers with colons between them; what follows the last one is left out.
    private static func time(_ token: Substring.UTF8View) -> [Int]? {
        let fields = token.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, fields[..<2].joined().allSatisfy(ByteSet.digits.contains) else { return nil }
        let numbers = fields.compactMap { number($0, digits: 1...2) }
        return numbers.count == 3 ? numbers : nil
    }

    /// The number that a token begins with, if it has as many digits and no more.
    private static func number(_ token: Substring.UTF8View, digits: ClosedRange<Int>) -> Int? {
        let found = token.prefix(while: ByteSet.digits.contains)
        return digits.contains(found.count) ? Int(String(Substring(found))) : nil
    }

    /// The month whose first three letters a token begins with.
    private static func month(_ token: Substring.UTF8View) -> Int? {
        let name = String(Substring(token.prefix(3))).lowercased()
        return months.firstIndex { $0.lowercased() == name }.map { $0 + 1 }
    }
}
