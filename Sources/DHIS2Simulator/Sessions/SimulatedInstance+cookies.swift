import Glibc

/// The cookies that sessions add to answers.
extension SimulatedInstance {
    /// What a request's session adds to its answer.
    ///
    /// - Parameters:
    ///   - isAdmitted: Whether the answer is to a user's request, rather than a refusal.
    ///   - now: Seconds since 1970.
    func cookies(of session: RequestSession, isAdmitted: Bool, now: Int) -> [String] {
        switch session {
        case .active(let active) where isAdmitted:
            let expiry = hasExpiryCookie ? [expiryCookie(now: now)] : []
            return active.cookieUser == nil ? [sessionCookie(active.id)] + expiry : expiry
        case .anonymous(let id) where !isAdmitted:
            return [sessionCookie(id)]
        default:
            return []
        }
    }

    private func sessionCookie(_ id: SessionID) -> String {
        "JSESSIONID=\(id.text); Path=\(cookiePath); HttpOnly" + (minorVersion >= 42 ? "; SameSite=Lax" : "")
    }

    private func expiryCookie(now: Int) -> String {
        let lifetime = 3600
        let end = now + lifetime
        return "SESSION_EXPIRE=server_time=\(now)&expiry_time=\(end); Path=\(cookiePath); Max-Age=\(lifetime); "
            + "Expires=\(HTTPDate.text(end)); SameSite=Lax"
    }
}

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
        let time = [seconds % 86_400 / 3600, seconds % 3600 / 60, seconds % 60].map { $0.digits(2) }
        return "\(weekdays[days % 7]), \(day.digits(2)) \(months[month]) \(year) \(time.joined(separator: ":")) GMT"
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
}
