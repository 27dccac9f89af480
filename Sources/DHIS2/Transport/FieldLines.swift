import Glibc

/// Goes through a header section line by line (RFC 9112, section 5).
///
/// A line that begins with a blank carries the one before it on (obs-fold, section 5.2), and both count as one line
/// with a space between them.
struct FieldLines {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    private var position = 0

    /// Calls a closure for each line until it returns `false`.
    ///
    /// - Parameters:
    ///   - section: The header section.
    ///   - visit: Takes the bytes that hold the line, where in them it is without its end, and where its first colon
    ///     is, if it has one.
    static func forEach(in section: [UInt8], _ visit: (Bytes, Range<Int>, Int?) -> Bool) {
        section.withUnsafeBufferPointer { bytes in
            var lines = Self()
            while let (line, colon, isFolded) = lines.next(in: bytes) {
                guard isFolded else {
                    guard visit(bytes, line, colon) else { return }
                    continue
                }
                let goesOn = unfolded(bytes[line]).withUnsafeBufferPointer { unfolded in
                    visit(unfolded, unfolded.indices, colon.map { $0 - line.lowerBound })
                }
                guard goesOn else { return }
            }
        }
    }

    private mutating func next(in bytes: Bytes) -> (line: Range<Int>, colon: Int?, isFolded: Bool)? {
        guard position < bytes.count else { return nil }
        let start = position
        var end = Self.first(UInt8(ascii: "\n"), in: bytes, start..<bytes.count)
        let colon = Self.first(UInt8(ascii: ":"), in: bytes, start..<end)
        let hasColon = colon < end
        var isFolded = false
        while end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: " ") || bytes[end + 1] == UInt8(ascii: "\t") {
            isFolded = true
            end = Self.first(UInt8(ascii: "\n"), in: bytes, end + 1..<bytes.count)
        }
        position = end + 1
        let hasReturn = end > start && bytes[end - 1] == UInt8(ascii: "\r")
        return (start..<(hasReturn ? end - 1 : end), hasColon ? colon : nil, isFolded)
    }

    /// Where a byte first is in a range, or the range's end.
    private static func first(_ byte: UInt8, in bytes: Bytes, _ range: Range<Int>) -> Int {
        guard let base = bytes.baseAddress, let found = memchr(base + range.lowerBound, CInt(byte), range.count) else {
            return range.upperBound
        }
        return UnsafeRawPointer(base).distance(to: found)
    }

    /// The lines of a folded one, each without the blanks at the break, with one space in between.
    private static func unfolded(_ lines: Slice<Bytes>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(lines.count)
        for var line in lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if !result.isEmpty {
                while let byte = result.last, isBlank(byte) { result.removeLast() }
                line = line.drop(while: isBlank)
                result.append(UInt8(ascii: " "))
            }
            result += line
        }
        return result
    }

    /// Where a field's name is in a line: before the colon, without blanks there.
    ///
    /// A server must not put blanks before the colon, but the field is there all the same, and whoever passes the
    /// answer on has to take them away (section 5.1).
    static func name(_ bytes: Bytes, from start: Int, to colon: Int) -> Range<Int> {
        var end = colon
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Where a value, or a part of one, is without the blanks and control characters around it.
    static func trimmed(_ bytes: Bytes, _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }

    /// Whether a byte is a space, a tab or a CR, which alone counts as a space (section 2.2).
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    /// Compares without regard to ASCII case; the expected text is in lower case.
    static func equals(_ bytes: Bytes, _ range: Range<Int>, _ expected: StaticString) -> Bool {
        range.count == expected.utf8CodeUnitCount && begins(bytes, range, expected)
    }

    /// Compares the beginning without regard to ASCII case; the expected text is in lower case.
    static func begins(_ bytes: Bytes, _ range: Range<Int>, _ expected: StaticString) -> Bool {
        expected.withUTF8Buffer { expected in
            guard range.count >= expected.count else { return false }
            for index in 0..<expected.count {
                let byte = bytes[range.lowerBound + index]
                // Most letters are small already.
                guard byte == expected[index] || lowercased(byte) == expected[index] else { return false }
            }
            return true
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
