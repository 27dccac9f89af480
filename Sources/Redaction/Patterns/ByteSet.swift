/// A set of bytes.
struct ByteSet: Sendable {
    private var words: SIMD4<UInt64> = .zero

    /// Creates an empty set.
    init() {}

    /// Creates a set of bytes.
    ///
    /// - Parameter ignoringCase: Whether each lower-case letter of ASCII brings its upper-case form along.
    init(_ bytes: some Sequence<UInt8>, ignoringCase: Bool) {
        for byte in bytes {
            insert(byte)
            if ignoringCase, byte >= 0x61, byte <= 0x7A { insert(byte ^ 0x20) }
        }
    }

    mutating func insert(_ byte: UInt8) {
        words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0
    }
}
