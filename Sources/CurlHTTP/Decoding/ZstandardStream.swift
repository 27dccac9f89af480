internal import CContentCodings

/// Zstandard (RFC 8878); a body may have several frames one after the other.
final class ZstandardStream: CodedStream {
    private let stream: OpaquePointer
    private let buffer = DecodingBuffer()
    private(set) var hasEnded = false

    init() throws(DecodingFault) {
        guard let stream = ZSTD_createDStream() else { throw .outOfMemory }
        self.stream = stream
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.largestWindow)
    }

    deinit { ZSTD_freeDStream(stream) }

    func decode(
        _ piece: UnsafeRawBufferPointer,
        _ take: (UnsafeRawBufferPointer) throws(DecodingFault) -> Bool
    ) throws(DecodingFault) -> Bool {
        let isAnotherFrame = hasEnded
        var input = ZSTD_inBuffer(src: piece.baseAddress, size: piece.count, pos: 0)
        while true {
            var output = ZSTD_outBuffer(dst: buffer.bytes.baseAddress, size: buffer.bytes.count, pos: 0)
            let start = input.pos
            let result = ZSTD_decompressStream(stream, &output, &input)
            guard ZSTD_isError(result) == 0 else {
                throw hasEnded && (isAnotherFrame || start > 0)
                    ? .trailing : .broken(String(cString: ZSTD_getErrorName(result)))
            }
            hasEnded = result == 0
            if output.pos > 0, try !take(buffer.filled(output.pos)) { return false }
            // At the end of a frame nothing is left to flush, and another call would begin the next frame.
            if input.pos == input.size, hasEnded || output.pos < output.size { return true }
        }
    }

    /// 8 MiB, as a power of two: the most that a server may use (RFC 9659, section 3).
    private static let largestWindow: CInt = 23
}
