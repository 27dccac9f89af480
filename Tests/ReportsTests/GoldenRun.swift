import Checks
import FoundationEssentials
import HTTPVocabulary
import Reports
import SourceDiagnostics

/// One run with everything that reports have to say: all outcomes, retries, a server that is down, hostile text.
enum GoldenRun {
    static let report: RunReport = {
        var report = RunReport(
            toolVersion: "1.2.3",
            startedAt: Date(timeIntervalSince1970: 1_787_393_472.125),
            duration: .milliseconds(12_345),
            ending: .deadline,
            suites: [smoke, hostile, down]
        )
        report.shard = Shard(index: 2, count: 4)
        report.seed = 18_446_744_073_709_551_615
        return report
    }()

    /// The night before: `climate` still worked, `chap/items` failed already, `model/predict` was fast, a check was
    /// there that is gone now.
    static let baseline: RunReport = {
        var report = Self.report
        report.ending = .completed
        var suite = smoke
        suite.results[3].outcome = .passed
        suite.results[4].attempts.removeFirst()
        suite.results[7].name = "GET gone"
        suite.results[0].outcome = .failed
        report.suites = [suite]
        return report
    }()

    /// Text that would like to be obeyed.
    static let hostileText = """
        \u{1B}[31mred\u{1B}[0m ::error::injected\r
        ::set-output name=x::y <script>alert('1')</script> ]]> &amp; "quoted" \\ back `tick` | pipe
        ok 99 - forged\u{202E}override\u{0}nul\u{9B}c1 \u{FFFE}\u{FEFF}\u{2028}line *bold* [link](javascript:x) %0A 漢字 é 🙂
        """

    private static let smoke = SuiteReport(
        name: "Post-deploy smoke",
        file: "jobs/smoke.yml",
        description: "What must work right after a deploy.",
        serverURL: "https://dhis2.example/dhis",
        serverVersion: "2.42.4",
        startedAt: Date(timeIntervalSince1970: 1_787_393_472.25),
        duration: .milliseconds(9_500),
        results: [
            passed, matrixRow(1), matrixRow(2), disabled, flaky, unreachable, skipped, allowed, wrongJSON, slow,
        ]
    )

    private static let hostile: SuiteReport = {
        var check = Check(name: "GET echo \(hostileText)", route: "e<c>ho", path: "x", position: at(4))
        check.tags = ["<b>", "a,b:c"]
        var attempt = tried(1, at: 5_000, .milliseconds(31), .failed, status: 200)
        attempt.fault = Fault(
            layer: .upstream,
            code: "unexpected-answer",
            message: hostileText,
            certainty: .possible,
            evidence: [hostileText]
        )
        attempt.mismatches = [
            Mismatch(.body, expected: "contains \"ok\"", actual: hostileText, excerpt: [hostileText]),
            Mismatch(.header, location: "X-Echo", expected: "a", actual: "b"),
        ]
        attempt.evidence = Evidence(
            request: "GET https://dhis2.example/dhis/api/routes/RouteUidAa1/run/x?q=%3Cscript%3E",
            headers: ["Content-Type: text/plain", "X-Echo: \(hostileText)"],
            bodyExcerpt: hostileText + "\n" + String(repeating: "long ", count: 500),
            isExcerptCut: true
        )
        var echo = result(of: check, 0, .failed, [attempt])
        echo.identity = CheckIdentity(name: 1_234_567_890_123_456_789, fingerprint: .max)
        var twin = passed
        twin.index = 1
        var interrupted = Check(name: "GET späte/prüfung", route: "späte", path: "prüfung", position: at(9))
        interrupted.tags = ["nächtlich"]
        let selection = SelectionRecord(
            tags: "'<b>' or a",
            names: ["GET *"],
            lastFailed: "old & \"odd\".json",
            only: true
        )
        var suite = SuiteReport(
            name: "Hostile & <odd>",
            file: "./jobs/odd & ends.yaml",
            serverURL: "http://localhost:8080",
            startedAt: Date(timeIntervalSince1970: 1_787_393_476),
            duration: .milliseconds(2_000),
            results: [
                echo, twin, twin,
                CheckResult(of: interrupted, index: 3, outcome: .notRun, reason: "The run reached its deadline."),
            ],
            plan: PlanSummary(fingerprint: "00000000000000aa", planned: 4, total: 16, selection: selection)
        )
        suite.identity = SuiteIdentity(file: 0, name: 7, server: 18_000_000_000_000_000_000)
        return suite
    }()

    private static let down: SuiteReport = {
        let fault = Fault(
            layer: .network,
            code: "connection-refused",
            message: "Nothing listens at dhis2.test:443. Is DHIS2 running?",
            evidence: ["connect to 192.0.2.7 port 443: Connection refused"]
        )
        let check = Check(name: "GET chap/health", route: "chap", path: "health", position: at(7))
        return SuiteReport(
            name: "Nightly",
            file: "jobs/nightly.yaml",
            serverURL: "https://dhis2.test",
            serverFault: fault,
            startedAt: Date(timeIntervalSince1970: 1_787_393_480),
            duration: .milliseconds(15),
            results: [CheckResult(of: check, index: 0, outcome: .notRun, reason: fault.message)]
        )
    }()
}

extension GoldenRun {
    private static let passed = result(
        of: Check(name: "GET chap/health", route: "chap", path: "health", position: at(8)),
        0,
        .passed,
        [tried(1, at: 10, .milliseconds(125), .passed, status: 200)]
    )

    private static func matrixRow(_ level: Int) -> CheckResult {
        var check = Check(
            name: "GET chap/org-units [level=\(level), year=2026]",
            route: "chap",
            path: "org-units",
            position: at(11)
        )
        check.tags = ["matrix", "slow"]
        let attempt = tried(1, at: 20 * level, .microseconds(80_400 * level), .passed, status: 200)
        return result(of: check, level, .passed, [attempt])
    }

    private static let disabled: CheckResult = {
        var attempt = tried(1, at: 40, .milliseconds(35), .failed, status: 404)
        attempt.fault = Fault(
            layer: .route,
            code: "route-disabled",
            message: "The route \"climate\" exists but is disabled.",
            evidence: ["404 \"Route not found: 'climate'\"", "the list of routes shows it as disabled"]
        )
        attempt.mismatches = [
            Mismatch(.status, expected: "2xx", actual: "404"),
            Mismatch(.from, expected: "upstream", actual: "dhis2"),
        ]
        attempt.evidence = Evidence(
            request: "GET https://dhis2.example/dhis/api/routes/RouteUidBb2/run/forecast?year=2026",
            headers: ["Content-Type: application/json", "Cache-Control: no-cache, private"],
            bodyExcerpt: #"{"httpStatus":"Not Found","httpStatusCode":404,"status":"ERROR","errorCode":"E1005"}"#
        )
        let check = Check(name: "GET climate/forecast", route: "climate", path: "forecast", position: at(15))
        return result(of: check, 3, .failed, [attempt])
    }()

    private static let flaky: CheckResult = {
        var first = tried(1, at: 60, .milliseconds(20), .failed, status: 503)
        first.fault = Fault(layer: .upstream, code: "unavailable", message: "The upstream answered 503.")
        first.mismatches = [Mismatch(.status, expected: "200", actual: "503")]
        first.evidence = Evidence(
            request: "POST https://dhis2.example/dhis/api/routes/RouteUidCc3/run/jobs",
            isAnswerOmitted: true
        )
        let second = tried(2, at: 600, .milliseconds(45), .passed, status: 200)
        var check = Check(name: "POST model/jobs", route: "model", path: "jobs", position: at(19))
        check.method = .post
        return result(of: check, 4, .passed, [first, second])
    }()

    private static let unreachable: CheckResult = {
        var first = tried(1, at: 100, .milliseconds(30), .failed, status: 502)
        first.fault = Fault(
            layer: .proxy,
            code: "bad-gateway",
            message: "A proxy in front of DHIS2 answered 502.",
            certainty: .likely
        )
        first.mismatches = [Mismatch(.status, expected: "200", actual: "502")]
        first.evidence = Evidence(
            request: "GET https://dhis2.example/dhis/api/routes/RouteUidDd4/run",
            headers: ["Content-Type: text/html"],
            bodyExcerpt: "<html>Bad Gateway</html>"
        )
        var second = tried(2, at: 700, .seconds(2), .error, status: nil)
        second.fault = Fault(layer: .network, code: "timeout", message: "No answer came within 2 s.")
        second.evidence = Evidence(request: "GET https://dhis2.example/dhis/api/routes/RouteUidDd4/run")
        var third = second
        third.number = 3
        third.start = .milliseconds(4_000)
        let check = Check(name: "GET registry", route: "registry", position: at(24))
        return result(of: check, 5, .error, [first, second, third])
    }()

    private static let skipped = CheckResult(
        of: Check(name: "GET old/thing", route: "old", path: "thing", position: at(28)),
        index: 6,
        outcome: .skipped,
        reason: "replaced by chap"
    )

    private static let allowed: CheckResult = {
        var check = Check(name: "GET beta/health", route: "beta", path: "health", position: at(31))
        check.allowFailure = Waiver(reason: "beta is not live yet")
        var attempt = tried(1, at: 200, .milliseconds(15), .failed, status: 500)
        attempt.fault = Fault(layer: .upstream, code: "server-error", message: "The upstream answered 500.")
        attempt.mismatches = [Mismatch(.status, expected: "2xx", actual: "500")]
        attempt.evidence = Evidence(
            request: "GET https://dhis2.example/dhis/api/routes/RouteUidEe5/run",
            isAnswerOmitted: true
        )
        return result(of: check, 7, .failed, [attempt])
    }()

    private static let wrongJSON: CheckResult = {
        var attempt = tried(1, at: 250, .milliseconds(64), .failed, status: 200)
        attempt.mismatches = [
            Mismatch(
                .json,
                location: "$.items[3].id",
                expected: "\"a1\"",
                actual: "null",
                excerpt: ["- {\"id\": \"a1\"}", "+ {\"id\": null}"]
            )
        ]
        attempt.evidence = Evidence(
            request: "GET https://dhis2.example/dhis/api/routes/RouteUidAa1/run/items",
            headers: ["Content-Type: application/json"],
            bodyExcerpt: #"{"items": [1, 2, 3, {"id": null}]}"#
        )
        let check = Check(name: "GET chap/items", route: "chap", path: "items", position: at(34))
        return result(of: check, 8, .failed, [attempt])
    }()

    private static let slow: CheckResult = {
        var attempt = tried(1, at: 300, .milliseconds(4_200), .failed, status: 200)
        attempt.mismatches = [Mismatch(.maximumDuration, expected: "at most 1 s", actual: "4.20 s")]
        let check = Check(name: "GET model/predict", route: "model", path: "predict", position: at(40))
        return result(of: check, 9, .failed, [attempt])
    }()

    private static func at(_ line: Int) -> SourcePosition { SourcePosition(line: line, column: 5) }

    private static func tried(
        _ number: Int,
        at milliseconds: Int,
        _ duration: Duration,
        _ outcome: Outcome,
        status: Int?
    ) -> Attempt {
        var attempt = Attempt(number: number, start: .milliseconds(milliseconds), duration: duration, outcome: outcome)
        attempt.status = status
        guard status != nil else { return attempt }
        attempt.bodySize = 65
        var phases = Phases()
        phases.nameLookup = duration / 10
        phases.connect = duration / 5
        phases.tlsHandshake = duration / 2
        phases.firstByte = duration * 9 / 10
        phases.total = duration
        attempt.phases = phases
        return attempt
    }

    private static func result(
        of check: Check,
        _ index: Int,
        _ outcome: Outcome,
        _ attempts: [Attempt]
    ) -> CheckResult {
        var result = CheckResult(of: check, index: index, outcome: outcome)
        result.attempts = attempts
        result.start = attempts.first?.start ?? .zero
        result.duration = (attempts.last.map { $0.start + $0.duration } ?? .zero) - result.start
        return result
    }
}
