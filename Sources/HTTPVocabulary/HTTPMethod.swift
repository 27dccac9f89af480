/// What a request asks a server to do with its target (RFC 9110, section 9).
///
/// A method is a token, and its case matters: `get` is another method than `GET`.
public struct HTTPMethod: RawRepresentable, Sendable, Hashable {
    /// The method as it is sent.
    public let rawValue: String

    /// Creates a method; fails unless the text is a token (RFC 9110, section 5.6.2).
    public init?(rawValue: String) {
        guard Token.isValid(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(known: String) {
        rawValue = known
    }

    /// Transfers what the target is at present.
    public static var get: Self { Self(known: "GET") }
    /// As `GET`, without the body.
    public static var head: Self { Self(known: "HEAD") }
    /// Lets the target process the body.
    public static var post: Self { Self(known: "POST") }
    /// Makes the body what the target is.
    public static var put: Self { Self(known: "PUT") }
    /// Removes what the target is.
    public static var delete: Self { Self(known: "DELETE") }
    /// Asks how one may communicate with the target.
    public static var options: Self { Self(known: "OPTIONS") }
    /// Asks for the request as it arrived.
    public static var trace: Self { Self(known: "TRACE") }
    /// Changes parts of the target (RFC 5789).
    public static var patch: Self { Self(known: "PATCH") }

    /// Whether to send a request twice has the effect of sending it once (RFC 9110, section 9.2.2).
    ///
    /// A client may send such a request again when it does not know whether the server has acted on it, e.g. because
    /// the connection broke. Of a method that is not among the constants nothing is known, so it does not count as
    /// idempotent.
    public var isIdempotent: Bool {
        self == .get || self == .head || self == .put || self == .delete || self == .options || self == .trace
    }
}
