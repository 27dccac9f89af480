/// Gzip streams (RFC 1952) that need no compressor.
enum Gzip {
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    /// The bytes in stored blocks: valid, and longer than the input.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var result = header
        var start = 0
        repeat {
            let end = min(start + 0xFFFF, bytes.count)
            let length = UInt16(end - start)
            result.append(end == bytes.count ? 1 : 0)
            result += [UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8)]
            result += bytes[start..<end]
            start = end
        } while start < bytes.count
        return result + trailer(checksum: CRC32.checksum(of: bytes), count: bytes.count)
    }

    /// A stream of so many zero bytes (at least one), about 159 times smaller than what it unpacks to.
    ///
    /// One literal, then copies of 258 bytes from one byte back, in the fixed Huffman code of RFC 1951, section 3.2.6.
    static func zeros(_ count: Int) -> [UInt8] {
        var bits = BitWriter(header)
        bits.write(0b011, count: 3)
        let literalZero: (UInt32, Int) = (0b0000_1100, 8)
        bits.write(literalZero.0, count: literalZero.1)
        let (copies, rest) = (count - 1).quotientAndRemainder(dividingBy: 258)
        // Length symbol 285 is 11000101 and distance symbol 0 is 00000; codes travel with their first bit lowest.
        for _ in 0..<copies { bits.write(0b0_0000_1010_0011, count: 13) }
        for _ in 0..<rest { bits.write(literalZero.0, count: literalZero.1) }
        bits.write(0, count: 7)
        return bits.finish() + trailer(checksum: CRC32.checksum(ofZeros: count), count: count)
    }

    private static func trailer(checksum: UInt32, count: Int) -> [UInt8] {
        [checksum, UInt32(truncatingIfNeeded: count)].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) }
        }
    }

    private struct BitWriter {
        private var bytes: [UInt8]
        private var pending: UInt32 = 0
        private var used = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func write(_ value: UInt32, count: Int) {
            pending |= value << UInt32(used)
            used += count
            while used >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                used -= 8
            }
        }

        mutating func finish() -> [UInt8] {
            if used > 0 { write(0, count: 8 - used) }
            return bytes
        }
    }
}

/// The cyclic redundancy check of gzip (RFC 1952, section 8), which DHIS2 also puts into its tokens.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
    }

    static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }

    /// A name of so many letters and digits made of a text, always the same for the same one.
    static func name(of bytes: some Sequence<UInt8>, count: Int) -> String {
        checksum(of: bytes).digits(count, radix: 36)
    }

    /// The checksum of so many zero bytes, in logarithmic time: feeding a zero byte is a linear map over GF(2), so
    /// feeding 2n of them is the map for n applied twice.
    static func checksum(ofZeros count: Int) -> UInt32 {
        var register: UInt32 = ~0
        var map = (0..<32).map { bit -> UInt32 in
            let value = UInt32(1) << UInt32(bit)
            return table[Int(value & 0xFF)] ^ (value >> 8)
        }
        var remaining = count
        while remaining > 0 {
            if remaining & 1 == 1 { register = apply(map, to: register) }
            map = map.map { apply(map, to: $0) }
            remaining >>= 1
        }
        return ~register
    }

    private static func apply(_ map: [UInt32], to value: UInt32) -> UInt32 {
        var result: UInt32 = 0
        var rest = value
        while rest != 0 {
            result ^= map[rest.trailingZeroBitCount]
            rest &= rest - 1
        }
        return result
    }
}
