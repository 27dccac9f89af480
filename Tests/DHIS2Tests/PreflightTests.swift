import DHIS2
import HTTPVocabulary
import Testing

struct PreflightTests {
    @Test(arguments: PreflightRow.all)
    func saysWhatIsInTheWay(row: PreflightRow) throws {
        let outcome = Preflight.outcome(
            ofServerInfo: row.exchange,
            from: try BaseURL(row.base),
            usesToken: row.usesToken
        )
        guard case .failed(let problem) = outcome else {
            Issue.record("ready: \(outcome)")
            return
        }
        #expect(problem.layer == row.layer)
        #expect(problem.reason == row.reason)
        #expect(problem.mayPass == row.mayPass)
        #expect(problem.message == row.message)
        #expect(problem.statusCode == row.exchange.statusCode)
        #expect(problem.evidence.first == "status \(row.exchange.statusCode)")
    }

    @Test(arguments: [(true, "2.43.0"), (false, "2.40.0"), (true, "2.40-SNAPSHOT"), (true, "2.44-SNAPSHOT")])
    func isReadyWhenADHIS2WithRoutesAccepts(hasMarks: Bool, version: String) throws {
        let body = #"{"version":"\#(version)","revision":"abc","systemName":"Demo","readOnlyMode":"off"}"#
        let exchange = HTTPExchange.answer(200, hasMarks ? HTTPExchange.marks : [], body: body)
        let outcome = Preflight.outcome(ofServerInfo: exchange, from: try BaseURL("https://h"), usesToken: true)
        let info = ServerInfo(version: try #require(ServerVersion(version)), revision: "abc", systemName: "Demo")
        #expect(
            outcome
                == .ready(info, PreflightKnowledge(marks: hasMarks ? .securityHeaders : [], credentialsAccepted: true))
        )
    }

    @Test(arguments: [
        (
            TransportError.Code.nameResolution, ResponseOrigin.Reason.nameResolution, true,
            "it broke (name lookup). Check the host name in the server URL, and this machine's DNS."
        ),
        (
            .refused, .connectionRefused, true,
            "h:8080 refused the connection: DHIS2 is not running there, or the port is wrong."
        ),
        (.connect, .connectionFailed, true, "it broke (TCP). Check the network between this machine and it."),
        (
            .connectTimeout, .connectionTimeout, true,
            "No connection to h:8080 in time: it broke. Whether the name lookup, TCP or TLS took too long is not known."
        ),
        (.tls, .tls, false, "it broke."),
        (
            .timeout, .starting, true,
            """
            it broke, though it accepts connections: DHIS2 may still be starting, which takes about a minute, or it is \
            overloaded.
            """
        ),
        (.reset, .connectionReset, true, "h:8080 broke the connection before the answer was complete."),
        (.protocolViolation, .notHTTP, false, "it broke. If the port speaks TLS, write the server URL with https://."),
        (.tooLarge, .tooLarge, false, "it broke."),
        (.proxy, .proxyError, true, "it broke."),
        (.proxyAuthentication, .proxyAuthentication, false, "it broke."),
        (.undecodable, .undecodableBody, false, "it broke."),
        (.invalidRequest, .invalidRequest, false, "The request cannot be sent: it broke."),
        (.cancelled, .cancelled, false, "The request was cancelled."),
    ])
    func saysWhyNoAnswerCame(
        code: TransportError.Code,
        reason: ResponseOrigin.Reason,
        mayPass: Bool,
        message: String
    ) throws {
        let error = TransportError(code, message: "it broke.")
        let problem = Preflight.problem(of: error, from: try BaseURL("http://h:8080"))
        let layers: [TransportError.Code: ResponseOrigin.Layer] = [
            .proxy: .proxy, .proxyAuthentication: .proxy, .invalidRequest: .job, .timeout: .dhis2,
        ]
        #expect(problem.layer == layers[code] ?? .network)
        #expect(problem.reason == reason)
        #expect(problem.mayPass == mayPass)
        #expect(problem.message == message)
        #expect(problem.evidence == ["it broke."])
        #expect(problem.transportError == error)
    }

    @Test func readsPing() throws {
        let base = try BaseURL("https://h/dhis")
        #expect(Preflight.problem(ofPing: .answer(200), from: base) == nil)
        #expect(Preflight.problem(ofPing: .page(200), from: base)?.reason == .foreignPage)
        #expect(Preflight.problem(ofPing: .page(404), from: base)?.mayPass == true)
        #expect(Preflight.problem(ofPing: .page(503), from: base)?.reason == .gatewayError)
    }

    @Test func asksWithAndWithoutCredentials() async throws {
        let server = FakeDHIS2()
        let client = try server.client()
        guard case .ready(let info, let knowledge) = await client.preflight(timeout: .seconds(2)) else {
            Issue.record("not ready")
            return
        }
        #expect(info.version == ServerVersion("2.43.0"))
        #expect(knowledge == PreflightKnowledge(marks: .securityHeaders, credentialsAccepted: true))
        #expect(server.log.first?.timeout == .seconds(2))
        #expect(try await client.serverInfo() == info)
        server.change { $0.overrides["ping"] = .success(.answer(200)) }
        #expect(await client.ping() == nil)
        #expect(server.paths == ["system/info", "ping"])
        #expect(server.log.last?.headerFields[.authorization] == nil)
        server.change { $0.overrides["ping"] = .failure(TransportError(.refused, message: "Connection refused.")) }
        #expect(await client.ping()?.reason == .connectionRefused)
        server.change {
            $0.overrides["system/info"] = .failure(TransportError(.refused, message: "Connection refused."))
        }
        guard case .failed(let problem) = await client.preflight() else {
            Issue.record("ready")
            return
        }
        #expect(problem.mayPass)
    }
}
