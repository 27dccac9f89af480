import Testing

@testable import DHIS2Simulator

@Suite struct FaultRuleTests {
    @Test(arguments: [
        ("/api/routes", "/api/routes", true), ("/api/routes", "/api/*", true), ("/api/routes", "*", true),
        ("/api/routes/a/run", "/api/routes/*/run", true), ("/api/routes/a/run/b", "/api/routes/*/run", false),
        ("/api/routes/a/run/b", "/api/routes/*/run*", true), ("/api/me", "/api/routes*", false), ("", "*", true),
        ("", "", true), ("a", "", false), ("abcabc", "*abc", true), ("abcab", "*abc", false), ("aXbXc", "a*b*c", true),
    ])
    func fitsPatterns(text: String, pattern: String, isMatch: Bool) {
        #expect(FaultRule.matches(text, pattern: pattern) == isMatch)
    }

    /// The faults that are due for a series of requests, by rule.
    private static func outcomes(_ rules: [FaultRule], _ targets: [String]) -> [SimulatedFault?] {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = rules
        var state = SimulatorState(configuration)
        return targets.map { state.take(SimulatedRequest(target: $0)).fault }
    }

    @Test func takesItsTurnByRequestCount() {
        let rule = FaultRule(path: "/api/me", after: 1, times: 2, fault: .hang)
        let targets = ["/api/me", "/api/ping", "/api/me", "/api/me", "/api/me"]
        #expect(Self.outcomes([rule], targets) == [nil, nil, .hang, .hang, nil])
    }

    @Test(arguments: ["health", "HealthRt001"])
    func meansARouteByCodeOrUID(name: String) {
        let targets = [
            "/api/routes/health/run", "/api/42/routes/HealthRt001/run/x", "/api/routes/HealthRt001", "/api/routes",
            "/api/routes/chap/run",
        ]
        let outcomes = Self.outcomes([FaultRule(route: name, fault: .hang)], targets)
        #expect(outcomes == [.hang, .hang, nil, nil, nil])
    }

    @Test func answersByTheFirstRuleWhoseTurnItIs() {
        let rules = [
            FaultRule(times: 1, fault: .hang), FaultRule(after: 1, fault: .badChunk), FaultRule(fault: .endlessBody),
        ]
        let outcomes = Self.outcomes(rules, ["/api/me", "/api/me", "/api/me"])
        #expect(outcomes == [.hang, .badChunk, .badChunk])
    }

    @Test func changesRoutesInTheMiddleOfARun() {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [
            FaultRule(route: "health", after: 1, times: 1, fault: .disableRoute),
            FaultRule(route: "chap", times: 1, fault: .deleteRoute),
            FaultRule(route: "echo", times: 1, fault: .renameRoute(to: "ohce")),
        ]
        var state = SimulatorState(configuration)
        func status(_ target: String) -> Int {
            let headers: HeaderList = ["Authorization": "ApiToken \(SimulatorConfiguration.standardToken)"]
            let request = SimulatedRequest(target: target, headers: headers)
            return state.take(request).instance.reply(to: request).status
        }
        #expect(status("/api/routes/health/run") == 200)
        #expect(status("/api/routes/health/run") == 404)
        #expect(state.configuration.route("health")?.disabled == true)
        #expect(status("/api/routes/ChapWildc02/run") == 404)
        #expect(state.configuration.route("chap") == nil)
        #expect(status("/api/routes/echo/run") == 404)
        #expect(status("/api/routes/ohce/run") == 200)
    }

    @Test func letsTokensExpireInTheMiddleOfARun() {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(route: "health", after: 2, fault: .expireTokens)]
        var state = SimulatorState(configuration)
        let headers: HeaderList = ["Authorization": "ApiToken \(SimulatorConfiguration.standardToken)"]
        let statuses = ["health", "chap", "health", "health", "chap"].map { code in
            let request = SimulatedRequest(target: "/api/routes/\(code)/run", headers: headers)
            return state.take(request).instance.reply(to: request).status
        }
        #expect(statuses == [200, 200, 200, 401, 401])
    }

    @Test func countsAnewWhenTheRulesChange() {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(times: 1, fault: .hang)]
        var state = SimulatorState(configuration)
        let request = SimulatedRequest(target: "/api/me")
        #expect(state.take(request).fault == .hang)
        state.update { $0.deleteRoute("health") }
        #expect(state.take(request).fault == nil)
        state.update { $0.faults = [FaultRule(times: 1, fault: .badChunk)] }
        #expect(state.take(request).fault == .badChunk)
    }

    @Test func keepsTheLatestRequestsInTheLog() {
        var configuration = SimulatorConfiguration.standard
        configuration.logLimit = 3
        var state = SimulatorState(configuration)
        for number in 1...10 { _ = state.take(SimulatedRequest(target: "/\(number)")) }
        #expect(state.requests.map(\.path) == ["/8", "/9", "/10"])
        #expect(state.requestCount == 10)
    }
}
