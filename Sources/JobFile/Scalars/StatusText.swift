internal import Checks

/// Statuses as job files write them: `200`, `2xx`, `200-204`.
enum StatusText {
    /// The codes that there are.
    static let codes = 100...599

    static func parse(_ text: String) -> StatusSet.Part? {
        var text = text
        return text.withUTF8(parse)
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> StatusSet.Part? {
        if bytes.count == 3 {
            if (bytes[1], bytes[2]) == (0x78, 0x78) || (bytes[1], bytes[2]) == (0x58, 0x58) {
                guard (0x31...0x35).contains(bytes[0]) else { return nil }
                let first = Int(bytes[0] - 0x30) * 100
                return .range(first...first + 99)
            }
            return code(bytes[...]).map { .code($0) }
        }
        guard bytes.count == 7, bytes[3] == UInt8(ascii: "-"), let first = code(bytes[..<3]),
            let last = code(bytes[4...]), first <= last
        else { return nil }
        return .range(first...last)
    }

    private static func code(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return codes.contains(code) ? code : nil
    }
}
