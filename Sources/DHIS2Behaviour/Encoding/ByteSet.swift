/// A set of ASCII bytes.
package struct ByteSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    package init(_ characters: String) {
        for byte in characters.utf8 { insert(byte) }
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
    }

    package func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low & (1 << UInt64(byte)) != 0 : byte < 128 && high & (1 << UInt64(byte - 64)) != 0
    }

    package func union(_ other: ByteSet) -> ByteSet {
        var result = self
        result.low |= other.low
        result.high |= other.high
        return result
    }

    package func containsAll(of text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(contains) } ?? text.utf8.allSatisfy(contains)
    }
}

extension ByteSet {
    /// What RFC 3986, section 2.3, never wants encoded.
    package static let unreserved = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    /// What a query may hold as it is on its way through every DHIS2 since 2.40.
    static let plainInQuery = unreserved.union(ByteSet(":,/"))

    /// What a path segment may hold as it is (RFC 3986, `pchar`), without `;`, which DHIS2's firewall refuses.
    package static let plainInPath = unreserved.union(ByteSet("!$&'()*+,=:@"))
}
