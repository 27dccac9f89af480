internal import Text

/// The part of a source line that is shown beneath a diagnostic, and the underline that fits beneath it.
///
/// Tabs become spaces up to the next multiple of four cells, hidden characters and what a CI system would take for a
/// command become visible escapes, and a long line is cut to a window around the spot, so that the caret stands under the right cell on any terminal.
struct Excerpt: Equatable {
    var line: String
    var underline: String

    /// The most cells that are shown of a line, the marks of a cut not counted.
    static let window = 120

    /// How many characters before the spot are kept when the line is cut there.
    private static let before = 80

    /// Draws the line on which the walker stands; the walker must be at the spot.
    init(at spot: SourceWalker, source: SourceText, length: Int) {
        let bytes = source.bytes
        let cutStart = Self.backward(Self.before, from: spot.offset, to: source.textStart, in: bytes)
        let cutEnd = Self.forward(Self.window, from: spot.offset, in: bytes)

        var drawing = Drawing()
        if cutStart > source.textStart, !Self.isBreak(bytes[cutStart - 1]) { drawing.plain("…") }
        let head = String(decoding: bytes[cutStart..<spot.offset], as: UTF8.self)
        let tail = String(decoding: bytes[spot.offset..<cutEnd], as: UTF8.self)
        // A command may begin in front of the spot. There is a line number in front of it all.
        let commands = LogCommand.places(in: head + tail, .insideLine)
        let headWidth = drawing.append(head, limit: Int.max, commands: commands)
        let marked = String(String.UnicodeScalarView(tail.unicodeScalars.prefix(length)))
        let room = max(1, Self.window - headWidth)
        let spotStart = drawing.width
        let start = head.utf8.count
        let complete =
            drawing.append(tail, limit: room, at: start, commands: commands) < room || DisplayWidth.of(tail) <= room
        if !complete || (cutEnd < bytes.count && !Self.isBreak(bytes[cutEnd])) { drawing.plain("…") }
        line = drawing.text

        var measure = Drawing(column: spotStart)
        let markedWidth = min(
            measure.append(marked, limit: room, at: start, commands: commands),
            drawing.width - spotStart
        )
        underline =
            String(repeating: " ", count: spotStart) + "^" + String(repeating: "~", count: max(0, markedWidth - 1))
    }

    /// Text with the cells it takes.
    private struct Drawing {
        var text = ""
        var width: Int

        init(column: Int = 0) { width = column }

        mutating func plain(_ piece: String) {
            text += piece
            width += DisplayWidth.of(piece)
        }

        /// Adds characters until `limit` cells are taken; returns the cells taken.
        ///
        /// - Parameters:
        ///   - place: Where the piece stands in the line, in bytes.
        ///   - commands: Where commands start in the line.
        mutating func append(_ piece: String, limit: Int, at place: Int = 0, commands: Set<Int>) -> Int {
            let start = width
            var place = place
            for character in piece {
                guard width - start < limit else { break }
                let isCommand = commands.contains(place)
                place += character.utf8.count
                if character == "\t" {
                    plain(String(repeating: " ", count: 4 - width % 4))
                } else if isCommand || character.unicodeScalars.contains(where: VisibleText.isHidden) {
                    plain(
                        VisibleText.escaping(String(character)) { isCommand && $0.isASCII || VisibleText.isHidden($0) }
                    )
                } else {
                    plain(String(character))
                }
            }
            return width - start
        }
    }

    private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// The offset so many characters back, or the start of the line where that is nearer.
    private static func backward(_ count: Int, from offset: Int, to low: Int, in bytes: [UInt8]) -> Int {
        var place = offset
        for _ in 0..<count {
            guard place > low, !isBreak(bytes[place - 1]) else { break }
            place -= 1
            while place > low, bytes[place] & 0xC0 == 0x80 { place -= 1 }
        }
        return place
    }

    /// The offset so many characters ahead, or the end of the line where that is nearer.
    private static func forward(_ count: Int, from offset: Int, in bytes: [UInt8]) -> Int {
        var place = offset
        for _ in 0..<count {
            guard place < bytes.count, !isBreak(bytes[place]) else { break }
            place += 1
            while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
        }
        return place
    }
}
