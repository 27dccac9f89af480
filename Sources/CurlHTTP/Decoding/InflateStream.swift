internal import CContentCodings

/// gzip and deflate (RFC 1952, RFC 1950, RFC 1951), unpacked by zlib.
///
/// A gzip body may have several members one after the other, which are one body. `deflate` means the zlib format, but
/// some servers send raw deflate data under that name, which every client takes.
final class InflateStream: CodedStream {
    enum Format {
        case gzip
        case deflate
    }

    private let format: Format
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let buffer = DecodingBuffer()
    private var isOpen = false
    /// The first byte of a deflate stream, while its second is not there.
    private var firstByte: UInt8?
    private var endedStreams = 0
    private(set) var hasEnded = false

    init(_ format: Format) {
        self.format = format
        stream.initialize(to: z_stream())
    }

    deinit {
        if isOpen { inflateEnd(stream) }
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    func decode(
        _ piece: UnsafeRawBufferPointer,
        _ take: (UnsafeRawBufferPointer) throws(DecodingFault) -> Bool
    ) throws(DecodingFault) -> Bool {
        if isOpen { return try inflate(piece, take) }
        switch format {
        case .gzip:
            try open(windowBits: Self.gzipBits)
            return try inflate(piece, take)
        case .deflate:
            var head: [UInt8] = firstByte.map { [$0] } ?? []
            head += piece.prefix(2 - head.count)
            guard head.count == 2 else {
                firstByte = head.first
                return true
            }
            try open(windowBits: Self.isZlibHeader(head[0], head[1]) ? Self.zlibBits : Self.rawBits)
            guard let first = firstByte else { return try inflate(piece, take) }
            let wantsMore = try withUnsafeBytes(of: first) { (byte) throws(DecodingFault) in try inflate(byte, take) }
            return wantsMore ? try inflate(piece, take) : false
        }
    }

    private func inflate(
        _ piece: UnsafeRawBufferPointer,
        _ take: (UnsafeRawBufferPointer) throws(DecodingFault) -> Bool
    ) throws(DecodingFault) -> Bool {
        if hasEnded { try beginAnother(with: piece.first) }
        stream.pointee.next_in = UnsafeMutableRawPointer(mutating: piece.baseAddress)?
            .assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_in = uInt(piece.count)
        while true {
            stream.pointee.next_out = buffer.bytes.baseAddress?.assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_out = uInt(buffer.bytes.count)
            let result = CContentCodings.inflate(stream, Z_NO_FLUSH)
            let count = buffer.bytes.count - Int(stream.pointee.avail_out)
            switch result {
            case Z_OK, Z_STREAM_END, Z_BUF_ERROR: break
            case Z_MEM_ERROR: throw .outOfMemory
            // What follows the end of a member and is not another one.
            case _ where endedStreams > 0 && stream.pointee.total_out == 0: throw .trailing
            default: throw .broken(stream.pointee.msg.map { String(cString: $0) } ?? "invalid data")
            }
            if count > 0, try !take(buffer.filled(count)) { return false }
            if result == Z_STREAM_END {
                hasEnded = true
                endedStreams += 1
                guard stream.pointee.avail_in > 0 else { return true }
                try beginAnother(with: stream.pointee.next_in.pointee)
            } else if stream.pointee.avail_out > 0 {
                return true
            }
        }
    }

    /// Goes on with another member behind one that has ended.
    ///
    /// - Parameter byte: Its first byte, of which zlib says nothing before the second has come.
    private func beginAnother(with byte: UInt8?) throws(DecodingFault) {
        guard format == .gzip, byte == 0x1F, inflateReset(stream) == Z_OK else { throw .trailing }
        hasEnded = false
    }

    private func open(windowBits: CInt) throws(DecodingFault) {
        guard shim_inflate_init(stream, windowBits) == Z_OK else { throw .outOfMemory }
        isOpen = true
    }

    /// RFC 1950, section 2.2: the method is deflate, and both bytes are a multiple of 31.
    private static func isZlibHeader(_ first: UInt8, _ second: UInt8) -> Bool {
        first & 0x0F == 8 && (Int(first) << 8 + Int(second)) % 31 == 0
    }

    // zlib's numbers: a window of 32 KiB, and which format is around the data.
    private static let zlibBits: CInt = 15
    private static let gzipBits: CInt = 15 + 16
    private static let rawBits: CInt = -15
}
