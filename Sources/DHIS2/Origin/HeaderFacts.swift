import HTTPVocabulary

/// What the header section of an answer says about who wrote it, gathered in one pass over its bytes.
struct HeaderFacts: Sendable, Hashable {
    /// The kinds of content that tell layers apart.
    enum ContentType: Sendable {
        case none, json, html, other
    }

    private(set) var contentType = ContentType.none
    /// Whether the answer carries the marks that DHIS2 sets before a route runs.
    ///
    /// They are `frame-ancestors 'self'`, or `X-Frame-Options: SAMEORIGIN`, with `X-Content-Type-Options: nosniff`. A
    /// route's target cannot set them.
    var isMarked: Bool { framesSelf && forbidsSniffing }
    private(set) var location: String?
    /// Whether `WWW-Authenticate: ApiToken` says that DHIS2 refused a personal access token.
    private(set) var challengesToken = false
    /// Another challenge: a target's never passes DHIS2, and DHIS2's Basic answer has none.
    private(set) var otherChallenge: String?

    private var framesSelf = false
    private var forbidsSniffing = false

    init(_ exchange: HTTPExchange) {
        exchange.forEachField { bytes, name, value in
            read(bytes, name: name, value: value)
            return true
        }
    }

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Looks at the length first: few fields of an answer share one with those that matter.
    private mutating func read(_ bytes: Bytes, name: Range<Int>, value untrimmed: Range<Int>) {
        guard Self.lengths & (1 << UInt64(min(name.count, 63))) != 0 else { return }
        let value = Self.trimmed(bytes, untrimmed.lowerBound, untrimmed.upperBound)
        switch name.count {
        case 8 where Self.equals(bytes, name, "location"):
            location = Self.text(bytes, value)
        case 12 where Self.equals(bytes, name, "content-type"):
            contentType = Self.contentType(bytes, value)
        case 15 where Self.equals(bytes, name, "x-frame-options"):
            if Self.equals(bytes, value, "sameorigin") { framesSelf = true }
        case 16 where Self.equals(bytes, name, "www-authenticate"):
            if Self.begins(bytes, value, "apitoken") {
                challengesToken = true
            } else {
                otherChallenge = Self.text(bytes, value)
            }
        case 22 where Self.equals(bytes, name, "x-content-type-options"):
            if Self.equals(bytes, value, "nosniff") { forbidsSniffing = true }
        case 23 where Self.equals(bytes, name, "content-security-policy"):
            if Self.contains(bytes, value, "frame-ancestors 'self'") { framesSelf = true }
        default: break
        }
    }

    /// The lengths of the names below, as bits.
    private static let lengths: UInt64 = 1 << 8 | 1 << 12 | 1 << 15 | 1 << 16 | 1 << 22 | 1 << 23

    private static func contentType(_ bytes: Bytes, _ value: Range<Int>) -> ContentType {
        if begins(bytes, value, "application/json") { return .json }
        if begins(bytes, value, "text/html") || begins(bytes, value, "application/xhtml") { return .html }
        var end = value.lowerBound
        while end < value.upperBound, bytes[end] != UInt8(ascii: ";"), bytes[end] != UInt8(ascii: " ") { end += 1 }
        let isJSON = end - value.lowerBound > 5 && equals(bytes, (end - 5)..<end, "+json")
        return isJSON ? .json : .other
    }

    private static func trimmed(_ bytes: Bytes, _ start: Int, _ end: Int) -> Range<Int> {
        var (start, end) = (start, end)
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }

    private static func text(_ bytes: Bytes, _ range: Range<Int>) -> String {
        HTTPField.text(received: bytes.span.extracting(range))
    }

    /// Compares without regard to ASCII case; the expected text is in lower case.
    static func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ expected: StaticString) -> Bool {
        range.count == expected.utf8CodeUnitCount && begins(bytes, range, expected)
    }

    private static func begins(_ bytes: Bytes, _ range: Range<Int>, _ expected: StaticString) -> Bool {
        expected.withUTF8Buffer { expected in
            guard range.count >= expected.count else { return false }
            for index in 0..<expected.count {
                let byte = bytes[range.lowerBound + index]
                // Most letters are small already.
                guard byte == expected[index] || lowercased(byte) == expected[index] else { return false }
            }
            return true
        }
    }

    private static func contains(_ bytes: Bytes, _ range: Range<Int>, _ expected: StaticString) -> Bool {
        var start = range.lowerBound
        while start + expected.utf8CodeUnitCount <= range.upperBound {
            if begins(bytes, start..<range.upperBound, expected) { return true }
            start += 1
        }
        return false
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
