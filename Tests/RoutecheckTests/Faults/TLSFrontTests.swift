import Checks
import DHIS2Simulator
import FoundationEssentials
import Testing

/// Runs against a server behind nginx, its certificate as it should be and not.
@Suite(.enabled(if: TLSFront.isInstalled), .timeLimit(.minutes(5)))
struct TLSFrontTests {
    /// What a run of the built binary says of the server, with nginx's port as PORT; `nil` when every check passed.
    private func fault(
        host: String = "localhost",
        days: Int = 2,
        trusts: Bool = true,
        stopsServer: Bool = false
    ) async throws -> Fault? {
        // An address of its own, because the kernel may give a freed port to a server of another test.
        try await ServedJob.with("", host: stopsServer ? "127.0.0.13" : "127.0.0.1") { served in
            try await TLSFront.with(before: served.simulator, days: days) { front in
                let top = trusts ? "server: {tls: {ca: \(front.authority)}}" : ""
                try Data(MatrixRun.job(top).utf8).write(to: URL(filePath: served.path("job.yaml")))
                if stopsServer { try await served.simulator.stop() }
                let run = try await MatrixRun(of: served) {
                    $0.environment["DHIS2_URL"] = "https://\(host):\(front.port)"
                }
                guard var fault = run.suite.serverFault else {
                    #expect(run.process.status == 0)
                    #expect(run.suite.results.count == 8)
                    #expect(run.suite.results.allSatisfy { $0.outcome == .passed })
                    return nil
                }
                #expect(run.process.status == 3)
                #expect(run.suite.results.allSatisfy { $0.outcome == .notRun && $0.reason == fault.message })
                fault.message.replace("\(front.port)", with: "PORT")
                return fault
            }
        }
    }

    @Test func everyCheckPassesThroughAFrontThatIsTrusted() async throws {
        #expect(try await fault() == nil)
    }

    @Test func aFrontThatEndsItsConnectionsNowAndThenFailsNothing() async throws {
        let numbers = (1...500).map(String.init).joined(separator: ", ")
        try await ServedJob.with("") { served in
            try await TLSFront.with(before: served.simulator) { front in
                let job = """
                    concurrency: 32
                    server: {tls: {ca: \(front.authority)}}
                    checks: [{route: health, matrix: {number: [\(numbers)]}}]
                    """
                try Data(job.utf8).write(to: URL(filePath: served.path("job.yaml")))
                var binary = served.binary
                binary.environment["DHIS2_URL"] = "https://localhost:\(front.port)"
                let outcome = try await binary.run("run", "job.yaml", "--report-json", "r.json")
                #expect(outcome.status == 0, "\(outcome.output)")
                let report = try served.report("r.json")
                #expect(report.counts.passed == 500)
            }
        }
    }

    @Test func saysThatTheAuthorityIsUnknown() async throws {
        let fault = try await fault(trusts: false)
        #expect(fault?.layer == .network)
        #expect(fault?.code == "tls")
        #expect(
            fault?.message
                == "The TLS certificate of localhost:PORT was not accepted: unable to get local issuer certificate."
        )
    }

    @Test func saysThatTheCertificateHasExpired() async throws {
        let fault = try await fault(days: -1)
        #expect(fault?.message == "The TLS certificate of localhost:PORT was not accepted: certificate has expired.")
    }

    @Test func saysThatTheCertificateIsForAnotherHost() async throws {
        let fault = try await fault(host: "127.0.0.1")
        #expect(
            fault?.message
                == "The TLS certificate of 127.0.0.1:PORT was not accepted: certificate subject name 'localhost' does not match target host name '127.0.0.1'."
        )
    }

    @Test func saysThatDHIS2IsDownBehindTheFront() async throws {
        let fault = try await fault(stopsServer: true)
        #expect(fault?.layer == .proxy)
        #expect(fault?.code == "gateway-error")
        #expect(
            fault?.message
                == "A proxy in front of localhost:PORT answered 502: DHIS2 is down, still starting, or too slow for it."
        )
    }
}
