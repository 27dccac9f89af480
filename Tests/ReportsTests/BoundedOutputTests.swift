import Checks
import Redaction
import Reports
import Testing
import Text

/// What is shown where there is room for little.
struct BoundedOutputTests {
    @Test
    func cutsMarkdownAndSaysHowMuchIsMissing() {
        let whole = MarkdownRenderer().bytes(for: manyFailures)
        let cut = MarkdownRenderer(byteLimit: 20_000).bytes(for: manyFailures)
        #expect(whole.count > 100_000)
        #expect(cut.count <= 20_000)
        let text = String(decoding: cut, as: UTF8.self)
        let shown = text.split(separator: "<details>").count - 1
        #expect(text.contains("\n\(400 - shown) more did not fit; the other reports have them.\n"))
        #expect(text.contains("| <code>climate</code> | 400 | 0 |"))
    }

    @Test
    func showsTenAnnotationsOfDifferentCausesFirst() {
        var report = manyFailures
        report.suites[0].results[399].route = "other"
        let text = String(decoding: AnnotationRenderer().bytes(for: report), as: UTF8.self)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 11)
        #expect(lines[0].contains("title=check 0::"))
        #expect(lines[1].contains("title=check 399::"))
        #expect(lines[2].contains("title=check 1::"))
        #expect(lines[10] == "::notice title=routecheck::390 failures more; the reports have them all.")
    }

    @Test
    func saysNothingToGitHubAboutAGoodRun() {
        var report = GoldenRun.report
        report.ending = .completed
        report.suites = [report.suites[0]]
        report.suites[0].results = Array(report.suites[0].results.prefix(3))
        #expect(AnnotationRenderer().bytes(for: report).isEmpty)
    }

    @Test(arguments: [
        (9, ""), (10, "12/400"), (21, "12/400  3 failed"), (22, "12/400  3 failed  6/s"),
        (30, "[░░░░░░░░░░] 12/400  3 failed"),
        (60, "[░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░] 12/400  3 failed  6/s"),
        (76, "[░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░] 12/400  3 failed  6/s  GET chap/h…  1.50 s"),
        (200, "[░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░] 12/400  3 failed  6/s  GET chap/health  1.50 s"),
    ])
    func fitsTheProgressIntoTheTerminal(width: Int, expected: String) {
        var line = ProgressLine(total: 400)
        line.done = 12
        line.failing = 3
        line.elapsed = .seconds(2)
        line.slowest = .init(name: "GET chap/health", elapsed: .milliseconds(1_500))
        #expect(line.text(width: width) == expected)
    }

    @Test(arguments: [
        "GET 漢字\u{1B}[2J/späte\u{202E}", "::error file=a::b ##vso[c]d ##[e]", "##[##[##[##[##[##[##[##[##[",
    ])
    func neverShowsMoreThanTheTerminalIsWide(name: String) {
        var line = ProgressLine(total: 100_000)
        line.flaky = 7
        line.elapsed = .seconds(61)
        line.slowest = .init(name: Redactor(secrets: []).redact(name), elapsed: .seconds(75))
        for done in [0, 1, 50_000, 100_000] {
            line.done = done
            for width in 0...160 {
                let text = line.text(width: width, style: ConsoleStyle(usesUnicode: false))
                #expect(DisplayWidth.of(text) < max(width, 1))
                #expect(!text.contains("\u{1B}"))
            }
        }
    }

    @Test(arguments: [
        (ConsoleVerbosity.quiet, 5), (.normal, 7), (.verbose, 15),
    ])
    func saysAsMuchAsIsWanted(verbosity: ConsoleVerbosity, blocks: Int) {
        let renderer = ConsoleRenderer(verbosity: verbosity)
        let texts = GoldenRun.report.suites.flatMap { suite in suite.results.map { renderer.text(for: $0, in: suite) } }
        #expect(texts.count { !$0.isEmpty } == blocks)
        #expect(texts.allSatisfy { $0.isEmpty || $0.hasSuffix("\n") })
    }

    private let manyFailures: RunReport = {
        var report = GoldenRun.report
        var suite = report.suites[0]
        let failure = suite.results[3]
        suite.results = (0..<400).map { index in
            var result = failure
            result.index = index
            result.name = "check \(index)"
            return result
        }
        report.suites = [suite]
        return report
    }()
}
