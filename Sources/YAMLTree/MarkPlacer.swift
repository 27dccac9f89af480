internal import CLibYAML
internal import SourceDiagnostics

/// Turns libyaml's marks into positions.
///
/// libyaml counts from 0 and ends lines also at NEL, LS and PS, which no editor does. Where a file holds such a
/// character, positions are found by the index of the character instead.
struct MarkPlacer {
    /// The index of each line's first character, kept only where libyaml's own lines cannot be used.
    private let lineStarts: [Int]

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        lineStarts = Self.hasForeignLineBreak(bytes) ? Self.lineStarts(bytes) : []
    }

    func position(_ mark: yaml_mark_t) -> SourcePosition {
        position(line: Int(clamping: mark.line), column: Int(clamping: mark.column), index: Int(clamping: mark.index))
    }

    func position(_ mark: SyntaxProblem.Mark) -> SourcePosition {
        position(line: mark.line, column: mark.column, index: mark.index)
    }

    private func position(line: Int, column: Int, index: Int) -> SourcePosition {
        guard !lineStarts.isEmpty else { return SourcePosition(line: line + 1, column: column + 1) }
        var (low, high) = (0, lineStarts.count)
        while low < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle + 1 } else { high = middle }
        }
        return SourcePosition(line: low, column: index - lineStarts[low - 1] + 1)
    }

    private static func hasForeignLineBreak(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for (index, byte) in bytes.enumerated() where byte >= 0xC2 {
            if byte == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0x85 { return true }
            if byte == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] & 0xFE == 0xA8 {
                return true
            }
        }
        return false
    }

    private static func lineStarts(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        var starts = [0]
        var characters = 0
        for (index, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            characters += 1
            let endsAtFeed = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            if byte == 0x0A || (byte == 0x0D && !endsAtFeed) { starts.append(characters) }
        }
        return starts
    }
}
