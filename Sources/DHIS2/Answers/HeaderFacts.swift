import HTTPVocabulary

/// What the header section of an answer says about who wrote it, gathered in one pass over its bytes.
///
/// This folder recognises what stands in an answer: DHIS2's marks and messages, pages for people, redirects to a login,
/// errors behind a target's body. What that says of who answered is for `Origin` and `Preflight` to decide.
struct HeaderFacts: Sendable, Hashable {
    /// The kinds of content that tell layers apart.
    enum ContentType: Sendable {
        case none, json, html, other
    }

    /// Who wrote the `Content-Type` of an answer in JSON.
    ///
    /// DHIS2 appends `;charset=UTF-8` to what a target sends, and from 2.42 on leaves it off its own errors (seen on
    /// 2.41.9.1, 2.42.5.2, 2.43.1 and a snapshot of 2.44).
    enum JSONType: Sendable {
        /// `application/json` and nothing more: no target's answer arrives so.
        case bare
        /// `application/json;charset=UTF-8` without a space, as Tomcat writes it.
        case withCharset
        /// Another type, or one that a proxy has rewritten.
        case other
    }

    private(set) var contentType = ContentType.none
    private(set) var jsonType = JSONType.other
    /// The marks that the answer carries.
    private(set) var marks: DHIS2Marks = []
    /// The reason phrase, if there is one; DHIS2 sends none.
    let foreignPhrase: String?
    /// Whether the answer carries the marks that DHIS2 sets before a route runs; a route's target cannot set them.
    var isMarked: Bool { marks.contains(.securityHeaders) }
    /// What says that a cache gave the answer in place of DHIS2, which lets no such field of a target pass.
    private(set) var cacheField: String?
    /// Whether DHIS2 has accepted the credentials of the request: it says so with a cookie, though not every time.
    var wasAuthenticated: Bool { !marks.isDisjoint(with: [.sessionCookie, .sessionExpiry]) }
    private(set) var location: String?
    /// Whether `WWW-Authenticate: ApiToken` says that DHIS2 refused a personal access token.
    private(set) var challengesToken = false
    /// Another challenge: a target's never passes DHIS2, and DHIS2's Basic answer has none.
    private(set) var otherChallenge: String?

    private var isPacked = false
    private var framesSelf = false
    private var forbidsSniffing = false

    init(_ exchange: HTTPExchange) {
        foreignPhrase = exchange.reasonPhrase.flatMap { $0.isEmpty ? nil : $0 }
        if exchange.reasonPhrase?.isEmpty == true { marks.insert(.emptyReasonPhrase) }
        exchange.forEachField { bytes, name, value in
            read(bytes, name: name, value: value)
            return true
        }
        if framesSelf, forbidsSniffing { marks.insert(.securityHeaders) }
        if jsonType == .withCharset { marks.insert(.charset) }
        // Whoever packs a body afterwards sends it in chunks.
        if isPacked { marks.remove(.chunks) }
    }

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Looks at the length first: few fields of an answer share one with those that matter.
    private mutating func read(_ bytes: Bytes, name: Range<Int>, value untrimmed: Range<Int>) {
        if CacheMark.isDue(bytes, name: name) {
            let value = FieldLines.trimmed(bytes, untrimmed)
            if CacheMark.saysHit(bytes, name: name, value: value) {
                cacheField = "\(Self.text(bytes, name)): \(Self.text(bytes, value))"
            }
            return
        }
        guard Self.lengths & (1 << UInt64(min(name.count, 63))) != 0 else { return }
        let value = FieldLines.trimmed(bytes, untrimmed)
        switch name.count {
        case 8 where FieldLines.equals(bytes, name, "location"):
            location = Self.text(bytes, value)
        case 10 where FieldLines.equals(bytes, name, "set-cookie"):
            if FieldLines.begins(bytes, value, "jsessionid=") {
                marks.insert(.sessionCookie)
            } else if FieldLines.begins(bytes, value, "session_expire=") {
                marks.insert(.sessionExpiry)
            }
        case 12 where FieldLines.equals(bytes, name, "content-type"):
            contentType = Self.contentType(bytes, value)
            if contentType == .json { jsonType = Self.jsonType(bytes, value) }
        case 15 where FieldLines.equals(bytes, name, "x-frame-options"):
            if FieldLines.equals(bytes, value, "sameorigin") { framesSelf = true }
        case 16 where FieldLines.equals(bytes, name, "content-encoding"):
            isPacked = true
        case 16 where FieldLines.equals(bytes, name, "www-authenticate"):
            if FieldLines.begins(bytes, value, "apitoken") {
                challengesToken = true
            } else {
                otherChallenge = Self.text(bytes, value)
            }
        case 17 where FieldLines.equals(bytes, name, "transfer-encoding"):
            if FieldLines.equals(bytes, value, "chunked") { marks.insert(.chunks) }
        case 22 where FieldLines.equals(bytes, name, "x-content-type-options"):
            if FieldLines.equals(bytes, value, "nosniff") { forbidsSniffing = true }
        case 23 where FieldLines.equals(bytes, name, "content-security-policy"):
            if Self.contains(bytes, value, "frame-ancestors 'self'") { framesSelf = true }
        default: break
        }
    }

    /// The lengths of the names below, as bits.
    private static let lengths: UInt64 = 1 << 8 | 1 << 10 | 1 << 12 | 1 << 15 | 1 << 16 | 1 << 17 | 1 << 22 | 1 << 23

    private static func contentType(_ bytes: Bytes, _ value: Range<Int>) -> ContentType {
        if FieldLines.begins(bytes, value, "application/json") { return .json }
        if FieldLines.begins(bytes, value, "text/html") || FieldLines.begins(bytes, value, "application/xhtml") {
            return .html
        }
        var end = value.lowerBound
        while end < value.upperBound, bytes[end] != UInt8(ascii: ";"), bytes[end] != UInt8(ascii: " ") { end += 1 }
        let isJSON = end - value.lowerBound > 5 && FieldLines.equals(bytes, (end - 5)..<end, "+json")
        return isJSON ? .json : .other
    }

    private static func jsonType(_ bytes: Bytes, _ value: Range<Int>) -> JSONType {
        let type: StaticString = "application/json"
        guard FieldLines.begins(bytes, value, type) else { return .other }
        let rest = (value.lowerBound + type.utf8CodeUnitCount)..<value.upperBound
        if rest.isEmpty { return .bare }
        let isWritten = rest.count == 14 && FieldLines.begins(bytes, rest, ";charset=utf-8")
        // A proxy may well add a charset too, but not in capitals.
        return isWritten && bytes[rest.lowerBound + 9] == UInt8(ascii: "U") ? .withCharset : .other
    }

    private static func text(_ bytes: Bytes, _ range: Range<Int>) -> String {
        HTTPField.text(received: bytes.span.extracting(range))
    }

    private static func contains(_ bytes: Bytes, _ range: Range<Int>, _ expected: StaticString) -> Bool {
        var start = range.lowerBound
        while start + expected.utf8CodeUnitCount <= range.upperBound {
            if FieldLines.begins(bytes, start..<range.upperBound, expected) { return true }
            start += 1
        }
        return false
    }
}

/// Tells interim answers (1xx) of the way to DHIS2 from those that DHIS2 passes on as if they were final.
///
/// From 2.42 on DHIS2 takes a target's `103 Early Hints` for its answer, writes its own header fields and sends nothing
/// more (seen on 2.43.1 and a snapshot of 2.44). What a proxy or the servlet container sends before an answer, such as
/// `100 Continue`, carries none of DHIS2's marks.
package enum InterimAnswer {
    /// Whether nothing will follow an interim answer with these header fields.
    package static func isFinal(headerSection: [UInt8]) -> Bool {
        guard !headerSection.isEmpty else { return false }
        let facts = HeaderFacts(HTTPExchange(statusCode: 0, headerSection: headerSection))
        return facts.isMarked || facts.wasAuthenticated
    }
}
