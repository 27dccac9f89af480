import Checks
import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// What the built binary says of a proxy of its own that does not do its work.
///
/// One at a time, as in ``FaultMatrixTests``.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ClientProxyTests {
    /// Where the proxy's URL is written.
    enum Place: String, CaseIterable {
        case jobFile
        case environment
    }

    private static let places: [(Place, String)] = [(.jobFile, ""), (.environment, ", which http_proxy names,")]

    /// Runs a job through a proxy, which is at a server's address unless another is given.
    private func run(
        _ place: Place,
        proxy: String? = nil,
        credentials: String = "proxyuser:proxysecret@",
        server: String = "http://dhis2.invalid",
        host: String = "127.0.0.1",
        faults: [FaultRule] = [],
        isGone: Bool = false,
        _ body: (MatrixRun, _ address: String) throws -> Void
    ) async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = faults
        try await ServedJob.with("", on: configuration, host: host) { served in
            let address = proxy ?? "\(host):\(served.simulator.port)"
            let url = "http://\(credentials)\(address)"
            let top = place == .jobFile ? "server: {proxy: '\(url)'}" : ""
            try Data(MatrixRun.job(top).utf8).write(to: URL(filePath: served.path("job.yaml")))
            if isGone { try await served.simulator.stop() }
            let run = try await MatrixRun(of: served) {
                $0.environment["DHIS2_URL"] = server
                if place == .environment {
                    $0.environment["http_proxy"] = url
                    $0.environment["https_proxy"] = url
                }
            }
            #expect(run.process.status == 3)
            #expect(run.suite.serverFault?.layer == .proxy)
            #expect(run.suite.results.allSatisfy { $0.outcome == .notRun })
            let everything = run.process.output + run.process.errors + (try served.text("r.json"))
            #expect(!everything.contains("proxysecret"))
            #expect(!everything.contains("proxyuser:"))
            try body(run, address)
        }
    }

    @Test(arguments: places)
    func aProxyThatIsNotThere(place: Place, source: String) async throws {
        // Addresses of their own, because the kernel may give a freed port to a server of another test.
        let host = place == .jobFile ? "127.0.0.11" : "127.0.0.12"
        try await run(place, host: host, isGone: true) { run, address in
            #expect(
                run.suite.serverFault?.message
                    == "The proxy \(address)\(source) refused the connection: it does not run there, or its address is wrong."
            )
            #expect(run.suite.serverFault?.code == "proxy-error")
        }
    }

    @Test(arguments: places)
    func aProxyWhoseNameDoesNotResolve(place: Place, source: String) async throws {
        try await run(place, proxy: "nosuchproxy.invalid:3128") { run, address in
            #expect(
                run.suite.serverFault?.message
                    == "The name lookup of the proxy \(address)\(source) failed: check the proxy's address, and this machine's DNS."
            )
            #expect(run.suite.serverFault?.code == "proxy-error")
        }
    }

    /// What a 407 says, by whether credentials were sent.
    private static let demands = [
        ("", "wants credentials of its own (407): write them into the proxy's URL."),
        (
            "proxyuser:proxysecret@",
            "refused the credentials in the proxy's URL (407): check the user and the password."
        ),
    ]

    @Test(arguments: places, demands)
    func aProxyThatWantsCredentials(of place: (Place, source: String), demand: (String, clause: String)) async throws {
        let refusal = FaultRule(fault: .statusInFront(407, headers: ["Proxy-Authenticate": "Basic"], body: ""))
        try await run(place.0, credentials: demand.0, faults: [refusal]) { run, address in
            #expect(
                run.suite.serverFault?.message
                    == "The proxy \(address)\(place.source) on the way to dhis2.invalid \(demand.clause)"
            )
            #expect(run.suite.serverFault?.code == "proxy-authentication")
        }
    }

    @Test(arguments: demands)
    func aProxyThatWantsCredentialsForATunnel(credentials: String, clause: String) async throws {
        let refusal = FaultRule(fault: .statusInFront(407, headers: ["Proxy-Authenticate": "Basic"], body: ""))
        let server = "https://dhis2.invalid"
        try await run(.environment, credentials: credentials, server: server, faults: [refusal]) { run, address in
            #expect(
                run.suite.serverFault?.message == "The proxy \(address), which https_proxy names, \(clause)"
            )
            #expect(run.suite.serverFault?.code == "proxy-authentication")
        }
    }

    @Test func aProxyThatRefusesATunnel() async throws {
        let refusal = FaultRule(fault: .proxyPage(status: 503))
        try await run(.jobFile, server: "https://dhis2.invalid", faults: [refusal]) { run, address in
            #expect(
                run.suite.serverFault?.message
                    == "The proxy \(address) refused the connection to dhis2.invalid:443 with status 503."
            )
            #expect(run.suite.serverFault?.code == "proxy-error")
        }
    }
}
