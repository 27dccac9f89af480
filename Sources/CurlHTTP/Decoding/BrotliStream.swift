internal import CContentCodings

/// Brotli (RFC 7932).
final class BrotliStream: CodedStream {
    private let state: OpaquePointer
    private let buffer = DecodingBuffer()
    private(set) var hasEnded = false

    init() throws(DecodingFault) {
        guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { throw .outOfMemory }
        self.state = state
    }

    deinit { BrotliDecoderDestroyInstance(state) }

    func decode(
        _ piece: UnsafeRawBufferPointer,
        _ take: (UnsafeRawBufferPointer) throws(DecodingFault) -> Bool
    ) throws(DecodingFault) -> Bool {
        guard !hasEnded else { throw .trailing }
        var input = piece.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var inputCount = piece.count
        while true {
            var output = buffer.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            var room = buffer.bytes.count
            let result = BrotliDecoderDecompressStream(state, &inputCount, &input, &room, &output, nil)
            if result == BROTLI_DECODER_RESULT_ERROR {
                throw .broken(String(cString: BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state))))
            }
            let count = buffer.bytes.count - room
            if count > 0, try !take(buffer.filled(count)) { return false }
            if result == BROTLI_DECODER_RESULT_SUCCESS {
                hasEnded = true
                guard inputCount == 0 else { throw .trailing }
                return true
            }
            if result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT { return true }
        }
    }
}
