import DHIS2
import Testing

/// Preflight and a check name the same layer, as surely, for the same answer; and what DHIS2 did not say itself never ends
/// a wait for it, unless waiting cannot help.
struct PreflightAgreementTests {
    /// Every status that may come, with those that Cloudflare, nginx and others have made up.
    static let statuses = Array(300...599) + [999]

    /// What a gateway puts into an answer.
    static let foreignBodies: [(name: String, headers: [String], body: String)] = [
        ("page", ["Content-Type: text/html", "Server: nginx"], "<html><head><title>Sorry</title></head></html>"),
        ("text", ["Content-Type: text/plain"], "default backend"),
        ("JSON", ["Content-Type: application/json"], #"{"message":"no Route matched with those values"}"#),
        ("nothing", [], ""),
    ]

    private static func preflight(_ exchange: HTTPExchange, base: String) throws -> PreflightProblem? {
        let outcome = Preflight.outcome(ofServerInfo: exchange, from: try BaseURL(base), usesToken: true)
        guard case .failed(let problem) = outcome else { return nil }
        return problem
    }

    private static let base = "https://dhis.example.org/dhis"

    @Test(arguments: foreignBodies.indices)
    func agreeOnWhatIsNotDHIS2s(body: Int) throws {
        let (name, headers, text) = Self.foreignBodies[body]
        for status in Self.statuses {
            let exchange = HTTPExchange.answer(status, headers, body: text)
            let problem = try #require(try Self.preflight(exchange, base: Self.base))
            let check = ResponseOrigin(of: exchange, in: .known())
            #expect(problem.layer == check.layer, "\(status) \(name)")
            #expect(problem.certainty == check.certainty, "\(status) \(name)")
            #expect(problem.mayPass == ![401, 407].contains(status), "\(status) \(name)")
            #expect(problem.statusCode == status)
            let ping = try #require(Preflight.problem(ofPing: exchange, from: try BaseURL(Self.base)))
            #expect(ping.layer == problem.layer, "\(status) \(name)")
            #expect(ping.certainty == problem.certainty, "\(status) \(name)")
            #expect(ping.mayPass == problem.mayPass, "\(status) \(name)")
        }
    }

    /// DHIS2's own errors, with its marks or behind a proxy that strips them, are DHIS2's at preflight, and in a check
    /// wherever that cannot be the target's.
    @Test(arguments: [true, false])
    func agreeOnWhatDHIS2Says(isMarked: Bool) throws {
        for status in Self.statuses where !(300...399).contains(status) && status != 407 {
            let exchange = HTTPExchange.answer(
                status,
                (isMarked ? HTTPExchange.marks : []) + ["Content-Type: application/json"],
                body: HTTPExchange.envelope(status, "No")
            )
            let problem = try #require(try Self.preflight(exchange, base: Self.base))
            #expect(problem.layer == .dhis2, "\(status)")
            #expect(problem.certainty == (isMarked ? .certain : .likely), "\(status)")
            #expect(problem.mayPass == (status == 429 || (500...599).contains(status)), "\(status)")
            let check = ResponseOrigin(of: exchange, in: isMarked ? .known() : .stripped)
            let mayBeAnothers = check.layer == .upstream || check.layer == .route
            #expect(mayBeAnothers || check.layer == .dhis2, "\(status)")
        }
    }

    @Test(arguments: [
        ("https://dhis.example.org/dhis", "Location: https://sso.example.org/", true),
        ("https://dhis.example.org/dhis", "Location: /dhis/login/", false),
        ("http://dhis.example.org/dhis", "Location: https://dhis.example.org/dhis/api/system/info", false),
        ("https://dhis.example.org/dhis", "X-Location: none", true),
    ])
    func agreeOnRedirects(base: String, field: String, mayPass: Bool) throws {
        for status in [300, 301, 302, 303, 305, 307, 308] {
            let exchange = HTTPExchange.answer(status, [field])
            let problem = try #require(try Self.preflight(exchange, base: base))
            var context = OriginContext.known()
            context.server = try BaseURL(base)
            let check = ResponseOrigin(of: exchange, in: context)
            #expect(problem.layer == check.layer, "\(status) \(field)")
            #expect(problem.certainty == check.certainty, "\(status) \(field)")
            #expect(problem.mayPass == mayPass, "\(status) \(field)")
        }
    }

    /// Whatever else is asked of DHIS2 itself, once its marks have arrived.
    @Test(arguments: [400, 404, 405, 406, 418, 421, 425, 521, 530])
    func agreeOnWhatElseIsAsked(status: Int) async throws {
        for (name, headers, text) in Self.foreignBodies {
            let server = FakeDHIS2()
            let client = try server.client()
            _ = await client.preflight()
            let exchange = HTTPExchange.answer(status, headers, body: text)
            server.change { $0.overrides["me"] = .success(exchange) }
            let error = await #expect(throws: DHIS2Error.self) { try await client.get("me", as: [String: String].self) }
            let problem = try #require(error?.problem)
            let check = ResponseOrigin(of: exchange, in: .known())
            #expect(problem.layer == check.layer, "\(status) \(name)")
            #expect(problem.certainty == check.certainty, "\(status) \(name)")
            #expect(problem.mayPass, "\(status) \(name)")
        }
    }
}
