package import HTTPVocabulary

/// What DHIS2's route proxy does with header fields, on the way to a route's target and back.
///
/// The lists are those of `RouteService` and the same in all releases from 2.40 to 2.44, but for the `Content-Type` of
/// requests and the fields that describe a packed body.
package struct HeaderRules: Sendable {
    /// What becomes of a field.
    package enum Fate: Sendable, Hashable {
        /// It arrives, in a request beside the route's own field of the same name.
        case passed
        /// It does not arrive.
        case dropped
        /// It does not arrive, but a field of DHIS2's own with this name does.
        case replaced
    }

    private let behaviour: RouteBehaviour

    /// The rules of a version.
    package init(of behaviour: RouteBehaviour) {
        self.behaviour = behaviour
    }

    /// The rules of the newest version that is known.
    package static let newest = HeaderRules(of: .newest)

    /// What becomes of a field of a request before the route's target gets it.
    ///
    /// DHIS2 adds the fields of the route and of its authentication.
    package func fate(ofRequest name: HTTPFieldName) -> Fate {
        if name == .contentType { return behaviour.forwardsContentType ? .passed : .dropped }
        if Self.forwarded.contains(name) { return .passed }
        return Self.ownOfRequest.contains(name) ? .replaced : .dropped
    }

    /// What becomes of a field of the target's answer before the client gets it.
    ///
    /// A `Content-Type` without a `charset` gets `;charset=UTF-8` (seen on 2.41.9.1, 2.43.1 and a snapshot of 2.44).
    ///
    /// - Parameter isPacked: Whether the target packed the body with a coding that DHIS2 unpacks.
    package func fate(ofAnswer name: HTTPFieldName, isPacked: Bool = false) -> Fate {
        if isPacked {
            if name == Self.contentEncoding { return .dropped }
            if name == Self.contentLength { return behaviour.leavesLengthOffUnpackedBodies ? .dropped : .replaced }
        }
        if Self.returned.contains(name) { return .passed }
        return Self.ownOfAnswer.contains(name) ? .replaced : .dropped
    }

    private static let forwarded = names([
        "accept", "accept-encoding", "accept-language", "x-requested-with", "user-agent", "cache-control",
        "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
        "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-forwarded-prefix",
        "forwarded",
    ])

    /// The fields of requests that arrive, for messages.
    package static let forwardedText = """
        Accept, Accept-Encoding, Accept-Language, X-Requested-With, User-Agent, Cache-Control, Content-Type, If-*, \
        X-Forwarded-* and Forwarded
        """

    private static let returned = names([
        "content-encoding", "content-language", "content-length", "content-type", "expires", "cache-control",
        "last-modified", "etag",
    ])

    /// The fields of answers that arrive, for messages.
    package static let returnedText = """
        Content-Encoding, Content-Language, Content-Length, Content-Type, Expires, Cache-Control, Last-Modified and ETag
        """

    /// The codings of bodies that there are (IANA's registry of HTTP content codings), in lower case.
    package static let contentCodings: Set<String> = [
        "gzip", "x-gzip", "deflate", "compress", "x-compress", "br", "zstd", "identity", "dcb", "dcz",
        "aes128gcm", "exi", "pack200-gzip",
    ]

    /// The codings that DHIS2 unpacks, so that a body in one of them was packed by something else (seen on 2.41.9.1 with
    /// gzip, and on 2.42.5.2, 2.43.1 and a snapshot of 2.44 with both).
    package static let unpackedCodings: Set<String> = ["gzip", "x-gzip", "deflate"]

    private static let contentEncoding = HTTPFieldName(constant: "content-encoding")
    private static let contentLength = HTTPFieldName(constant: "content-length")

    /// The user's name, which DHIS2 tells every target.
    private static let ownOfRequest = names(["x-forwarded-user"])

    /// What DHIS2's filters write into every answer before a route runs.
    private static let ownOfAnswer = names([
        "content-security-policy", "set-cookie", "x-content-type-options", "x-frame-options",
    ])

    /// The field with which DHIS2 from 2.42 on answers 200 without a body and without a call of the route (its CORS
    /// filter; seen on 2.42.5.2, 2.43.1 and a snapshot of 2.44).
    package static let crossOrigin = HTTPFieldName(constant: "Origin")

    private static func names(_ names: [StaticString]) -> Set<HTTPFieldName> {
        Set(names.map { HTTPFieldName(constant: $0) })
    }

    /// What DHIS2 does to a body of a media type in a POST, if it does not pass it on as it is (seen on 2.41.9.1, 2.43.1 and
    /// a snapshot of 2.44): as the end of a sentence that begins with its name.
    package static func harm(ofPosting contentType: String) -> String? {
        let type = MediaRange.type(of: contentType)
        if type == "application/x-www-form-urlencoded" { return "empties a POST with this Content-Type" }
        if type.hasPrefix("multipart/") { return "sends each file of a multipart POST twice" }
        return nil
    }
}

/// When DHIS2 can write its own errors, which are JSON; otherwise they arrive as the servlet container's 500 in HTML.
package enum ErrorFormat {
    /// The `Accept` of a client that wants JSON and takes everything.
    package static let accept: StaticString = "application/json, */*;q=0.5"

    /// Whether an `Accept` lets DHIS2 write its own errors.
    ///
    /// A type of `application` whose suffix is `+json` does too, e.g. `application/geo+json` (seen on 2.41.9.1, 2.42.5.2,
    /// 2.43.1 and a snapshot of 2.44).
    package static func isAccepted(by accept: String) -> Bool {
        accept.split(separator: ",").contains {
            let type = MediaRange.type(of: $0)
            return ["application/json", "application/*", "*/*"].contains(type)
                || type.hasPrefix("application/") && type.hasSuffix("+json")
        }
    }

    /// The ending by which DHIS2 takes a request to want something that its errors cannot be written as, in lower case.
    ///
    /// The list is the same in all versions (seen on 2.41.9.1, 2.42.5.2, 2.43.1 and a snapshot of 2.44). Only the last
    /// segment counts, and letter case does not matter (dhis2-core,
    /// CustomPathExtensionContentNegotiationStrategy.java).
    ///
    /// - Returns: `nil` for a path with another ending or none.
    package static func brokenEnding(of path: String) -> String? {
        let longest = 8
        let end = path.utf8.suffix(longest)
        guard let dot = end.lastIndex(of: UInt8(ascii: ".")), !end[dot...].contains(UInt8(ascii: "/")) else {
            return nil
        }
        let ending = path[dot...].lowercased()
        return brokenEndings.contains(ending) ? ending : nil
    }

    /// All others are fine: `.html`, `.js`, `.css`, `.json`, `.gz`, `.zip`, `.txt`, `.svg`, `.jpg`, `.yaml`, `.md`, `.doc`
    /// and `.docx`.
    private static let brokenEndings: Set<String> = [
        ".xml", ".csv", ".png", ".pdf", ".xls", ".xlsx", ".geojson", ".jsonp",
    ]
}

/// A media type or range (RFC 9110, sections 8.3.1 and 12.5.1).
enum MediaRange {
    /// The type without its parameters, in lower case.
    static func type(of text: some StringProtocol) -> String {
        String(text.prefix { $0 != ";" }).filter { !$0.isWhitespace }.lowercased()
    }
}
