import SourceDiagnostics
import Testing

@Suite struct SourceWalkerTests {
    @Test func findsThePositionOfEachByte() {
        let source = SourceText(name: "a", text: "\u{FEFF}aé\r\n日\nb")
        let positions = [
            (3, 1, 1), (4, 1, 2), (5, 1, 2), (6, 1, 3), (8, 2, 1), (9, 2, 1), (11, 2, 2), (12, 3, 1), (99, 3, 2),
        ]
        for (offset, line, column) in positions {
            #expect(source.position(ofByte: offset) == SourcePosition(line: line, column: column), "byte \(offset)")
        }
    }

    @Test func goesBackToAnEarlierPlace() {
        var walker = SourceWalker(SourceText(name: "a", text: "ab\ncd\nef"))
        walker.advance(to: SourcePosition(line: 3, column: 2))
        #expect(walker.offset == 7)
        walker.advance(to: SourcePosition(line: 2, column: 1))
        #expect(walker.offset == 3)
        walker.advance(toByte: 1)
        #expect(walker.position == SourcePosition(line: 1, column: 2))
    }

    @Test func stopsAtTheEndOfAShortLine() {
        var walker = SourceWalker(SourceText(name: "a", text: "ab\ncd"))
        walker.advance(to: SourcePosition(line: 1, column: 9))
        #expect(walker.position == SourcePosition(line: 1, column: 3))
    }

    @Test func ordersPositionsAsTheyFollow() {
        let positions = [(2, 1), (1, 9), (1, 2)].map { SourcePosition(line: $0.0, column: $0.1) }
        #expect(positions.sorted().map(\.column) == [2, 9, 1])
    }
}
