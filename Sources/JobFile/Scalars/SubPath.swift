/// The sub-path of a check, behind `/run/`.
enum SubPath {
    /// Says in a clause what is wrong with a path.
    struct Refusal: Error, Equatable {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    /// The path without its leading slash.
    ///
    /// Servers and proxies may decode a path more than once and may read `\` as `/` and drop what follows a `;`, so a
    /// path is refused when any such reading of it leaves `/run/`.
    static func parse(_ text: String) throws(Refusal) -> String {
        let path = text.hasPrefix("/") ? String(text.dropFirst()) : text
        guard !path.isEmpty else { return "" }
        // Nearly all paths are of these characters only, and then there is nothing to decode.
        guard !isPlain(path) else { return path }
        guard !path.unicodeScalars.contains(where: isControl) else { throw Refusal("must not hold control characters") }
        guard !path.contains("?"), !path.contains("#") else {
            throw Refusal("must not hold \"?\" or \"#\"; the query goes into params")
        }
        guard !path.contains("\\") else { throw Refusal("must not hold a backslash") }
        var reading = Array(path.utf8)
        for round in 0..<8 {
            try check(reading, isWritten: round == 0)
            guard let decoded = decode(reading, isWritten: round == 0) else {
                throw Refusal("must have two hexadecimal digits after each \"%\"")
            }
            if decoded == reading { return path }
            // Overlong forms of "." and "/" are not valid UTF-8.
            guard String(validating: decoded, as: UTF8.self) != nil else {
                throw Refusal("must be UTF-8 when percent-decoded")
            }
            reading = decoded
        }
        throw Refusal("must not be percent-encoded over and over")
    }

    private static func isPlain(_ path: String) -> Bool {
        var previous = UInt8(ascii: "/")
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                break
            case UInt8(ascii: "/") where previous != UInt8(ascii: "/"):
                break
            case UInt8(ascii: ".") where previous != UInt8(ascii: "/") && previous != UInt8(ascii: "."):
                break
            default:
                return false
            }
            previous = byte
        }
        return previous != UInt8(ascii: "/")
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    private static func check(_ reading: [UInt8], isWritten: Bool) throws(Refusal) {
        let slashes: [UInt8] = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
        let encoded = isWritten ? "" : " percent-encoded"
        guard !reading.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw Refusal("must not hold\(encoded) control characters")
        }
        for segment in reading.split(omittingEmptySubsequences: false, whereSeparator: slashes.contains) {
            let name = segment.prefix { $0 != UInt8(ascii: ";") }
            guard !name.isEmpty else { throw Refusal("must not have\(encoded) empty segments") }
            guard !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) else {
                throw Refusal("must not have\(encoded) \".\" or \"..\" segments")
            }
        }
    }

    /// One round of percent-decoding; `nil` for a broken escape in what was written.
    private static func decode(_ reading: [UInt8], isWritten: Bool) -> [UInt8]? {
        var result: [UInt8] = []
        var index = 0
        while index < reading.count {
            guard reading[index] == UInt8(ascii: "%") else {
                result.append(reading[index])
                index += 1
                continue
            }
            if index + 2 < reading.count, let high = digit(reading[index + 1]), let low = digit(reading[index + 2]) {
                result.append(high << 4 | low)
                index += 3
            } else if isWritten {
                return nil
            } else {
                result.append(reading[index])
                index += 1
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
