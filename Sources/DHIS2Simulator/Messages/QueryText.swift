/// Reading of paths and queries as servers do that never complain: what is no valid escape stays as it is.
enum QueryText {
    /// The names and values of a query, split at `&` and at the first `=`, then decoded as a form.
    static func parameters(of raw: String) -> [(name: String, value: String)] {
        raw.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (decode(halves[0], plusIsSpace: true), halves.count > 1 ? decode(halves[1], plusIsSpace: true) : "")
        }
    }

    /// A path segment or sub-path with its escapes decoded once.
    static func decodePath(_ raw: some StringProtocol) -> String {
        raw.utf8.contains(UInt8(ascii: "%")) ? decode(raw.utf8, plusIsSpace: false) : String(raw)
    }

    /// Whether a path is UTF-8 once its escapes are decoded.
    static func isUTF8(path: String) -> Bool {
        String(validating: decodedBytes(path.utf8, plusIsSpace: false), as: UTF8.self) != nil
    }

    private static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) -> String {
        String(decoding: decodedBytes(bytes, plusIsSpace: plusIsSpace), as: UTF8.self)
    }

    private static func decodedBytes(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index != bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), let value = escape(in: bytes, at: index) {
                result.append(value)
                index = bytes.index(index, offsetBy: 3)
                continue
            }
            result.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            index = bytes.index(after: index)
        }
        return result
    }

    /// The byte that the escape at an index stands for, or `nil` when no two hexadecimal digits follow.
    static func escape<Bytes: Collection<UInt8>>(in bytes: Bytes, at index: Bytes.Index) -> UInt8? {
        let digits = bytes[index...].dropFirst().prefix(2).compactMap(\.hexDigit)
        return digits.count == 2 ? digits[0] << 4 | digits[1] : nil
    }

    /// The bytes with those that are not allowed as escapes with capital digits.
    static func encode(_ text: String, allowing isAllowed: (UInt8) -> Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            if isAllowed(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// The segments of a path, one after the other, the slash between two of them dropped.
struct PathSegments {
    /// What has not been taken; `nil` after the last segment, and empty where that is.
    private(set) var rest: Substring?

    /// - Parameter path: A path that begins with a slash.
    init(_ path: Substring) {
        rest = path.dropFirst()
    }

    /// Takes the next segment; `nil` when there is none.
    mutating func next() -> Substring? {
        guard let rest else { return nil }
        guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            self.rest = nil
            return rest
        }
        self.rest = rest[rest.utf8.index(after: slash)...]
        return rest[..<slash]
    }
}
