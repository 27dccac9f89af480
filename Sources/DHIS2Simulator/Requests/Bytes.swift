/// Bytes of a request in the receive buffer.
///
/// They are valid until more are received.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// Whether this is a token (RFC 9110, section 5.6.2): a method, a field's name, a coding.
    var isToken: Bool { !isEmpty && allSatisfy(\.isTokenCharacter) }

    /// Without the blanks around it.
    var trimmed: Self {
        var result = self
        while let first = result.first, first.isBlank { result = result.dropFirst() }
        while let last = result.last, last.isBlank { result = result.dropLast() }
        return result
    }

    /// The members of a comma-separated list without the empty ones (RFC 9110, section 5.6.1).
    var members: [Self] {
        split(separator: UInt8(ascii: ",")).map(\.trimmed).filter { !$0.isEmpty }
    }

    /// Compares with a lowercase text, ignoring the case of ASCII letters.
    func isSame(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            text.count == count && zip(self, text).allSatisfy { $0.lowercasedASCII == $1 }
        }
    }
}

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let carriageReturn = UInt8(ascii: "\r")
    static let lineFeed = UInt8(ascii: "\n")

    var isBlank: Bool { self == .space || self == .tab }

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// `tchar` of RFC 9110, section 5.6.2.
    var isTokenCharacter: Bool { isASCIIAlphanumeric || isOne(of: "!#$%&'*+-.^_`|~") }

    /// What a target may contain here.
    ///
    /// Tomcat's own, stricter rules are checked later.
    var isTargetCharacter: Bool { self > .space && self != 0x7F }

    /// What a field's value may contain (RFC 9110, section 5.5): all but control characters.
    var isFieldCharacter: Bool { self >= .space && self != 0x7F || self == .tab }
}
