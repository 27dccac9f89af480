import Checks
import FoundationEssentials
import Reports
import Testing

/// What was noticed of a server, in the reports that have a place for it.
struct ServerWarningTests {
    private static let sentence = "A row of DHIS2's list of routes cannot be read, row 1: it is <null>."

    private static var report: RunReport {
        var report = GoldenRun.report
        report.suites[0].warnings = [sentence, "Another one."]
        return report
    }

    @Test(arguments: [
        (
            "console",
            "warning: A row of DHIS2's list of routes cannot be read, row 1: it is <null>.\nwarning: Another one.\n"
        ),
        ("ascii console", "\nwarning: Another one.\n"),
        (
            "markdown",
            "<br>Warning: A row of DHIS2&#39;s list of routes cannot be read, row 1&#58; it is &#60;null&#62;.<br>Warning: Another"
        ),
        ("junit", #"<property name="routecheck.warning" value="Another one."/>"#),
        ("html", "<p>Warning: Another one.</p>"),
        (
            "json",
            #""warnings":["A row of DHIS2's list of routes cannot be read, row 1: it is <null>.","Another one."]"#
        ),
    ])
    func isShownOnce(format: String, text: String) throws {
        let renderer = try #require(RenderedFormat.all.first { $0.name == format }?.renderer)
        let shown = String(decoding: renderer.bytes(for: Self.report), as: UTF8.self)
        #expect(shown.contains(text))
        #expect(shown.ranges(of: "Another one.").count == 1)
    }

    @Test func areReadBack() throws {
        let expected = [Self.sentence, "Another one."]
        let read = try RunReport(reading: JSONRenderer().bytes(for: Self.report))
        #expect(read.suites[0].warnings == expected)
        let rebuilt = try RunReport(reading: NDJSONRenderer().bytes(for: Self.report))
        #expect(rebuilt.suites[0].warnings == expected)
    }
}
