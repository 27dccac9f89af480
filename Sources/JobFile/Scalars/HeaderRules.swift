internal import HTTPVocabulary

/// What DHIS2's route proxy does with header fields, the same in all releases from 2.40 to 2.43 except that
/// `content-type` is forwarded from 2.40.9, 2.41.5 and 2.42.2 on.
enum HeaderRules {
    /// Request fields that reach the route's target; `if-…` stands for the five conditional ones.
    private static let forwarded = names([
        "accept", "accept-encoding", "accept-language", "x-requested-with", "user-agent", "cache-control",
        "content-type", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
        "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-forwarded-prefix",
        "forwarded",
    ])

    static let forwardedText = """
        Accept, Accept-Encoding, Accept-Language, X-Requested-With, User-Agent, Cache-Control, Content-Type, If-*, \
        X-Forwarded-* and Forwarded
        """

    /// Response fields of the target that DHIS2 passes on.
    private static let returned = names([
        "content-encoding", "content-language", "content-length", "content-type", "expires", "cache-control",
        "last-modified", "etag",
    ])

    static let returnedText = """
        Content-Encoding, Content-Language, Content-Length, Content-Type, Expires, Cache-Control, Last-Modified and ETag
        """

    /// Fields that say how a message is framed; a job that set them could smuggle a second request.
    static let framing = names([
        "connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade",
    ])

    /// Fields that only the server's settings may fill: with others DHIS2 would see somebody else.
    static let credentials: Set<HTTPFieldName> = [.authorization, .cookie]

    /// The field with which DHIS2 from 2.42 on answers 200 without a body and without a call of the route (its CORS
    /// filter; seen on 2.42.5.2, 2.43.1 and a snapshot of 2.44).
    static let crossOrigin = HTTPFieldName(constant: "Origin")

    static func isForwarded(_ name: HTTPFieldName) -> Bool { forwarded.contains(name) }

    static func isReturned(_ name: HTTPFieldName) -> Bool { returned.contains(name) }

    private static func names(_ names: [StaticString]) -> Set<HTTPFieldName> {
        Set(names.map { HTTPFieldName(constant: $0) })
    }

    /// What DHIS2 does to a body of a media type in a POST, if it does not pass it on as it is (seen on 2.41.9.1, 2.43.1 and
    /// a snapshot of 2.44): as the end of a sentence that begins with its name.
    static func harm(ofPosting contentType: String) -> String? {
        let type = contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        if type == "application/x-www-form-urlencoded" { return "empties a POST with this Content-Type" }
        if type.hasPrefix("multipart/") { return "sends each file of a multipart POST twice" }
        return nil
    }

    /// Whether a media range of an `Accept` takes `application/json`.
    static func acceptsJSON(_ accept: String) -> Bool {
        accept.split(separator: ",").contains { range in
            let type = range.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
            return ["application/json", "application/*", "*/*"].contains(type)
        }
    }
}
