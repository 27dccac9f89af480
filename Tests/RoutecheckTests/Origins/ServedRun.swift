import CurlHTTP
import DHIS2
import DHIS2Simulator
import HTTPVocabulary

/// One run of the route `target` through the real client, and the server that it meets.
struct ServedRun: Sendable {
    let era: SimulatedEra
    /// The route that is run.
    var route = SimulatedRoute(
        uid: "TargetRt001",
        code: "target",
        url: "https://target.example.org/**",
        upstream: .text("{}")
    )
    var server: SimulatorConfiguration
    var credentials = DHIS2Credentials.personalAccessToken(SimulatorConfiguration.standardToken)
    var client = DHIS2Client.Configuration()
    /// Whether the client looks at the server and its routes first, while all is well.
    var looksFirst = true
    /// Whether the server is gone by the time of the run.
    var isGone = false
    /// The context path that the client is told, if it is not the server's.
    var contextPath: String?
    /// Whether the client uses https, which the server does not.
    var usesTLS = false
    var code = "target"
    var path = ""
    var parameters: QueryParameters = [:]
    var method = HTTPMethod.get
    /// The bound on the run alone.
    var timeout: Duration?

    init(_ era: SimulatedEra) {
        self.era = era
        server = SimulatorConfiguration(era: era)
    }

    /// Lets the run meet a fault of the server.
    mutating func meets(_ fault: SimulatedFault) {
        server.faults = [FaultRule(route: "target", fault: fault)]
    }

    /// Lets the route's target answer in DHIS2's own message format, as another DHIS2 does.
    mutating func targetSays(_ status: Int, _ message: String) {
        route.upstream = .text(
            #"{"httpStatus":"X","httpStatusCode":\#(status),"status":"ERROR","message":"\#(message)"}"#,
            status: status
        )
    }

    /// Lets the client run the route without a look at the server or its list of routes.
    mutating func runsAtOnce() {
        looksFirst = false
        client.addressRoutesBy = .code
    }

    /// Runs the route over a socket and says who answered.
    ///
    /// - Parameter host: A loopback address of its own where the server goes away: the kernel may give its port to
    ///   another server otherwise.
    func origin(host: String = "127.0.0.1") async throws -> ResponseOrigin {
        var configuration = server
        configuration.routes = [route]
        return try await DHIS2Simulator.with(configuration, host: host) { simulator in
            var options = CurlOptions()
            // Proxies of the environment stay out of tests.
            options.proxy = .none
            let transport = try CurlTransport(options: options)
            defer { transport.shutdown() }
            let address = "\(host):\(simulator.port)"
            let path = contextPath ?? configuration.contextPath
            let client = try DHIS2Client(
                baseURL: "\(usesTLS ? "https" : "http")://\(address)\(path)",
                credentials: credentials,
                transport: transport,
                configuration: self.client
            )
            var origin = try await origin(of: client, on: simulator)
            origin.sentence = origin.sentence.replacing(address, with: "HOST")
                .replacing(configuration.version, with: "VERSION")
            return origin
        }
    }

    private func origin(of client: DHIS2Client, on simulator: DHIS2Simulator) async throws -> ResponseOrigin {
        if looksFirst {
            if case .failed(let problem) = await client.preflight() { throw ServerNotReady(message: problem.message) }
            _ = try await client.routes.resolve(codes: [code])
        }
        if isGone { try await simulator.stop() }
        do throws(RouteError) {
            let response = try await client.routes.run(
                code: code,
                path: path,
                params: parameters,
                method: method,
                timeout: timeout
            )
            return client.origin(of: response, timeout: timeout)
        } catch {
            return client.origin(of: error, timeout: timeout)
        }
    }
}

/// A server that was to be well is not.
struct ServerNotReady: Error {
    let message: String
}
