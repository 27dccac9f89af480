/// The cyclic redundancy check of gzip (RFC 1952, section 8), which DHIS2 also puts into its tokens.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
    }

    static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
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
