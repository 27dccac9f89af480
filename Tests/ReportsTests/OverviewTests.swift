import Checks
import FoundationEssentials
import Reports
import SourceDiagnostics
import Testing

/// What a person reads first of a run.
struct OverviewTests {
    private static let moment = Date(timeIntervalSince1970: 1_787_393_472)

    private func run(_ outcomes: [Outcome], allowed: Bool = false, fault: Fault? = nil) -> RunReport {
        let results = outcomes.enumerated().map { index, outcome in
            var check = Check(
                name: "c\(index)",
                route: "a-route-with-a-long-code",
                position: SourcePosition(line: 1, column: 1)
            )
            check.allowFailure = allowed ? Waiver() : nil
            var result = CheckResult(of: check, index: index, outcome: outcome)
            result.duration = .milliseconds(20)
            if outcome != .notRun {
                result.attempts = [Attempt(number: 1, start: .zero, duration: .milliseconds(20), outcome: outcome)]
            }
            return result
        }
        let suite = SuiteReport(
            name: "s",
            file: "s.yaml",
            serverURL: "https://x",
            serverFault: fault,
            startedAt: Self.moment,
            duration: .seconds(1),
            results: results
        )
        return RunReport(toolVersion: "1", startedAt: Self.moment, duration: .seconds(1), suites: [suite])
    }

    private func page(_ report: RunReport) -> String {
        String(decoding: HTMLRenderer().bytes(for: report), as: UTF8.self)
    }

    @Test func saysWhyNothingRan() {
        let fault = Fault(layer: .network, code: "refused", message: "Nothing listens at x:443.")
        let report = run([.notRun, .notRun], fault: fault)
        let text = page(report)
        #expect(text.contains("<p class=\"lead\">Nothing listens at x:443. 2 of 2 checks did not run.</p>"))
        #expect(text.contains("<b>network</b><span>never reached DHIS2</span><em>2 not run</em>"))
        #expect(ConsoleRenderer().summary(of: report).contains("Who failed: network 2\n"))
        #expect(String(decoding: MarkdownRenderer().bytes(for: report), as: UTF8.self).contains("network 2"))
        let metrics = String(decoding: PrometheusRenderer().bytes(for: report), as: UTF8.self)
        #expect(metrics.contains("routecheck_failures{suite=\"s\",layer=\"network\"} 2\n"))
    }

    @Test(arguments: [
        ([Outcome.passed, .notRun], false, "1 of 2 checks did not run; none of the others failed."),
        ([.notRun, .notRun], false, "2 of 2 checks did not run."),
        ([.passed, .failed], true, "Nothing failed that may not; 1 allowed to fail."),
        ([.passed, .passed], true, "Nothing failed in 2 checks."),
        ([.passed, .failed], false, "1 of 2 checks failed."),
    ])
    func sumsUpInASentence(outcomes: [Outcome], allowed: Bool, sentence: String) {
        let text = page(run(outcomes, allowed: allowed))
        #expect(text.contains("<p class=\"lead\">\(sentence)</p>"))
        #expect(text.contains(">Allowed failures</h2>") == (allowed && outcomes.contains(.failed)))
    }

    @Test func drawsAllowedFailuresAsItsLegendSays() {
        let text = page(run([.passed, .failed], allowed: true))
        #expect(text.contains("<rect class=\"allowed waiting\""))
        #expect(!text.contains("<rect class=\"failed"))
        #expect(!text.contains("failed attempt"))
    }

    @Test(arguments: [
        (20, "route         passed"), (30, "route                   passed"),
        (40, "route                  passed        p95"),
        (60, "route                checks     passed        p95        max"),
        (80, "route                        checks     passed        p50        p95        max"),
    ])
    func dropsColumnsThatDoNotFit(columns: Int, head: String) {
        var style = ConsoleStyle()
        style.columns = columns
        let lines = ConsoleRenderer(style: style).summary(of: run([.passed])).split(separator: "\n")
        #expect(lines.first.map(String.init) == head)
        #expect(lines.prefix(2).allSatisfy { $0.count <= columns })
    }

    @Test(arguments: RenderedFormat.all)
    func countsOneThingAsOne(format: RenderedFormat) {
        let text = String(decoding: format.renderer.bytes(for: run([.failed])), as: UTF8.self)
        #expect(!text.contains(/\b1 (?:more )?(?:checks|answers|routes|bytes|errors|attempts|failures|results)\b/))
    }
}
