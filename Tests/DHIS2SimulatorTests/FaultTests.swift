import DHIS2Simulator
import Testing

/// Faults as they arrive at a client's socket.
@Suite struct FaultTests {
    private static let target = "/api/routes/health/run"

    private static func answer(
        _ fault: SimulatedFault,
        upTo count: Int = .max,
        asksForClose: Bool = true
    ) async throws -> (text: String, ending: RawConnection.Ending) {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(route: "health", fault: fault)]
        return try await DHIS2Simulator.with(configuration) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.write(RawConnection.request(target, close: asksForClose))
            return connection.read(upTo: count)
        }
    }

    private static let start = "HTTP/1.1 200 \r\nETag: \"v1\"\r\nContent-Type: application/json;charset=UTF-8\r\n"

    @Test func closesWithoutAnAnswer() async throws {
        let answer = try await Self.answer(.closeWithoutAnswer)
        #expect(answer.text.isEmpty)
        #expect(answer.ending == .closed)
    }

    @Test func resetsBeforeHeaders() async throws {
        let answer = try await Self.answer(.resetBeforeHeaders)
        #expect(answer.text.isEmpty)
        #expect(answer.ending == .reset)
    }

    @Test func resetsInHeaders() async throws {
        let answer = try await Self.answer(.resetInHeaders)
        #expect(answer.text.hasPrefix("HTTP/1.1 200 \r\n"))
        #expect(!answer.text.contains("\r\n\r\n"))
        #expect(answer.ending == .reset)
    }

    @Test func resetsInBody() async throws {
        let answer = try await Self.answer(.resetInBody, asksForClose: false)
        #expect(answer.text.hasPrefix(Self.start))
        #expect(answer.text.hasSuffix("Content-Length: 15\r\n\r\n{\"statu"))
        #expect(answer.ending == .reset)
    }

    @Test func truncatesTheBody() async throws {
        let answer = try await Self.answer(.truncatedBody, asksForClose: false)
        #expect(answer.text.hasSuffix("Content-Length: 15\r\n\r\n{\"statu"))
        #expect(answer.ending == .closed)
    }

    @Test func breaksAChunk() async throws {
        let answer = try await Self.answer(.badChunk)
        #expect(answer.text.contains("\r\nTransfer-Encoding: chunked\r\n"))
        #expect(answer.text.hasSuffix("\r\n\r\n5\r\nhello\r\nzz\r\n"))
        #expect(answer.ending == .closed)
    }

    @Test func speaksNoHTTP() async throws {
        let answer = try await Self.answer(.garbageStatusLine)
        #expect(answer.text == "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n\r\n")
        #expect(answer.ending == .closed)
    }

    @Test func sendsAHugeHeader() async throws {
        let answer = try await Self.answer(.hugeHeader(bytes: 100_000))
        #expect(answer.text.contains("X-Padding: xxxxx"))
        #expect(answer.text.utf8.count > 100_000)
    }

    @Test(arguments: [SimulatedFault.endlessHeaders, .endlessBody])
    func sendsWithoutEnd(fault: SimulatedFault) async throws {
        let answer = try await Self.answer(fault, upTo: 5_000_000)
        #expect(answer.text.utf8.count == 5_000_000)
        #expect(answer.text.hasPrefix("HTTP/1.1 200 \r\n"))
    }

    @Test func sendsAGzipBomb() async throws {
        let answer = try await Self.answer(.gzipBomb(bytes: 10 << 20), upTo: 60_000)
        #expect(answer.text.contains("Content-Encoding: gzip\r\n"))
        #expect(answer.text.contains("Content-Length: 66"))
    }

    @Test func sendsWhatIsNotGzipAsGzip() async throws {
        let answer = try await Self.answer(.badGzip)
        #expect(answer.text.contains("Content-Encoding: gzip\r\n"))
        #expect(answer.text.hasSuffix("{\"message\":\"this answer was never packed\"}"))
        #expect(answer.ending == .closed)
    }

    @Test func dripsTheWholeAnswer() async throws {
        let answer = try await Self.answer(.drip(bytes: 16, every: .microseconds(200)))
        #expect(answer.text.hasPrefix(Self.start))
        #expect(answer.text.hasSuffix("Content-Length: 15\r\nConnection: close\r\n\r\n{\"status\":\"UP\"}"))
        #expect(answer.ending == .closed)
    }

    @Test(arguments: [SimulatedFault.hang, .hangInBody])
    func hangsWithoutKeepingOthersFromTheirAnswers(fault: SimulatedFault) async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(route: "health", fault: fault)]
        try await DHIS2Simulator.with(configuration) { simulator in
            let stuck = try RawConnection(port: simulator.port)
            stuck.write(RawConnection.request(Self.target) + RawConnection.request("/api/system/ping"))
            try await simulator.waitForRequests(1)
            if fault == .hangInBody {
                // Up to the middle of the body, as `resetsInBody` shows it.
                let head = try await Self.answer(.resetInBody, asksForClose: false)
                let text = stuck.read(upTo: head.text.utf8.count).text
                #expect(text.withoutSessions == head.text.withoutSessions)
            }
            let other = try RawConnection(port: simulator.port)
            other.write(RawConnection.request("/api/system/ping", close: true))
            #expect(other.read().text.hasSuffix("\r\n\r\npong"))
            #expect(simulator.requests.map(\.path) == [Self.target, "/api/system/ping"])
            #expect(stuck.isSilent)
        }
    }

    @Test func answersInPlaceOfDHIS2() async throws {
        let limited = try await Self.answer(.tooManyRequests(retryAfter: "7"))
        #expect(
            limited.text.hasPrefix(
                "HTTP/1.1 429 \r\nRetry-After: 7\r\nContent-Type: text/plain\r\n"
                    + "Content-Security-Policy: frame-ancestors 'self';\r\nX-Content-Type-Options: nosniff\r\n"
            )
        )
        let proxy = try await Self.answer(.proxyPage(status: 502))
        #expect(
            proxy.text.hasPrefix(
                "HTTP/1.1 502 Bad Gateway\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\nContent-Length:"
            )
        )
        let login = try await Self.answer(.loginRedirect)
        #expect(login.text.hasPrefix("HTTP/1.1 302 \r\nLocation: http://localhost/dhis-web-login/"))
        let page = try await Self.answer(.loginPage)
        #expect(
            page.text.hasPrefix("HTTP/1.1 200 \r\nContent-Type: text/html;charset=UTF-8\r\nContent-Security-Policy")
        )
        #expect(page.text.contains("<title>Login app | DHIS2</title>"))
        let container = try await Self.answer(.containerPage(status: 404))
        #expect(
            container.text.hasPrefix(
                "HTTP/1.1 404 \r\nContent-Type: text/html;charset=utf-8\r\nContent-Language: en\r\nContent-Length:"
            )
        )
        let front = try await Self.answer(.statusInFront(401, headers: ["WWW-Authenticate": "Basic"], body: "no"))
        #expect(
            front.text
                == "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
        )
        let portal = try await Self.answer(.captivePortal)
        #expect(portal.text.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8"))
    }
}
