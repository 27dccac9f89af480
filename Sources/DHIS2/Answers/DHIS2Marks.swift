/// What DHIS2 and its servlet container leave on an answer, and the target of a route cannot.
///
/// Proxies can take each of them away. Which of them arrive shows the answer to preflight; only where one is due does
/// it mean anything that it is missing.
public struct DHIS2Marks: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt8

    /// Creates marks from their bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `frame-ancestors 'self'`, or `X-Frame-Options: SAMEORIGIN`, with `X-Content-Type-Options: nosniff`: on every answer
    /// that passed DHIS2's filters.
    public static let securityHeaders = Self(rawValue: 1)
    /// A status line without a reason phrase, which is Tomcat's way; a proxy that passes it on writes one into errors of
    /// its own (seen with nginx).
    public static let emptyReasonPhrase = Self(rawValue: 2)
    /// `Set-Cookie: JSESSIONID=…`: on the answer to a request that had no cookie of a session, once DHIS2 has accepted its
    /// credentials.
    public static let sessionCookie = Self(rawValue: 4)
    /// `Set-Cookie: SESSION_EXPIRE=…`: on every answer to a request with accepted credentials, from 2.43 on.
    public static let sessionExpiry = Self(rawValue: 8)
    /// `Transfer-Encoding: chunked`: up to 2.41 on DHIS2's own answers, and never on those of targets.
    public static let chunks = Self(rawValue: 16)

    /// A type written as `application/json;charset=UTF-8`: on the good answers of DHIS2's own, and on those of targets.
    public static let charset = Self(rawValue: 32)

    /// Whether these tell who gave an answer; a cookie that not every answer has does not.
    package var tellWhoAnswers: Bool { !isDisjoint(with: [.securityHeaders, .emptyReasonPhrase, .sessionExpiry]) }
}
