/// An encoding in which every byte is a character, and those below 0x80 are ASCII's.
package struct ByteEncoding: Sendable {
    /// The characters from 0x80 on.
    private let high: [UInt16]

    /// Creates an encoding.
    ///
    /// - Parameter high: The characters of 0x80 to 0xFF, none of which is one of ASCII.
    package init(_ high: [UInt16]) {
        self.high = high
    }

    /// ISO 8859-1, in which each byte is the character of its number.
    package static let latin1 = Self(Array(0x80...0xFF))

    /// windows-1252 (WHATWG Encoding Standard, index windows-1252).
    package static let windows1252 = Self(
        [
            0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
            0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
        ] + Array(0xA0...0xFF)
    )

    /// The text that bytes stand for.
    package func text(of bytes: some Collection<UInt8>) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 {
                units.append(byte)
            } else {
                // All of the characters take two or three bytes.
                let scalar = high[Int(byte) - 0x80]
                if scalar < 0x800 {
                    units.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
                } else {
                    units.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
                    units.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6) & 0x3F)
                }
                units.append(0x80 | UInt8(truncatingIfNeeded: scalar) & 0x3F)
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// The byte that stands for a character; `nil` where none does.
    package func byte(of scalar: Unicode.Scalar) -> UInt8? {
        if scalar.isASCII { return UInt8(scalar.value) }
        return high.firstIndex { $0 == scalar.value }.map { UInt8($0 + 0x80) }
    }

    /// The bytes that stand for a text; `nil` where a character has none.
    package func bytes(of text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = byte(of: scalar) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
