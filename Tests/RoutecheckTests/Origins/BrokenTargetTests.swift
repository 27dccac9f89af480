import Checks
import DHIS2Simulator
import Testing

/// A target that gives DHIS2 no answer has not given the one that was expected, whichever status DHIS2 makes of it.
@Suite(.timeLimit(.minutes(2)))
struct BrokenTargetTests {
    private static let failures: [(code: String, UpstreamFailure)] = [
        ("refused", .refused), ("unresolvable", .unresolvable), ("tls", .tls), ("reset", .reset), ("closes", .closes),
        ("chunk", .badChunk(line: "zz")), ("garbage", .garbage(line: "SSH-2.0-OpenSSH_9.2")), ("pool", .poolExhausted),
        ("connect", .connectTimeout(after: .zero)),
        ("breaks", .brokeOff(half)),
    ]

    private static let half = BrokenUpstreamReply(
        UpstreamReply(status: 200, headers: ["Content-Type": "application/json"], body: Array(#"{"half":"#.utf8)),
        announcedLength: 100
    )

    /// What another DHIS2 says of its own targets, passed on as any answer is.
    private static let words = [
        "invalid version format: SSH-2.0-OPENSSH_9.2", "Invalid character in chunk size",
        #"I/O error on GET request for \"http://a.example.org/\": null; nested exception is x.ClientProtocolException"#,
    ]

    private static func server(_ era: SimulatedEra) -> SimulatorConfiguration {
        var server = SimulatorConfiguration(era: era)
        server.routes = failures.enumerated().map { index, failure in
            route(failure.code, index, .failing(failure.1))
        }
        let gone = SimulatedUpstream.failing(.refused)
        let redirect = SimulatedUpstream.redirecting(
            to: "https://moved.example.org/",
            status: 302,
            headers: [:],
            followedTo: gone
        )
        server.routes.append(route("redirects", 50, redirect))
        for (index, words) in words.enumerated() {
            let body = #"{"httpStatus":"X","httpStatusCode":500,"status":"ERROR","message":"\#(words)"}"#
            server.routes.append(route("own-\(index)", 60 + index, .text(body, status: era == .b ? 503 : 500)))
        }
        return server
    }

    private static func route(_ code: String, _ number: Int, _ upstream: SimulatedUpstream) -> SimulatedRoute {
        SimulatedRoute(
            uid: "TargetRt\(100 + number)",
            code: code,
            url: "https://\(code).example.org/**",
            upstream: upstream
        )
    }

    /// One check for each route, with a note of where its answer is to come from; 200, because 2.42 may have begun with it.
    private static func job(_ from: String) -> String {
        let broken = failures.map(\.code) + ["redirects"]
        let checks = (broken + words.indices.map { "own-\($0)" }).map { code in
            "  - {name: \(code), route: \(code), expect: {status: [200, 302, 5xx]\(from)}}"
        }
        return "checks:\n" + checks.joined(separator: "\n") + "\n"
    }

    @Test(arguments: SimulatedEra.allCases)
    func isNoAnswerOfTheTarget(era: SimulatedEra) async throws {
        try await ServedJob.with(Self.job(""), on: Self.server(era)) { served in
            _ = try await served.binary.run(["run", "job.yaml", "--report-json", "report.json"])
            let results = try served.report("report.json").suites[0].results
            // From 2.42 on a redirect is not followed, and is the target's own answer.
            let answered = Set(Self.words.indices.map { "own-\($0)" } + (era == .b ? [] : ["redirects"]))
            let passed = Set(results.filter { $0.outcome == .passed }.map(\.name))
            #expect(passed == answered)
            #expect(results.count == Self.failures.count + 1 + Self.words.count)
        }
    }

    /// Who tests that DHIS2 says so can.
    @Test(arguments: SimulatedEra.allCases)
    func isAnAnswerOfDHIS2(era: SimulatedEra) async throws {
        try await ServedJob.with(Self.job(", from: dhis2"), on: Self.server(era)) { served in
            _ = try await served.binary.run(["run", "job.yaml", "--report-json", "report.json"])
            let results = try served.report("report.json").suites[0].results
            let passed = Set(results.filter { $0.outcome == .passed }.map(\.name))
            let broken = Set(Self.failures.map(\.code)).subtracting(["breaks"])
            #expect(passed == (era == .b ? broken.union(["redirects"]) : broken))
        }
    }
}
