internal import SourceDiagnostics
internal import YAMLTree

/// Finds the place in the source of a `$` that is known by its offset in a scalar's text.
///
/// Escapes and folding make the two differ, but they neither add nor drop a `$`: the n-th of the text is the n-th of
/// the source, an escaped one (`\x24`) counted.
enum DollarFinder {
    static func position(ofByte offset: Int, of node: YAMLNode, in source: SourceText) -> SourcePosition {
        let before = node.withUTF8 { text in text.prefix(offset).count { $0 == UInt8(ascii: "$") } }
        var walker = SourceWalker(source)
        walker.advance(to: node.position)
        if node.style == .literal || node.style == .folded { skipLine(&walker) }
        if node.style == .doubleQuoted { walker.step() }
        var left = before
        while let byte = walker.byte {
            var isDollar = byte == UInt8(ascii: "$")
            var steps = 1
            if byte == UInt8(ascii: "\\"), node.style == .doubleQuoted {
                (isDollar, steps) = escape(walker)
            }
            if isDollar {
                if left == 0 { return walker.position }
                left -= 1
            }
            for _ in 0..<steps { walker.step() }
        }
        return node.position
    }

    private static func skipLine(_ walker: inout SourceWalker) {
        let line = walker.line
        while walker.line == line, !walker.isAtEnd { walker.step() }
    }

    /// Whether the escape at the walker is a `$`, and how many characters it takes.
    private static func escape(_ walker: SourceWalker) -> (isDollar: Bool, steps: Int) {
        let digits =
            switch walker.peek(1) {
            case UInt8(ascii: "x"): 2
            case UInt8(ascii: "u"): 4
            case UInt8(ascii: "U"): 8
            default: 0
            }
        guard digits > 0 else { return (false, 2) }
        let code = (2..<2 + digits).compactMap { walker.peek($0) }
        return (Int(String(decoding: code, as: UTF8.self), radix: 16) == 0x24, 2 + digits)
    }
}
