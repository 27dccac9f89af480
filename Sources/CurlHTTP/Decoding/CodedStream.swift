/// Unpacks one coding of a body, piece by piece.
protocol CodedStream: AnyObject {
    /// Whether the stream has come to an end. More may follow where a coding allows several streams in one body.
    var hasEnded: Bool { get }

    /// Unpacks a piece and hands on what comes out, in as many parts as it takes.
    ///
    /// - Parameters:
    ///   - piece: Coded bytes, one at least.
    ///   - take: Takes decoded bytes; says whether it wants more.
    /// - Returns: Whether more is wanted.
    /// - Throws: ``DecodingFault`` where the bytes are not of this coding.
    func decode(
        _ piece: UnsafeRawBufferPointer,
        _ take: (UnsafeRawBufferPointer) throws(DecodingFault) -> Bool
    ) throws(DecodingFault) -> Bool
}

/// Why a body cannot be unpacked.
enum DecodingFault: Error, Equatable {
    /// A name in `Content-Encoding` is not that of a coding that is known.
    case unknownCoding
    /// There are more codings than anybody packs with.
    case tooManyCodings
    /// The bytes are not of the coding; in the words of the library that unpacks it.
    case broken(String)
    /// Something follows the end of the coded stream.
    case trailing
    /// What one of the codings unpacks to is larger than is accepted.
    case tooLarge
    /// The coded stream does not end.
    case truncated
    /// There is no memory for it.
    case outOfMemory
}

/// Memory for what comes out of a decoder at once.
final class DecodingBuffer {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 32 * 1024, alignment: 16)

    deinit { bytes.deallocate() }

    /// The first bytes.
    func filled(_ count: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[..<count]) }
}
