// How servers read bytes. What a DHIS2 compares, splits and searches are bytes, and Swift's strings would see
// characters: they take canonically equivalent texts as equal, and a letter with the accent after it as one. So
// everything here goes over UTF-8.

/// A text as a dictionary key, compared byte for byte.
///
/// Swift compares strings by canonical equivalence; the database behind DHIS2 does not.
struct ByteKey: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ByteKey, right: ByteKey) -> Bool { left.text.isSameBytes(as: right.text) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension StringProtocol {
    /// Whether two texts are the same, byte for byte.
    func isSameBytes(as other: some StringProtocol) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return utf8.withBytes { left in other.utf8.withBytes { left.elementsEqual($0) } }
    }
}

extension Collection<UInt8> {
    /// Lends the bytes as one stretch of memory: every request compares and searches texts, and the iterators of their
    /// views take ten times as long.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withContiguousStorageIfAvailable(body) ?? Array(self).withUnsafeBufferPointer(body)
    }
}

extension String {
    /// Compares as RFC 9110, section 5.1, compares field names: ASCII letters without regard to case.
    func isSameFieldName(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return utf8.withBytes { left in
            other.utf8.withBytes { right in
                left.indices.allSatisfy { left[$0].lowercasedASCII == right[$0].lowercasedASCII }
            }
        }
    }

    /// Whether a short text occurs, ASCII letters without regard to case; cheaper than the library's search.
    func containsASCII(_ part: StaticString) -> Bool {
        part.withUTF8Buffer { part in
            utf8.withBytes { bytes in
                guard bytes.count >= part.count else { return false }
                return (0...(bytes.count - part.count)).contains { start in
                    part.indices.allSatisfy { bytes[start + $0].lowercasedASCII == part[$0] }
                }
            }
        }
    }
}

extension BidirectionalCollection<UInt8> where SubSequence == Self {
    /// Without the blanks around it.
    var trimmed: Self {
        var result = self
        while let first = result.first, first.isBlank { result = result.dropFirst() }
        while let last = result.last, last.isBlank { result = result.dropLast() }
        return result
    }
}

extension [UInt8] {
    /// Where a part occurs first, from an offset on; `nil` where it does not.
    func firstOffset(of part: [UInt8], from start: Int = 0) -> Int? {
        guard start + part.count <= count else { return nil }
        guard let first = part.first else { return start }
        return withUnsafeBufferPointer { bytes in
            (start...(bytes.count - part.count)).first { index in
                bytes[index] == first && bytes[index..<(index + part.count)].elementsEqual(part)
            }
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

    /// An ASCII capital made small.
    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

    /// The value of a hexadecimal digit.
    var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    var isASCIIAlphanumeric: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }

    func isOne(of characters: StaticString) -> Bool {
        characters.withUTF8Buffer { $0.contains(self) }
    }
}

extension FixedWidthInteger {
    /// The digits of the number, with zeros before them up to a width.
    func digits(_ width: Int, radix: Int = 10, uppercase: Bool = false) -> String {
        let digits = String(self, radix: radix, uppercase: uppercase)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
