/// One header field: a name and a value (RFC 9110, section 5).
///
/// A value is either fit to be sent or has arrived, and there is a way in for each. In both cases it has no line break
/// and no NUL, so no field can break a message in two, and no blanks around it.
public struct HTTPField: Sendable {
    /// The name.
    public let name: HTTPFieldName
    /// The value, without blanks around it.
    public let value: String

    /// Creates a field to be sent; fails where the value cannot be.
    ///
    /// A value cannot be sent that has a control character other than a tab, those from U+0080 to U+009F included, or
    /// a space or a tab at an end (RFC 9110, section 5.5). It may be empty.
    public init?(name: HTTPFieldName, value: String) {
        guard Self.canSend(value) else { return nil }
        self.init(name, value)
    }

    /// Creates a field to be sent with a value that the code itself writes out.
    ///
    /// - Precondition: The value can be sent.
    package init(name: HTTPFieldName, constant: StaticString) {
        guard let field = Self(name: name, value: constant.description) else {
            preconditionFailure("A constant in the code is not the value of a field: \(constant)")
        }
        self = field
    }

    /// Creates a field that has arrived, whatever is in it.
    ///
    /// See `text(received:)` for what becomes of the bytes. None of them makes the field go away, or whoever looks
    /// for it would find that it did not come.
    public init(name: HTTPFieldName, received value: Span<UInt8>) {
        self.init(name, Self.text(received: value))
    }

    private init(_ name: HTTPFieldName, _ value: String) {
        self.name = name
        self.value = value
    }

    /// The bytes of a value that has arrived as text.
    ///
    /// CR, LF, NUL and every other control character but the tab becomes a space, and then the blanks at the ends go
    /// (RFC 9110, section 5.5). Bytes that are not UTF-8 become U+FFFD; what they meant, only the sender knows.
    package static func text(received bytes: Span<UInt8>) -> String {
        var (start, end) = (0, bytes.count)
        while start < end, isBlankOrControl(bytes[start]) { start += 1 }
        while start < end, isBlankOrControl(bytes[end - 1]) { end -= 1 }
        return String(unsafeUninitializedCapacity: end - start) { text in
            for index in start..<end {
                let byte = bytes[index]
                text.initializeElement(at: index - start, to: isBlankOrControl(byte) && byte != 0x09 ? 0x20 : byte)
            }
            return end - start
        }
    }

    private static func canSend(_ value: String) -> Bool {
        let bytes = value.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if isBlankOrControl(byte) {
                let isOuter = index == 0 || index == bytes.count - 1
                guard byte == 0x20 || byte == 0x09, !isOuter else { return false }
            } else if byte == 0xC2, bytes[index + 1] < 0xA0 {
                // U+0080 to U+009F; a string is UTF-8, so another byte follows.
                return false
            }
        }
        return true
    }

    /// Whether a byte is a space, a tab or another control character of ASCII.
    private static func isBlankOrControl(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }
}

extension HTTPField: Hashable {
    /// Whether the names are equal, in which case does not matter, and the values byte for byte.
    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.name == rhs.name && lhs.value.hasBytes(of: rhs.value)
    }

    /// Hashes the name without regard to case, and the value.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(value)
    }
}

extension HTTPField {
    /// Whether both look the same on the wire, the spelling of the name included.
    func isWritten(like other: Self) -> Bool {
        name.spelling.hasBytes(of: other.name.spelling) && value.hasBytes(of: other.value)
    }
}

extension String {
    /// Whether two strings are the same bytes, which canonically equivalent ones may not be.
    fileprivate func hasBytes(of other: String) -> Bool {
        let (own, others) = (utf8.span, other.utf8.span)
        guard own.count == others.count else { return false }
        // Without a way out of the loop, many bytes are compared at once.
        var difference: UInt8 = 0
        for index in own.indices { difference |= own[index] ^ others[index] }
        return difference == 0
    }
}
