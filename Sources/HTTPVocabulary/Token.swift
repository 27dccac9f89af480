/// What names of methods and fields are made of: a token (RFC 9110, section 5.6.2).
package enum Token {
    /// Whether a text is a token: one or more of its characters and no other.
    package static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for index in bytes.indices where !isCharacter(bytes[index]) { return false }
        return !bytes.isEmpty
    }

    /// Whether a byte is a letter, a digit or one of the fifteen marks that delimit nothing.
    static func isCharacter(_ byte: UInt8) -> Bool {
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
    static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
