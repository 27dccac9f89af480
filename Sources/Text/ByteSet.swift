/// A set of bytes, four machine words wide: asking it costs a shift and an `and`.
///
/// What is asked of every byte of a text is inlined into other modules as well, for which the type itself has to be
/// usable from there: without that, a call stands in the loop and takes twice the time.
@usableFromInline package struct ByteSet: Sendable, Hashable {
    @usableFromInline var words: SIMD4<UInt64> = .zero

    /// Creates an empty set.
    package init() {}

    /// Creates a set of bytes.
    ///
    /// - Parameter ignoringCase: Whether each lower-case letter of ASCII brings its upper-case form along.
    package init(_ bytes: some Sequence<UInt8>, ignoringCase: Bool = false) {
        for byte in bytes {
            insert(byte)
            if ignoringCase, byte >= 0x61, byte <= 0x7A { insert(byte ^ 0x20) }
        }
    }

    /// Creates a set of the bytes of a text's characters.
    package init(_ characters: String) {
        self.init(characters.utf8)
    }

    package mutating func insert(_ byte: UInt8) {
        words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
    }

    package func union(_ other: ByteSet) -> ByteSet {
        var result = self
        result.words |= other.words
        return result
    }

    @inlinable @inline(__always)
    package func contains(_ byte: UInt8) -> Bool {
        words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0
    }

    /// Whether each byte of a text is in the set.
    package func containsAll(of text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(contains) } ?? text.utf8.allSatisfy(contains)
    }
}
