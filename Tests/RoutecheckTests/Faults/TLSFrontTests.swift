import Checks
import DHIS2Simulator
import Testing

/// Runs against a server behind nginx, its certificate as it should be and not.
@Suite(.enabled(if: TLSFront.isInstalled), .timeLimit(.minutes(2)))
struct TLSFrontTests {
    /// What a run says of the server, with nginx's port as PORT; `nil` when every check passed.
    private func fault(
        host: String = "localhost",
        days: Int = 2,
        trusts: Bool = true,
        stopsServer: Bool = false
    ) async throws -> Fault? {
        try await DHIS2Simulator.with { simulator in
            try await TLSFront.with(before: simulator.port, days: days) { front in
                if stopsServer { try await simulator.stop() }
                let report = try await MatrixRun.run(
                    MatrixRun.job(at: "https://\(host):\(front.port)"),
                    authorities: trusts ? front.authority : nil
                )
                #expect(report.counts.passed + report.counts.notRun == report.results.count)
                var fault = report.serverFault
                if fault == nil { #expect(report.counts.notRun == 0) }
                fault?.message.replace("\(front.port)", with: "PORT")
                return fault
            }
        }
    }

    @Test func everyCheckPassesThroughAFrontThatIsTrusted() async throws {
        #expect(try await fault() == nil)
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
