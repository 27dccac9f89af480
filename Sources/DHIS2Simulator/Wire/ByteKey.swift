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
