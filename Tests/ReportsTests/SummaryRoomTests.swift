import Checks
import Redaction
import Reports
import Testing

/// GitHub drops a step's summary that is too long, and with it what others have written.
struct SummaryRoomTests {
    struct Run: Sendable, CustomTestStringConvertible {
        let name: String
        let report: RunReport
        var comparison: RunComparison?
        var secrets: [String] = []

        var testDescription: String { name }
        var renderer: MarkdownRenderer { MarkdownRenderer(comparison: comparison) }
        var redactor: Redactor { Redactor(secrets: secrets) }

        /// What is written where there is so much room.
        func text(within room: Int) -> String {
            let bytes = redactor.bytes(of: redactor.redact(report), with: renderer, within: room)
            #expect(bytes.count <= room)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(Array(text.utf8) == bytes)
            return text
        }
    }

    private static let good: RunReport = {
        var report = GoldenRun.report
        report.ending = .completed
        report.suites = [report.suites[0]]
        report.suites[0].results = Array(report.suites[0].results.prefix(2))
        return report
    }()

    private static let large: RunReport = {
        var report = good
        report.suites[0].results = (0..<10).flatMap { _ in GoldenRun.report.suites[0].results }
        return report
    }()

    static let runs = [
        Run(name: "golden", report: GoldenRun.report),
        Run(
            name: "compared",
            report: GoldenRun.report,
            comparison: RunComparison(baseline: GoldenRun.baseline, current: GoldenRun.report)
        ),
        Run(name: "good", report: good), Run(name: "large", report: large),
        // Short secrets take more room hidden than written out.
        Run(name: "secret", report: large, secrets: ["climate", "chap", "GET"]),
    ]

    @Test(arguments: runs)
    func staysWithinItsRoomAndSaysTheVerdictWhereverItFits(run: Run) throws {
        let whole = run.text(within: .max)
        let verdict = try #require(whole.split(separator: "\n", maxSplits: 1).first.map(String.init)) + "\n\n"
        #expect(verdict.hasPrefix("## "))
        let rooms = Array(stride(from: 0, through: 5_000, by: run.name == "good" ? 7 : 211))
        for room in rooms + [10_000, 20_001, 65_536, 100_000, 960_000, 1 << 20] {
            let text = run.text(within: room)
            if room >= verdict.utf8.count { #expect(text.hasPrefix(verdict)) } else { #expect(text.isEmpty) }
            // Nothing is opened that is not closed, and no line is cut.
            #expect(Self.openElements(in: text).isEmpty)
            #expect(text.isEmpty || text.hasSuffix("\n"))
        }
    }

    /// The elements that are opened and not closed.
    private static func openElements(in text: String) -> [Substring.UTF8View] {
        text.utf8.split(separator: UInt8(ascii: "<")).dropFirst().reduce(into: []) { open, tag in
            let name = tag.prefix { $0 != UInt8(ascii: ">") }
            if name.elementsEqual("br".utf8) { return }
            guard name.first == UInt8(ascii: "/") else { return open.append(name) }
            if open.last.map({ $0.elementsEqual(name.dropFirst()) }) ?? false {
                open.removeLast()
            } else {
                open.append(name)
            }
        }
    }

    @Test
    func countsWhatDoesNotFitIfThereIsRoomForThat() {
        let run = Self.runs[3]
        #expect(run.text(within: 200).contains("more did not fit; the other reports have them.\n"))
        #expect(run.text(within: 2_000).contains("\nroutecheck "))
        #expect(run.text(within: 1 << 20).contains("| <code>climate</code>"))
    }

    @Test
    func writesWholeFormatsOrNothing() {
        let redactor = Redactor(secrets: [])
        let whole = JSONRenderer().bytes(for: Self.good)
        let report = redactor.redact(Self.good)
        #expect(redactor.bytes(of: report, with: JSONRenderer(), within: whole.count) == whole)
        #expect(redactor.bytes(of: report, with: JSONRenderer(), within: whole.count - 1).isEmpty)
    }
}
