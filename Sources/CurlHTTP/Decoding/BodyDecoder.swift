import DHIS2

/// Unpacks a body by its `Content-Encoding`, and knows whether all of it has come.
///
/// libcurl could unpack it too, but does not tell that a coded stream breaks off: half of a packed body would pass for a
/// body.
final class BodyDecoder {
    /// The streams, the outermost first.
    private let streams: [any CodedStream]
    /// How many bytes each stream may hand to the next.
    private let limit: Int
    private var sizes: [Int]
    private var hasBegun = false

    /// Creates a decoder for the codings that a field names (RFC 9110, section 8.4).
    ///
    /// - Parameters:
    ///   - contentEncoding: The field's value.
    ///   - limit: How many bytes each coding may unpack to; a body in several can be large in between and small at the end.
    /// - Returns: `nil` where it names none but `identity`.
    /// - Throws: ``DecodingFault/unknownCoding``, ``DecodingFault/tooManyCodings``.
    init?(contentEncoding: String, limit: Int = .max) throws(DecodingFault) {
        let codings = HTTPExchange.codings(ofContentEncoding: contentEncoding).filter { $0 != "identity" }
        guard !codings.isEmpty else { return nil }
        guard codings.count <= Self.mostCodings else { throw .tooManyCodings }
        var streams: [any CodedStream] = []
        for coding in codings.reversed() { streams.append(try Self.stream(of: coding)) }
        self.streams = streams
        self.limit = limit
        sizes = Array(repeating: 0, count: streams.count)
    }

    /// What a request says it accepts.
    static let acceptEncoding = "gzip, deflate, br, zstd"

    private static let mostCodings = 5

    private static func stream(of coding: String) throws(DecodingFault) -> any CodedStream {
        switch coding {
        case "gzip", "x-gzip": InflateStream(.gzip)
        case "deflate": InflateStream(.deflate)
        case "br": try BrotliStream()
        case "zstd": try ZstandardStream()
        default: throw .unknownCoding
        }
    }

    /// Whether every stream has ended, or there was nothing to unpack at all, as in the answer to a HEAD.
    var isComplete: Bool { !hasBegun || streams.allSatisfy(\.hasEnded) }

    /// Unpacks a piece of the body and hands on what comes out.
    ///
    /// - Returns: Whether more is wanted.
    func decode(
        _ piece: UnsafeRawBufferPointer,
        _ take: (UnsafeRawBufferPointer) -> Bool
    ) throws(DecodingFault) -> Bool {
        guard !piece.isEmpty else { return true }
        hasBegun = true
        return try decode(piece, from: 0, take)
    }

    private func decode(
        _ piece: UnsafeRawBufferPointer,
        from index: Int,
        _ take: (UnsafeRawBufferPointer) -> Bool
    ) throws(DecodingFault) -> Bool {
        guard index < streams.count else { return take(piece) }
        return try streams[index].decode(piece) { (decoded) throws(DecodingFault) in
            sizes[index] += decoded.count
            guard sizes[index] <= limit else { throw .tooLarge }
            return try decode(decoded, from: index + 1, take)
        }
    }
}
