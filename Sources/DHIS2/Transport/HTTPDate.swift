import DHIS2Behaviour
package import FoundationEssentials
internal import Text

/// Reads the dates of HTTP: strictly as header fields hold them, and leniently as cookies do.
package enum HTTPDate {
    /// The moment that an IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT` names (RFC 9110, section 5.6.7); `nil`
    /// for anything else, the two obsolete forms included.
    package static func parse(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT",
            let day = Int(parts[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(parts[2])),
            let year = Int(parts[3]), (1970...9999).contains(year)
        else { return nil }
        let time = parts[4].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard time.count == 3,
            let hour = time[0], (0...23).contains(hour),
            let minute = time[1], (0...59).contains(minute),
            let second = time[2], (0...60).contains(second)
        else { return nil }
        return greenwich.date(
            from: DateComponents(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        )
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
