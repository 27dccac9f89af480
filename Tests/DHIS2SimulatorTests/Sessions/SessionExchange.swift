@testable import DHIS2Simulator

/// A request to a server's state and its answer, which is made as soon as a test asks for it.
struct SessionExchange {
    let request: SimulatedRequest
    let decision: SimulatorState.Decision

    /// What is sent, by the server as it is now.
    func steps(_ state: inout SimulatorState, keepsAlive: Bool = false) -> [WireStep] {
        let manner = SimulatedReply.Manner(omitsBody: request.method == "HEAD", closes: !keepsAlive)
        let answer = decision.answer(of: state.instance, to: request, manner)
        let hasExpired = answer.heedsExpiry && state.takeExpiry(of: decision.session)
        return answer.steps(hasExpired: hasExpired)
    }

    /// The head and body that are sent, by the server as it is now.
    func text(_ state: inout SimulatorState) -> String {
        steps(&state).reduce(into: "") { text, step in
            if case .send(let bytes) = step { text += String(decoding: bytes, as: UTF8.self) }
        }
    }

    static let token = "ApiToken \(SimulatorConfiguration.standardToken)"
    static let otherToken = "ApiToken \(SimulatorConfiguration.administratorToken)"
    static let wrongToken = "ApiToken \(SimulatorConfiguration.unknownToken)"
    /// The password of `checker`.
    static let password = "Basic Y2hlY2tlcjpDaGVja2VyLTE="
    /// A wrong password of `checker`.
    static let wrongPassword = "Basic Y2hlY2tlcjp3cm9uZw=="
    /// A wrong password of `admin`.
    static let otherWrongPassword = "Basic YWRtaW46d3Jvbmc="
}

extension SimulatorState {
    /// Takes a request whose answer is yet to be made.
    mutating func begin(
        _ target: String = "/api/me",
        method: String = "GET",
        _ credentials: String? = SessionExchange.token,
        cookie: String? = nil,
        headers: HeaderList = [:]
    ) -> SessionExchange {
        var all: HeaderList = ["Host": "dhis2.test"]
        if let credentials { all.add("Authorization", credentials) }
        if let cookie { all.add("Cookie", cookie) }
        all.add(headers)
        let request = SimulatedRequest(method: method, target: target, headers: all)
        return SessionExchange(request: request, decision: take(request))
    }

    /// The whole answer to a request.
    mutating func ask(
        _ target: String = "/api/me",
        method: String = "GET",
        _ credentials: String? = SessionExchange.token,
        cookie: String? = nil,
        headers: HeaderList = [:]
    ) -> String {
        begin(target, method: method, credentials, cookie: cookie, headers: headers).text(&self)
    }

    /// The cookie of a new session, as a client sends it.
    mutating func newCookie(_ credentials: String = SessionExchange.token) throws -> String {
        let answer = ask("/api/me", credentials)
        guard let cookie = answer.cookies.first(where: { $0.hasPrefix("JSESSIONID=") }) else { throw NoCookie() }
        return String(cookie.prefix { $0 != ";" })
    }

    struct NoCookie: Error {}
}

extension String {
    /// The status of an answer.
    var status: Int { Int(dropFirst("HTTP/1.1 ".count).prefix(3)) ?? 0 }

    /// The values of a field of an answer.
    func fields(_ name: String) -> [String] {
        let head = firstRange(of: "\r\n\r\n").map { self[..<$0.lowerBound] } ?? self[...]
        return head.split(separator: "\r\n").filter { $0.hasPrefix(name + ": ") }.map {
            String($0.dropFirst(name.count + 2))
        }
    }

    var cookies: [String] { fields("Set-Cookie") }

    /// What follows the head.
    var body: String { firstRange(of: "\r\n\r\n").map { String(self[$0.upperBound...]) } ?? "" }
}

extension SimulatorConfiguration {
    /// The standard server of a version.
    static func version(_ version: String, limit: Int = 10) throws -> SimulatorConfiguration {
        var configuration = try SimulatorConfiguration(json: Array(#"{"version":"\#(version)"}"#.utf8))
        configuration.maxSessionsPerUser = limit
        return configuration
    }
}
