import DHIS2Behaviour
import FoundationEssentials
import HTTPVocabulary

/// A session at DHIS2, as the cookies that stand for it.
///
/// A class, so that a request takes it for the price of one reference count.
final class Session: Sendable {
    /// The number of the request that opened it; a newer session has a larger one.
    let number: Int
    /// DHIS2's own first, then those that a load balancer needs to find the right server.
    let cookies: [Cookie]
    /// The `Cookie` field.
    let field: HTTPField
    /// The header fields of a request that has none of its own.
    let headers: HTTPFields

    /// Creates a session.
    ///
    /// - Parameters:
    ///   - number: The number of the request that opened it.
    ///   - cookies: Its cookies, DHIS2's own first. Those that would make the field longer than a server takes are left
    ///     out.
    ///   - headers: The client's header fields.
    /// - Returns: `nil` where DHIS2's own cookie is missing or cannot be sent.
    init?(number: Int, cookies: [Cookie], headers: HTTPFields) {
        var kept: [Cookie] = []
        var text = ""
        for cookie in cookies where text.utf8.count + cookie.name.utf8.count + cookie.value.utf8.count <= Cookie.largest
        {
            text += (text.isEmpty ? "" : "; ") + "\(cookie.name)=\(cookie.value)"
            kept.append(cookie)
        }
        guard kept.first?.name == SessionRules.cookieName, let field = HTTPField(name: .cookie, value: text) else {
            return nil
        }
        self.number = number
        self.cookies = kept
        self.field = field
        var headers = headers
        headers.append(field)
        self.headers = headers
    }

    /// Whether one of its cookies has ended.
    func hasEndedCookie(at now: @autoclosure () -> Date) -> Bool {
        guard cookies.contains(where: { $0.expiry != nil }) else { return false }
        let now = now()
        return cookies.contains { $0.isOver(at: now) }
    }
}
