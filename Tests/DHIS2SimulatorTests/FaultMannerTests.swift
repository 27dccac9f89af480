import Testing

@testable import DHIS2Simulator

/// Answers under faults, and chunked ones, as the request asks for them: HEAD, `Connection: close`, HTTP/1.0.
@Suite(.timeLimit(.minutes(5)))
struct FaultMannerTests {
    private static let faults: [SimulatedFault] = [
        .resetInHeaders, .resetInBody, .hangInBody, .drip(bytes: 7, every: .zero), .truncatedBody, .badChunk,
        .hugeHeader(bytes: 10), .endlessBody, .gzipBomb(bytes: 1000), .badGzip,
        .status(200, headers: [:], body: "text"), .statusInFront(200, headers: [:], body: "text"),
        .proxyPage(status: 503), .containerPage(status: 404), .loginRedirect, .loginPage, .captivePortal,
    ]

    /// Routes whose answers have a length, chunks, no content, or an empty body.
    private static let routes = ["health", "compressed", "empty", "nope"]

    /// What is sent once, as text.
    private static func text(_ steps: [WireStep]) -> String {
        steps.reduce(into: "") { text, step in
            if case .send(let bytes) = step { text += String(decoding: bytes, as: UTF8.self) }
        }
    }

    private static func steps(
        _ fault: SimulatedFault?,
        _ route: String,
        method: String,
        _ manner: SimulatedReply.Manner
    ) throws -> [WireStep] {
        var configuration = try SimulatorConfiguration.version("2.43.1")
        if let fault { configuration.faults = [FaultRule(fault: fault)] }
        var state = SimulatorState(configuration)
        let exchange = state.begin("/api/routes/\(route)/run", method: method)
        return exchange.decision.answer(of: state.instance, to: exchange.request, manner).steps(hasExpired: false)
    }

    @Test(arguments: faults, routes)
    func sendsNoBodyForHEAD(fault: SimulatedFault, route: String) throws {
        let steps = try Self.steps(fault, route, method: "HEAD", SimulatedReply.Manner(omitsBody: true))
        let text = Self.text(steps)
        #expect(fault == .resetInHeaders || text.hasSuffix("\r\n\r\n"))
        #expect(text.ranges(of: "\r\n\r\n").count == (fault == .resetInHeaders ? 0 : 1))
        for case .sendForever(let bytes) in steps { Issue.record("\(bytes.count) bytes again and again") }
    }

    @Test(arguments: faults.filter { $0 != .resetInHeaders }, routes)
    func announcesTheEndOfTheConnection(fault: SimulatedFault, route: String) throws {
        let steps = try Self.steps(fault, route, method: "GET", SimulatedReply.Manner(closes: true))
        #expect(Self.text(steps).ranges(of: "\r\nConnection: close\r\n").count == 1)
        #expect([.close, .reset, .hang].contains(steps.last) || fault == .endlessBody)
    }

    @Test(arguments: faults.map(Optional.some) + [nil], routes)
    func sendsNoChunksToOldClients(fault: SimulatedFault?, route: String) throws {
        for method in ["GET", "HEAD"] {
            let manner = SimulatedReply.Manner(omitsBody: method == "HEAD", takesChunks: false)
            let steps = try Self.steps(fault, route, method: method, manner)
            let text = Self.text(steps)
            #expect(!text.contains("Transfer-Encoding"))
            // Nothing but the connection's end can end a body without a length.
            if fault != .resetInHeaders, text.status != 204, !text.contains("\r\nContent-Length: ") {
                #expect(text.contains("\r\nConnection: close\r\n"))
                #expect([.close, .reset, .hang].contains(steps.last) || fault == .endlessBody)
            }
        }
    }

    @Test(arguments: ["", "Connection: keep-alive\r\n"])
    func endsAnAnswerToAnOldClientByClosing(field: String) async throws {
        try await DHIS2Simulator.with { simulator in
            let whole = try SocketClient(port: simulator.port)
            whole.write(RawConnection.request("/api/routes/compressed/run", close: true))
            let chunked = whole.read().text
            #expect(chunked.contains("\r\nTransfer-Encoding: chunked\r\n"))
            let client = try SocketClient(port: simulator.port)
            let request = RawConnection.request("/api/routes/compressed/run").replacing("HTTP/1.1", with: "HTTP/1.0")
            client.write(String(Substring(request.utf8.dropLast(2))) + field + "\r\n")
            let answer = client.read()
            #expect(answer.ending == .closed)
            #expect(!answer.text.contains("Transfer-Encoding"))
            #expect(answer.text.contains("\r\nConnection: close\r\n"))
            let body = answer.text.body
            #expect(chunked.hasSuffix("\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"))
        }
    }

    @Test func keepsAConnectionInStepAfterHEAD() async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(times: 1, fault: .drip(bytes: 16, every: .microseconds(10)))]
        try await DHIS2Simulator.with(configuration) { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request("/api/routes/health/run", method: "HEAD"))
            #expect(client.read(until: "\r\n\r\n").text.hasPrefix("HTTP/1.1 200 \r\n"))
            client.write(RawConnection.request("/api/system/ping", close: true))
            let answer = client.read()
            #expect(answer.text.hasPrefix("HTTP/1.1 200 \r\n"))
            #expect(answer.text.hasSuffix("pong"))
        }
    }
}
