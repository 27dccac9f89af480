import Testing

@testable import DHIS2Simulator

/// Sessions that expire, and what that does to requests that wait for their answer, by version.
@Suite struct SessionLimitTests {
    private static let versions = ["2.41.9.1", "2.42.5.2", "2.43.1", "2.44.0-SNAPSHOT"]

    @Test(arguments: [1, 2, 10])
    func usersHaveTheirOwnLimits(limit: Int) throws {
        var state = SimulatorState(try .version("2.43.1", limit: limit))
        let other = try state.newCookie(SessionExchange.otherToken)
        for _ in 1...(limit + 5) { _ = state.ask() }
        #expect(state.sessions.count(of: "checker") == limit)
        #expect(state.sessions.count(of: "admin") == 1)
        #expect(state.sessions.count == limit + 1)
        #expect(state.sessions.made == limit + 6)
        #expect(state.ask("/api/me", nil, cookie: other).status == 200)
    }

    @Test func aSessionThatIsUsedOutlivesOthers() throws {
        var state = SimulatorState(try .version("2.43.1"))
        let used = try state.newCookie()
        let idle = try state.newCookie()
        for _ in 1...20 {
            _ = state.ask()
            #expect(state.ask("/api/me", nil, cookie: used).status == 200)
        }
        #expect(state.ask("/api/me", nil, cookie: idle).status == 302)
    }

    @Test func oneKeptCookieIsOneSession() throws {
        var state = SimulatorState(try .version("2.44.0-SNAPSHOT"))
        let cookie = try state.newCookie()
        for _ in 1...100 { #expect(state.ask(cookie: cookie).status == 200) }
        #expect(state.sessions.made == 1)
    }

    // MARK: Requests that wait

    enum Outcome: Equatable {
        case answer, redirect, answerAndReset
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let version: String
        let target: String
        let outcome: Outcome

        init(_ version: String, _ target: String, _ outcome: Outcome) {
            self.version = version
            self.target = "/api/routes/\(target)/run"
            self.outcome = outcome
        }

        var testDescription: String { "\(version) \(target)" }
    }

    private static let cases = [
        Case("2.41.9.1", "empty", .answer), Case("2.41.9.1", "health", .answer), Case("2.41.9.1", "too-slow", .answer),
        Case("2.42.5.2", "empty", .redirect), Case("2.42.5.2", "too-slow", .redirect),
        Case("2.42.5.2", "health", .answerAndReset), Case("2.42.5.2", "failing", .answerAndReset),
        Case("2.43.1", "empty", .redirect), Case("2.43.1", "too-slow", .redirect),
        Case("2.43.1", "not-allowed", .redirect), Case("2.43.1", "health", .answerAndReset),
        Case("2.43.1", "compressed", .answerAndReset),
        Case("2.44.0-SNAPSHOT", "empty", .redirect), Case("2.44.0-SNAPSHOT", "health", .redirect),
        Case("2.44.0-SNAPSHOT", "too-slow", .redirect), Case("2.44.0-SNAPSHOT", "failing", .redirect),
    ]

    @Test(arguments: cases, [0, 1])
    func aWaitingRequestLosesItsSessionToTenNewerOnes(expected: Case, early: Int) throws {
        var state = SimulatorState(try .version(expected.version))
        for _ in 0..<early { _ = state.ask() }
        let waiting = state.begin(expected.target)
        for _ in 1...9 { _ = state.ask() }
        // Nine are too few, also where there were others before.
        #expect(outcome(of: waiting, &state) == .answer)
        _ = state.ask()
        #expect(outcome(of: waiting, &state) == expected.outcome)
    }

    private func outcome(of exchange: SessionExchange, _ state: inout SimulatorState) -> Outcome {
        let steps = exchange.steps(&state, keepsAlive: true)
        guard case .send(let bytes)? = steps.first else { return .answer }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.fields("Location") == [SimulatedInstance.logoutPath] {
            #expect(text.status == 302)
            #expect(text.cookies.allSatisfy { $0.contains("=; Expires=Thu, 01 Jan 1970 00:00:10 GMT; Path=/") })
            #expect(!text.cookies.isEmpty)
            #expect(steps.count == 1)
            return .redirect
        }
        #expect(text.cookies.first?.hasPrefix("JSESSIONID=") == true)
        return steps.dropFirst().elementsEqual([.resetUnderNextRequest]) ? .answerAndReset : .answer
    }

    @Test(arguments: ["2.43.1", "2.44.0-SNAPSHOT"])
    func aRequestWithAPasswordIsImmuneAndOneWithACookieIsNot(version: String) throws {
        var state = SimulatorState(try .version(version))
        let waiting = state.begin("/api/routes/empty/run", SessionExchange.password)
        for _ in 1...10 { _ = state.ask() }
        #expect(waiting.text(&state).status == 204)

        let cookie = try state.newCookie(SessionExchange.password)
        let next = state.begin("/api/routes/empty/run", SessionExchange.password, cookie: cookie)
        for _ in 1...10 { _ = state.ask() }
        #expect(next.text(&state).status == 302)
    }

    @Test func aClosingConnectionHasNothingToReset() throws {
        var state = SimulatorState(try .version("2.43.1", limit: 1))
        let waiting = state.begin("/api/routes/health/run")
        _ = state.ask()
        #expect(waiting.steps(&state).last == .close)
    }

    @Test func theRedirectEndsTheSessionForGood() throws {
        var state = SimulatorState(try .version("2.43.1", limit: 1))
        let cookie = try state.newCookie()
        let waiting = state.begin("/api/routes/empty/run", cookie: cookie)
        _ = state.ask()
        #expect(waiting.text(&state).status == 302)
        // It is unknown now, so the next request makes a new one.
        #expect(state.ask(cookie: cookie).status == 200)
    }

    @Test func aFaultIsAsOrderedWhateverTheSession() throws {
        var configuration = try SimulatorConfiguration.version("2.44.0-SNAPSHOT", limit: 1)
        configuration.faults = [FaultRule(route: "health", fault: .status(500, headers: [:], body: "x"))]
        var state = SimulatorState(configuration)
        let waiting = state.begin("/api/routes/health/run")
        _ = state.ask()
        #expect(waiting.text(&state).status == 500)
    }

    @Test func withoutALimitNothingExpires() throws {
        var state = SimulatorState(try .version("2.44.0-SNAPSHOT", limit: -1))
        let waiting = state.begin("/api/routes/health/run")
        for _ in 1...100 { _ = state.ask() }
        #expect(waiting.text(&state).status == 200)
        #expect(state.sessions.count == 101)
    }

    /// A client that ignores cookies and runs at some concurrency: whatever the order in which its requests begin and
    /// end, the limit holds, and only requests that ten newer ones overtook are redirected.
    @Test(arguments: versions, 1...5)
    func redirectsExactlyWhatTenNewerOnesOvertook(version: String, seed: Int) throws {
        var state = SimulatorState(try .version(version))
        var waiting: [(begun: Int, exchange: SessionExchange)] = []
        var random = UInt64(seed)
        for begun in 1...200 {
            waiting.append((begun, state.begin("/api/routes/empty/run")))
            #expect(state.sessions.count <= 10)
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            guard waiting.count > Int(random >> 33) % 24 else { continue }
            let (first, exchange) = waiting.remove(at: Int(random >> 40) % waiting.count)
            let isRedirected = version != "2.41.9.1" && begun - first >= 10
            #expect(exchange.text(&state).status == (isRedirected ? 302 : 204))
        }
        #expect(state.sessions.made == 200)
    }
}
