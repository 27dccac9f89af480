import SourceDiagnostics
import Testing

@Suite struct DiagnosticJSONTests {
    @Test func writesNothingAsAnEmptyList() {
        #expect(DiagnosticJSON.render([]) == "[]\n")
    }

    @Test func writesEverythingThatIsKnown() {
        let place = SourcePosition(line: 2, column: 3)
        let diagnostics = [
            Diagnostic(.error, "no \"file\"", file: "a\\b.yaml", position: nil),
            Diagnostic(
                .warning,
                "tab\there\u{1B}\u{2028}é",
                file: "a.yaml",
                position: place,
                length: 4,
                notes: [Diagnostic.Note("there", file: "a.yaml", position: place)],
                help: "help",
                replacement: "method"
            ),
        ]
        let expected = #"""
            [
            {"severity":"error","message":"no \"file\"","file":"a\\b.yaml"},
            {"severity":"warning","message":"tab\there\u001b\u2028é","file":"a.yaml","line":2,"column":3,"length":4,"notes":[{"message":"there","file":"a.yaml","line":2,"column":3,"length":1}],"help":"help","replacement":"method"}
            ]

            """#
        #expect(DiagnosticJSON.render(diagnostics) == expected)
    }
}
