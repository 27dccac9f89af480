import CurlHTTP
import DHIS2
import DHIS2Simulator
import FoundationEssentials
import Testing

/// The accessor over libcurl against a real server.
struct AccessorTests {
    private func withAccessor(_ body: @Sendable (RoutesAccessor, DHIS2Simulator) async throws -> Void) async throws {
        try await DHIS2Simulator.with { simulator in
            let transport = try CurlTransport()
            let client = try DHIS2Client(
                baseURL: simulator.baseURL,
                credentials: .personalAccessToken(SimulatorConfiguration.standardToken),
                transport: transport
            )
            try await withTaskExecutorPreference(transport.taskExecutor) {
                try await body(client.routes, simulator)
            }
            transport.shutdown()
        }
    }

    @Test func sixtyFourConcurrentFirstUsesOfACodeCauseOneLookup() async throws {
        try await withAccessor { routes, simulator in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<64 {
                    group.addTask { try await routes.run(code: "health").exchange.statusCode }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 64))
            #expect(simulator.requests(to: "/api/routes").count == 1)
            #expect(simulator.requests(to: "/api/routes/HealthRt001/run").count == 64)
        }
    }

    @Test(arguments: ["a b", "50%", "a&b=c", "#1", "x+y", "ü 漢 🦀", #"{"a":[1]}"#, "%2520", "a|b^`\\"])
    func aParameterArrivesAsItWasGiven(value: String) async throws {
        try await withAccessor { routes, _ in
            let response = try await routes.run(code: "echo", path: "x", params: ["q": value, "q": "second"])
            #expect(response.exchange.statusCode == 200)
            struct Echo: Decodable { var pairs: [[String]] }
            let echo = try JSONDecoder().decode(Echo.self, from: Data(response.exchange.body))
            #expect(echo.pairs == [["q", value], ["q", "second"]])
        }
    }
}
