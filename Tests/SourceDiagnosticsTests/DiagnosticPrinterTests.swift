import SourceDiagnostics
import Testing

@Suite struct DiagnosticPrinterTests {
    private func render(_ text: String, line: Int, column: Int, length: Int = 1) -> String {
        let position = SourcePosition(line: line, column: column)
        let diagnostic = Diagnostic(.error, "wrong", file: "a.yaml", position: position, length: length)
        return DiagnosticPrinter(sources: [SourceText(name: "a.yaml", text: text)]).render([diagnostic])
    }

    /// Each row: a line of a file, the column and length of the spot, what is drawn of the line, and beneath it.
    @Test(arguments: [
        ("route: chap", 8, 4, "route: chap", "       ^~~~"),
        ("route: chap", 12, 1, "route: chap", "           ^"),
        ("a:\tb", 4, 1, "a:  b", "    ^"),
        ("\tb", 1, 1, "    b", "^~~~"),
        ("日本: x", 5, 1, "日本: x", "      ^"),
        ("日本: x", 2, 1, "日本: x", "  ^~"),
        ("👩‍👩‍👧: x", 8, 1, "👩‍👩‍👧: x", "    ^"),
        ("❤️: x", 5, 1, "❤️: x", "    ^"),
        ("🇳🇴🇹🇿: x", 7, 1, "🇳🇴🇹🇿: x", "      ^"),
        ("e\u{301}: x", 5, 1, "e\u{301}: x", "   ^"),
        ("ｗｉｄｅ: x", 7, 1, "ｗｉｄｅ: x", "          ^"),
        ("a\u{1B}[31m: x", 9, 1, "a\\u{1B}[31m: x", "             ^"),
        ("a\u{202E}b: x", 6, 1, "a\\u{202E}b: x", "            ^"),
        ("##vso[a]: x", 11, 1, "\\u{23}#vso[a]: x", "               ^"),
        ("##vso[a]: x", 1, 2, "\\u{23}#vso[a]: x", "^~~~~~~"),
        ("##vso[a]: x", 2, 7, "\\u{23}#vso[a]: x", "      ^~~~~~~"),
        ("漢 ##[error]: x", 4, 8, "漢 \\u{23}#[error]: x", "         ^~~~~~~~"),
        ("::error::a: x", 13, 1, "::error::a: x", "            ^"),
        ("## heading: x", 13, 1, "## heading: x", "            ^"),
        ("", 1, 1, "", "^"),
    ])
    func putsTheCaretUnderTheSpot(line: String, column: Int, length: Int, drawn: String, underline: String) {
        let expected = """
            a.yaml:1:\(column): error: wrong
             1 |\(drawn.isEmpty ? "" : " \(drawn)")
               | \(underline)

            """
        #expect(render(line, line: 1, column: column, length: length) == expected)
    }

    @Test func cutsALongLineAroundTheSpot() {
        let text = String(repeating: "a", count: 500) + "!" + String(repeating: "b", count: 500)
        let expected = """
            a.yaml:1:501: error: wrong
             1 | …\(String(repeating: "a", count: 80))!\(String(repeating: "b", count: 39))…
               | \(String(repeating: " ", count: 81))^

            """
        #expect(render(text, line: 1, column: 501) == expected)
    }

    @Test(arguments: ["one\ntwo\nthree", "one\r\ntwo\r\nthree", "one\rtwo\rthree", "\u{FEFF}one\ntwo\nthree"])
    func countsLinesWhateverEndsThem(text: String) {
        #expect(render(text, line: 2, column: 2) == "a.yaml:2:2: error: wrong\n 2 | two\n   |  ^\n")
        #expect(render(text, line: 1, column: 1) == "a.yaml:1:1: error: wrong\n 1 | one\n   | ^\n")
    }

    @Test func drawsHelpAndNotes() {
        let source = SourceText(name: "a.yaml", text: "a: 1\nb: 2\na: 3\n")
        let diagnostic = Diagnostic(
            .warning,
            "twice",
            file: "a.yaml",
            position: SourcePosition(line: 3, column: 1),
            notes: [Diagnostic.Note("first here", file: "a.yaml", position: SourcePosition(line: 1, column: 1))],
            help: "take one away"
        )
        let expected = """
            a.yaml:3:1: warning: twice
             3 | a: 3
               | ^
              help: take one away
            a.yaml:1:1: note: first here
             1 | a: 1
               | ^

            """
        #expect(DiagnosticPrinter(sources: [source]).render([diagnostic]) == expected)
    }

    @Test func drawsNoLineOfAFileItDoesNotHave() {
        let diagnostic = Diagnostic(.error, "gone", file: "b.yaml", position: nil)
        #expect(DiagnosticPrinter(sources: []).render([diagnostic]) == "b.yaml: error: gone\n")
    }

    @Test func coloursWhenAsked() {
        let position = SourcePosition(line: 1, column: 1)
        let diagnostic = Diagnostic(.error, "wrong", file: "a.yaml", position: position)
        let printer = DiagnosticPrinter(sources: [SourceText(name: "a.yaml", text: "x")], color: true)
        let expected = """
            \u{1B}[1ma.yaml:1:1:\u{1B}[0m \u{1B}[1;31merror:\u{1B}[0m \u{1B}[1mwrong\u{1B}[0m
             1 | x
               | \u{1B}[1;31m^\u{1B}[0m

            """
        #expect(printer.render([diagnostic]) == expected)
    }

    @Test func showsWhatCouldSteerATerminal() {
        let message = "un\u{1B}]0;x\u{7}known\r\n\u{2028}key\u{9B}"
        let diagnostic = Diagnostic(.error, message, file: "\u{1B}[2Ja", position: nil)
        let expected = "\\u{1B}[2Ja: error: un\\u{1B}]0;x\\u{7}known\\r\\n\\u{2028}key\\u{9B}"
        #expect(diagnostic.summary == expected)
    }

    @Test func findsManySpotsOfOneLongLineInOnePass() {
        let text = String(repeating: "ab ", count: 400_000)
        let diagnostics = (0..<2000).map { index in
            Diagnostic(.error, "w", file: "a", position: SourcePosition(line: 1, column: 1 + index * 600))
        }
        let drawn = DiagnosticPrinter(sources: [SourceText(name: "a", text: text)]).render(diagnostics)
        #expect(drawn.utf8.count { $0 == UInt8(ascii: "^") } == 2000)
    }
}
