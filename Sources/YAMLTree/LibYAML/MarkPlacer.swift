internal import CLibYAML
internal import SourceDiagnostics

/// Turns libyaml's marks into positions.
///
/// libyaml counts from 0 and ends lines also at NEL, LS and PS, which no editor does. Where a file holds such a
/// character, positions are found by the index of the character instead. And it takes the end of a file that lacks its
/// last line break for a line of its own.
struct MarkPlacer {
    /// The index of each line's first character, kept only where libyaml's own lines cannot be used.
    private let lineStarts: [Int]
    /// The place behind the last character.
    private let end: SourcePosition

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let (lines, hasForeignBreak) = Self.survey(bytes)
        lineStarts = hasForeignBreak ? Self.lineStarts(bytes) : []
        let lastLine = bytes.reversed().prefix { $0 != 0x0A && $0 != 0x0D }
        end = SourcePosition(line: lines, column: lastLine.count { $0 & 0xC0 != 0x80 } + 1)
    }

    func position(_ mark: yaml_mark_t) -> SourcePosition {
        position(line: Int(clamping: mark.line), column: Int(clamping: mark.column), index: Int(clamping: mark.index))
    }

    func position(_ mark: SyntaxProblem.Mark) -> SourcePosition {
        position(line: mark.line, column: mark.column, index: mark.index)
    }

    private func position(line: Int, column: Int, index: Int) -> SourcePosition {
        guard !lineStarts.isEmpty else {
            return min(SourcePosition(line: line + 1, column: column + 1), end)
        }
        var (low, high) = (0, lineStarts.count)
        while low < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle + 1 } else { high = middle }
        }
        return min(SourcePosition(line: low, column: index - lineStarts[low - 1] + 1), end)
    }

    /// How many lines there are, and whether libyaml would count more.
    private static func survey(_ bytes: UnsafeBufferPointer<UInt8>) -> (lines: Int, hasForeignBreak: Bool) {
        // Most files are ASCII with line feeds; loops without branches find that out many bytes at a time.
        var (largest, returns, feeds): (UInt8, UInt8, Int) = (0, 0, 0)
        for byte in bytes { largest = max(largest, byte) }
        for byte in bytes { returns |= byte == 0x0D ? 1 : 0 }
        for byte in bytes where byte == 0x0A { feeds &+= 1 }
        if largest < 0xC2, returns == 0 { return (feeds + 1, false) }
        var lines = 1
        var hasForeignBreak = false
        var previous: UInt8 = 0
        for (index, byte) in bytes.enumerated() {
            if byte < 0x0E {
                if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { lines += 1 }
            } else if byte >= 0xC2 {
                hasForeignBreak = hasForeignBreak || isForeignBreak(bytes[index...])
            }
            previous = byte
        }
        return (lines, hasForeignBreak)
    }

    /// Whether NEL, LS or PS stands here.
    private static func isForeignBreak(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        bytes.starts(with: [0xC2, 0x85]) || bytes.starts(with: [0xE2, 0x80, 0xA8])
            || bytes.starts(with: [0xE2, 0x80, 0xA9])
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

/// Where the anchor, the tag and the content of one node stand in the source.
///
/// libyaml gives one mark for all three, that of the first.
struct NodeProperties {
    private(set) var tag: SourcePosition?
    private(set) var content: SourcePosition

    /// Reads on from the node's first character; `isEmpty` says that nothing follows the anchor and the tag.
    init(startingAt start: SourcePosition, isEmpty: Bool, walker: inout SourceWalker) {
        walker.advance(to: start)
        content = start
        while let byte = walker.byte {
            switch byte {
            case UInt8(ascii: "&"):
                Self.skipWord(&walker)
            case UInt8(ascii: "!"):
                tag = walker.position
                Self.skipWord(&walker)
            case UInt8(ascii: "#"):
                while let byte = walker.byte, byte != 0x0A, byte != 0x0D { walker.step() }
            case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0A, 0x0D:
                walker.step()
            default:
                if !isEmpty { content = walker.position }
                return
            }
        }
    }

    private static func skipWord(_ walker: inout SourceWalker) {
        while let byte = walker.byte, ![0x20, 0x09, 0x0A, 0x0D].contains(byte) { walker.step() }
    }
}
