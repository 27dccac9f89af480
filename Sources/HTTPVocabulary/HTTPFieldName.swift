/// The name of a header field (RFC 9110, section 5.1).
///
/// A name is a token. It keeps the spelling that it was given and prints as it, but two names that differ in ASCII
/// case alone are equal.
///
/// Names are compared for each field of each answer, so there is no lower-case copy beside the spelling: equality and
/// the hash fold the case as they read.
public struct HTTPFieldName: Sendable {
    /// The name as it was written.
    public let spelling: String

    /// Creates a name; fails unless the text is a token (RFC 9110, section 5.6.2).
    public init?(_ spelling: String) {
        guard Token.isValid(spelling) else { return nil }
        self.spelling = spelling
    }

    /// Creates a name that the code itself writes out.
    ///
    /// - Precondition: The text is a token.
    package init(constant: StaticString) {
        guard let name = Self(constant.description) else {
            preconditionFailure("A constant in the code is not the name of a field: \(constant)")
        }
        self = name
    }

    /// A literal is a view of the program's own bytes, so that a constant allocates nothing.
    private init(known: String) {
        spelling = known
    }
}

extension HTTPFieldName {
    /// The media types that an answer may have (RFC 9110, section 12.5.1).
    public static var accept: Self { Self(known: "Accept") }
    /// The content codings that an answer may have (RFC 9110, section 12.5.3).
    public static var acceptEncoding: Self { Self(known: "Accept-Encoding") }
    /// Who asks (RFC 9110, section 11.6.2).
    public static var authorization: Self { Self(known: "Authorization") }
    /// `Cache-Control`.
    public static var cacheControl: Self { Self(known: "Cache-Control") }
    /// The media type of the body (RFC 9110, section 8.3).
    public static var contentType: Self { Self(known: "Content-Type") }
    /// What a server had stored at the client (RFC 6265, section 5.4).
    public static var cookie: Self { Self(known: "Cookie") }
    /// What a request wants before it sends its body (RFC 9110, section 10.1.1).
    public static var expect: Self { Self(known: "Expect") }
    /// What a server stores at the client (RFC 6265, section 4.1).
    public static var setCookie: Self { Self(known: "Set-Cookie") }
    /// Which program asks (RFC 9110, section 10.1.5).
    public static var userAgent: Self { Self(known: "User-Agent") }
}

extension HTTPFieldName: Hashable {
    /// Whether two names differ in ASCII case at most.
    public static func == (lhs: Self, rhs: Self) -> Bool {
        let (left, right) = (lhs.spelling.utf8, rhs.spelling.utf8)
        guard left.count == right.count else { return false }
        // The same constant twice is the usual case, and found without a look at its bytes.
        if lhs.spelling == rhs.spelling { return true }
        let (leftBytes, rightBytes) = (left.span, right.span)
        for index in leftBytes.indices
        where Token.lowercased(leftBytes[index]) != Token.lowercased(rightBytes[index]) {
            return false
        }
        return true
    }

    /// Hashes the name without regard to ASCII case.
    public func hash(into hasher: inout Hasher) {
        // Eight bytes at a time, for the hasher is slow with single ones.
        var word: UInt64 = 0
        var count = 0
        for byte in spelling.utf8 {
            word = word << 8 | UInt64(Token.lowercased(byte))
            count += 1
            if count & 7 == 0 {
                hasher.combine(word)
                word = 0
            }
        }
        hasher.combine(word)
        hasher.combine(count)
    }
}

extension HTTPFieldName: CustomStringConvertible {
    /// The name as it was written.
    public var description: String { spelling }
}

/// What names of methods and fields are made of: a token (RFC 9110, section 5.6.2).
package enum Token {
    /// Whether a text is a token: one or more of its characters and no other.
    package static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for index in bytes.indices where !isCharacter(bytes[index]) { return false }
        return !bytes.isEmpty
    }

    /// Whether a byte is a letter, a digit or one of the fifteen marks that delimit nothing.
    private static func isCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// A byte with an ASCII capital made small.
    fileprivate static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
