package import Text

extension ByteSet {
    /// The ten digits.
    package static let digits = ByteSet("0123456789")

    /// What RFC 3986, section 2.3, never wants encoded.
    package static let unreserved = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    /// What a query may hold as it is on its way through every DHIS2 since 2.40.
    static let plainInQuery = unreserved.union(ByteSet(":,/"))

    /// What a path segment may hold as it is (RFC 3986, `pchar`), without `;`, which DHIS2's firewall refuses.
    package static let plainInPath = unreserved.union(ByteSet("!$&'()*+,=:@"))
}

extension String {
    /// Appends text, every byte outside a set as `%XX`, or as `%25XX` when it is to be encoded twice.
    package mutating func appendPercentEncoded(_ text: String, keeping plain: ByteSet, twice: Bool = false) {
        if plain.containsAll(of: text) {
            append(text)
            return
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * (twice ? 5 : 3))
        for byte in text.utf8 {
            if plain.contains(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                if twice {
                    bytes.append(UInt8(ascii: "2"))
                    bytes.append(UInt8(ascii: "5"))
                }
                bytes.append(Self.hexDigit(byte >> 4))
                bytes.append(Self.hexDigit(byte & 15))
            }
        }
        append(String(decoding: bytes, as: UTF8.self))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
