/// The 64-bit FNV-1a hash: the same for the same bytes on every machine and in every release.
package struct FNV1a: Hashable, Sendable {
    /// The hash of what has been added.
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Creates the hash of nothing.
    package init() {}

    /// Adds bytes.
    package mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            value ^= UInt64(byte)
            value = value &* 0x0000_0100_0000_01B3
        }
    }

    /// Adds a large text: eight bytes at a time, each eight folded so that all their bits count, and the rest singly.
    package mutating func add(largeText bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            let end = buffer.count & ~7
            for offset in stride(from: 0, to: end, by: 8) {
                value ^= UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                value = value &* 0x0000_0100_0000_01B3
                value ^= value >> 32
            }
            add(buffer[end...])
        }
    }

    /// Adds a text and an end that no text holds, so that neighbours cannot run together.
    package mutating func add(_ text: String) {
        add(text.utf8)
        add(CollectionOfOne(0xFF))
    }

    /// Adds a text of any length with its length, eight bytes at a time, for whoever adds many of them.
    package mutating func add(counted text: String) {
        var text = text
        text.withUTF8 { bytes in
            add(word: UInt64(bytes.count))
            let raw = UnsafeRawBufferPointer(bytes)
            var offset = 0
            while offset + 8 <= raw.count {
                add(word: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
                offset += 8
            }
            guard offset < raw.count else { return }
            var last: UInt64 = 0
            while offset < raw.count {
                last = last << 8 | UInt64(raw[offset])
                offset += 1
            }
            add(word: last)
        }
    }

    /// Adds a number at one go, so that each of its bits changes bits all over the hash.
    package mutating func add(word: UInt64) {
        value ^= word
        // Names of checks often differ in single digits; the prime alone would leave a change of the last of eight in
        // the topmost bits. A shift before the multiplication carries it into all of them (as in SplitMix64).
        value ^= value >> 32
        value = value &* 0x9E37_79B9_7F4A_7C15
        value ^= value >> 29
    }

    /// Adds a number.
    package mutating func add(_ number: UInt64) {
        add((0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
    }

    /// Sixteen hexadecimal digits.
    package var digits: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
