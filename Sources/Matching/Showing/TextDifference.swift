/// Shows where two texts begin to differ.
package enum TextDifference {
    /// What came instead of a text: itself where both are short, or the place where they part.
    package static func finding(expected: String, actual: String) -> Finding {
        guard expected.utf8.count > Excerpt.limit, actual.utf8.count > Excerpt.limit else {
            return Finding(Excerpt.quoted(actual))
        }
        let offset = zip(expected.utf8, actual.utf8).prefix { $0 == $1 }.count
        let (line, column) = position(of: offset, in: actual)
        return Finding(
            "\(AmountText.roughSize(actual.utf8.count)) of text that differ from line \(line), column \(column)",
            excerpt: [
                "- " + Excerpt.quoted(expected, around: offset..<offset),
                "+ " + Excerpt.quoted(actual, around: offset..<offset),
            ]
        )
    }

    /// The line and the column of a byte, counted from 1, columns in Unicode scalars.
    private static func position(of offset: Int, in text: String) -> (line: Int, column: Int) {
        var (line, column) = (1, 1)
        for byte in text.utf8.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}
