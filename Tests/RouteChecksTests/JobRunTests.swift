import DHIS2Simulator
import RouteChecks
import Testing

/// Jobs that a program makes and runs itself, with nothing imported but `RouteChecks`.
struct JobRunTests {
    /// A job against a look-alike.
    static func job(_ simulator: DHIS2Simulator, _ checks: Check...) -> Job {
        let credentials = ServerCredentials.token(SimulatorConfiguration.standardToken)
        let server = ServerSettings(url: simulator.baseURL, credentials: credentials)
        return Job(name: "smoke", server: server, checks: checks)
    }

    @Test func runsAJobThatAProgramMade() async throws {
        try await DHIS2Simulator.with { simulator in
            let line = #line + 1
            var check = Check(name: "CHAP answers", route: "chap", path: "health")
            let word = try RegexPattern("^[a-z]+$")
            check.expectation.json = [JSONExpectation(path: try JSONPath("$.status"), matcher: .matches(word))]
            let report = try await JobRun(Self.job(simulator, check)).report()
            #expect(report.toolVersion == Version.current)
            #expect(report.suites.map(\.file) == [#fileID])
            #expect(report.suites[0].results.map(\.outcome) == [.passed])
            #expect(report.suites[0].results.map(\.position.line) == [line])
            #expect(simulator.sessionCount == 0)
        }
    }

    @Test func boundsAllJobsTogether() async throws {
        try await DHIS2Simulator.with { simulator in
            var failing = Check(name: "fails", route: "health")
            failing.expectation.status = StatusSet([.code(418)])
            let bounds = RunBounds(maximumFailures: 1)
            let jobs = (0..<2).map { _ in RunPlan(Self.job(simulator, failing)) }
            let report = try await JobRun(jobs).report(bounds: bounds)
            #expect(report.suites.map { $0.results.map(\.outcome) } == [[.failed], [.notRun]])
            #expect(report.ending == .maximumFailures)
        }
    }

    @Test func explainsOneCheck() async throws {
        try await DHIS2Simulator.with { simulator in
            let job = Self.job(simulator, Check(name: "CHAP answers", route: "chap", path: "health"))
            let explanation = try await JobRun(job).explanation(ofCheck: 0)
            #expect(explanation.result.outcome == .passed)
            #expect(explanation.origin.layer == .upstream)
            #expect(simulator.sessionCount == 0)
        }
    }

    @Test func refusesWhatCannotBeSent() {
        let check = Check(name: "c", route: "chap")
        let nobody = Job(name: "j", file: "j.yaml", server: ServerSettings(url: "https://a.example"), checks: [check])
        #expect {
            try JobRun(nobody)
        } throws: {
            "\($0)"
                == "j.yaml: it names no credentials; set DHIS2_PAT, or write `token: ${…}` under `server`."
        }
        let nowhere = Job(
            name: "j",
            file: "j.yaml",
            server: ServerSettings(url: "", credentials: .token("d2pat_x")),
            checks: [check]
        )
        #expect(throws: UnusableJob.self) { try JobRun(nowhere) }
    }
}
