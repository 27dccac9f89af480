import CurlHTTP
import DHIS2
import HTTPVocabulary
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ExchangeTests {
    @Test func returnsStatusHeaderSectionAndBody() async throws {
        let exchange = try await exchange { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 404 Not Found\r\nX-One: 1\r\nx-one: 2\r\nContent-Length: 4\r\n\r\nGone")
        }
        #expect(exchange.statusCode == 404)
        #expect(
            String(decoding: exchange.headerSection, as: UTF8.self) == "X-One: 1\r\nx-one: 2\r\nContent-Length: 4\r\n"
        )
        #expect(exchange.bodyText == "Gone")
        #expect(exchange.bodySize == 4)
    }

    @Test(arguments: [
        ("HTTP/1.1 502 ", ""), ("HTTP/1.1 502", ""), ("HTTP/1.0 502   ", ""),
        ("HTTP/1.1 502 Bad Gateway", "Bad Gateway"),
        ("HTTP/1.1 502  x y ", "x y"), ("HTTP/1.1 502 \u{E9}", "\u{E9}"),
        ("HTTP/1.1 502 " + String(repeating: "a", count: 500), String(repeating: "a", count: 128)),
    ])
    func keepsTheReasonPhrase(statusLine: String, phrase: String) async throws {
        let exchange = try await exchange { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 100 Continue\r\n\r\n")
            connection.write("\(statusLine)\r\nContent-Length: 0\r\n\r\n")
        }
        #expect(exchange.statusCode == 502)
        #expect(exchange.reasonPhrase == phrase)
    }

    @Test func reusesTheConnection() async throws {
        try await LoopbackServer.answering { _ in ok("yes") }.serving { server in
            try await withTransport { transport in
                let request = TransportRequest(url: "http://\(server.authority)/")
                let first = try await transport.send(request).timings
                #expect(first.connect > .zero)
                #expect(first.firstByte >= first.connect)
                #expect(first.total >= first.firstByte)
                for _ in 0..<4 {
                    let timings = try await transport.send(request).timings
                    #expect(timings.nameLookup == .zero)
                    #expect(timings.connect == .zero)
                    #expect(timings.tlsHandshake == .zero)
                    #expect(timings.firstByte > .zero)
                }
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test func opensAnotherConnectionWhenTheServerClosedTheIdleOne() async throws {
        let server = try LoopbackServer { connection in
            _ = connection.readRequest()
            connection.write(ok("yes"))
        }
        try await server.serving { server in
            try await withTransport { transport in
                for _ in 0..<5 {
                    let exchange = try await transport.send(TransportRequest(url: "http://\(server.authority)/"))
                    #expect(exchange.bodyText == "yes")
                }
                #expect(server.connectionCount == 5)
            }
        }
    }

    @Test(arguments: ["/a%2520b", "/a/../b/./c", "//x//", "/a%2Fb%2e%2e/%41?q=%2520&q=a+b&%7B=%7D", "/?", "/ä"])
    func sendsThePathAsWritten(path: String) async throws {
        let exchange = try await exchange { base in
            TransportRequest(url: base + path)
        } with: { connection in
            guard let request = connection.readRequest() else { return }
            connection.write(ok(request.target))
        }
        #expect(exchange.bodyText == (path == "/ä" ? "/%c3%a4" : path))
    }

    @Test(arguments: [HTTPMethod.post, .put, .patch])
    func callsNoBodyAForm(method: HTTPMethod) async throws {
        for body in [nil, [], Array("{}".utf8)] as [[UInt8]?] {
            let exchange = try await exchange { base in
                TransportRequest(method: method, url: base + "/", body: body)
            } with: { connection in
                guard let request = connection.readRequest() else { return }
                connection.write(ok(request.headers.joined(separator: "\n")))
            }
            #expect(exchange.bodyText.contains("Content-Length: \(body?.count ?? 0)"))
            #expect(!exchange.bodyText.lowercased().contains("content-type"))
            #expect(!exchange.bodyText.lowercased().contains("expect"))
        }
    }

    @Test func sendsHeaderFieldsInOrderAndNoneOfItsOwnBesideThem() async throws {
        var fields = HTTPFields()
        for (name, value) in [("X-One", "1"), ("Authorization", "ApiToken t"), ("X-Empty", ""), ("X-One", "2")] {
            let name = try #require(HTTPFieldName(name))
            fields.append(try #require(HTTPField(name: name, value: value)))
        }
        let headerFields = fields
        let exchange = try await exchange { base in
            TransportRequest(url: base + "/", headerFields: headerFields)
        } options: {
            $0.userAgent = "routecheck/1.2"
        } with: { connection in
            guard let request = connection.readRequest() else { return }
            connection.write(ok(request.headers.joined(separator: "\n")))
        }
        var lines = exchange.bodyText.split(separator: "\n").map(String.init)
        #expect(lines.removeFirst().hasPrefix("Host: 127.0.0.1:"))
        lines.removeAll { $0.hasPrefix("Accept-Encoding: ") }
        #expect(
            lines == [
                "Accept: */*", "X-One: 1", "Authorization: ApiToken t", "X-Empty:", "X-One: 2",
                "User-Agent: routecheck/1.2",
            ]
        )
    }

    @Test func spellsNamesAsEachRequestDoes() async throws {
        try await LoopbackServer.answering { ok($0.headers.joined(separator: "\n")) }.serving { server in
            try await withTransport { transport in
                for spelling in ["X-One", "x-one", "X-ONE", "X-One"] {
                    var request = TransportRequest(url: "http://\(server.authority)/")
                    let name = try #require(HTTPFieldName(spelling))
                    request.headerFields.append(try #require(HTTPField(name: name, value: "1")))
                    let lines = try await transport.send(request).bodyText.split(separator: "\n")
                    #expect(lines.filter { $0.lowercased().hasPrefix("x-one") } == ["\(spelling): 1"])
                }
            }
        }
    }

    @Test(arguments: [("routecheck/1.2 (x)", ["routecheck/1.2 (x)"]), ("", [])])
    func namesTheUserAgentUnlessItIsEmpty(userAgent: String, expected: [String]) async throws {
        try await LoopbackServer.answering { ok("\($0.values("user-agent"))") }.serving { server in
            try await withTransport {
                $0.userAgent = userAgent
            } _: { transport in
                let exchange = try await transport.send(TransportRequest(url: "http://\(server.authority)/"))
                #expect(exchange.bodyText == "\(expected)")
            }
        }
    }

    @Test func readsFieldsThatAServerShouldNotHaveWritten() async throws {
        let exchange = try await exchange { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nX-One: a\r\n\t b\r\nX-Two : \u{1B}c\rd\r\n")
            connection.write("Content-Length: 0\r\n\r\n")
        }
        #expect(
            exchange.headerFields.map { "\($0.name): \($0.value)" } == [
                "X-One: a b", "X-Two: c d", "Content-Length: 0",
            ]
        )
    }

    @Test(arguments: [HTTPMethod.post, .put, .patch, .delete])
    func sendsABodyAsItIs(method: HTTPMethod) async throws {
        let exchange = try await exchange { base in
            TransportRequest(method: method, url: base + "/", body: Array("{\"a\": 1}".utf8))
        } with: { connection in
            guard let request = connection.readRequest() else { return }
            let fields = request.values("content-length") + request.values("content-type") + request.values("expect")
            connection.write(ok("\(request.line)|\(fields)|\(request.body)"))
        }
        #expect(exchange.bodyText == "\(method.rawValue) / HTTP/1.1|[\"8\"]|{\"a\": 1}")
    }

    @Test func sendsALargeBodyWithoutAskingForLeave() async throws {
        let exchange = try await exchange { base in
            TransportRequest(method: .post, url: base + "/", body: Array(repeating: 0x61, count: 3_000_000))
        } with: { connection in
            guard let request = connection.readRequest() else { return }
            connection.write(ok("\(request.values("expect")) \(request.body.utf8.count)"))
        }
        #expect(exchange.bodyText == "[] 3000000")
    }

    @Test func announcesAnEmptyBodyWhereTheMethodIsAboutOne() async throws {
        try await LoopbackServer.answering { ok("\($0.values("content-length"))") }.serving { server in
            try await withTransport { transport in
                for (method, expected) in [(HTTPMethod.post, "[\"0\"]"), (.delete, "[]"), (.get, "[]")] {
                    let request = TransportRequest(method: method, url: "http://\(server.authority)/")
                    let exchange = try await transport.send(request)
                    #expect(exchange.bodyText == expected)
                }
            }
        }
    }

    @Test func goesBackToAPlainGetOnTheSameHandle() async throws {
        try await LoopbackServer.answering { request in
            request.line.hasPrefix("HEAD")
                ? "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" : ok("\(request.line) \(request.body)")
        }.serving { server in
            try await withTransport { transport in
                let url = "http://\(server.authority)/"
                let post = TransportRequest(method: .post, url: url, body: Array("x".utf8))
                #expect(try await transport.send(post).bodyText == "POST / HTTP/1.1 x")
                #expect(try await transport.send(TransportRequest(url: url)).bodyText == "GET / HTTP/1.1 ")
                let head = try await transport.send(TransportRequest(method: .head, url: url))
                #expect(head.statusCode == 200)
                #expect(head.body.isEmpty)
                #expect(head.header("content-length") == "99")
                #expect(try await transport.send(TransportRequest(url: url)).bodyText == "GET / HTTP/1.1 ")
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test func returnsARedirectInsteadOfFollowingIt() async throws {
        let exchange = try await exchange { connection in
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n")
            }
        }
        #expect(exchange.statusCode == 302)
        #expect(exchange.header("location") == "/login")
    }

    @Test func keepsNoCookies() async throws {
        try await LoopbackServer.answering { ok("\($0.values("cookie"))", headers: "Set-Cookie: a=b\r\n") }
            .serving { server in
                try await withTransport { transport in
                    for _ in 0..<2 {
                        let exchange = try await transport.send(TransportRequest(url: "http://\(server.authority)/"))
                        #expect(exchange.bodyText == "[]")
                    }
                }
            }
    }

    @Test func dropsInterimAnswersAndTrailers() async throws {
        let exchange = try await exchange { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nX-Final: yes\r\n")
            connection.write("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: t\r\n\r\n")
        }
        #expect(exchange.statusCode == 200)
        #expect(
            String(decoding: exchange.headerSection, as: UTF8.self)
                == "X-Final: yes\r\nTransfer-Encoding: chunked\r\n"
        )
        #expect(exchange.bodyText == "abcde")
    }

    /// DHIS2 from 2.42 on writes its own header fields around a target's interim status, and sends nothing after it.
    @Test(arguments: [103, 102, 100])
    func takesAnInterimAnswerWithTheMarksOfDHIS2ForTheLast(status: Int) async throws {
        let marks = "Content-Security-Policy: frame-ancestors 'self';\r\nX-Content-Type-Options: nosniff\r\n"
        let exchange = try await exchange { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 \(status) \r\n\(marks)\r\n")
            connection.waitForEnd()
        }
        #expect(exchange.statusCode == status)
        #expect(exchange.header("x-content-type-options") == "nosniff")
        #expect(exchange.bodySize == 0)
    }

    @Test func goesOnAfterAnInterimAnswerWithTheMarksOfDHIS2() async throws {
        let marks = "Content-Security-Policy: frame-ancestors 'self';\r\nX-Content-Type-Options: nosniff\r\n"
        try await LoopbackServer.answering { request in
            request.target == "/early" ? "HTTP/1.1 103 \r\n\(marks)\r\n" : ok("late", headers: marks)
        }.serving { server in
            try await withTransport { transport in
                for (path, status) in [("early", 103), ("other", 200), ("early", 103), ("early", 103), ("other", 200)] {
                    let request = TransportRequest(url: "http://\(server.authority)/\(path)")
                    let exchange = try await transport.send(request)
                    #expect(exchange.statusCode == status)
                }
            }
        }
    }

    /// However a body is cut into pieces and wherever it stops being kept.
    @Test(arguments: [0, 1, 4_095, 4_096, 5_000, 19_999, 20_000], [1, 100, 4_096, 7_000, 20_000])
    func keepsTheEndOfALongBody(kept: Int, piece: Int) async throws {
        let body = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let exchange = try await exchange({ TransportRequest(url: $0 + "/", timeout: .seconds(300), keptBody: kept) }) {
            connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n")
            for start in stride(from: 0, to: body.count, by: piece) {
                connection.write(Array(body[start..<min(start + piece, body.count)]))
            }
        }
        #expect(exchange.body == Array(body.prefix(kept)))
        #expect(exchange.truncatedEnd == (kept < body.count ? Array(body.suffix(HTTPExchange.longestEnd)) : []))
    }

    @Test func readsABodyUntilTheConnectionEndsWhenItHasNoLength() async throws {
        let exchange = try await exchange { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\r\nto the end")
        }
        #expect(exchange.bodyText == "to the end")
    }

    @Test(arguments: [true, false])
    func keepsTheBeginningOfALongBodyAndCountsTheRest(hasLength: Bool) async throws {
        let exchange = try await exchange({ TransportRequest(url: $0 + "/", keptBody: 1000) }) { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n\(hasLength ? "Content-Length: 3000000\r\n" : "")\r\n")
            for _ in 0..<300 { connection.write(Array(repeating: 0x61, count: 10_000)) }
        }
        #expect(exchange.body == Array(repeating: 0x61, count: 1000))
        #expect(exchange.bodySize == 3_000_000)
        #expect(exchange.isBodyTruncated)
    }

    @Test func keepsOfEachBodyWhatItsRequestAsksFor() async throws {
        let body = String(repeating: "a", count: 3_000_000)
        try await LoopbackServer.answering { _ in ok(body) }.serving { server in
            try await withTransport { transport in
                for keptBody in [10, .max, 0, 3_000_000, 10] {
                    let request = TransportRequest(url: "http://\(server.authority)/", keptBody: keptBody)
                    let exchange = try await transport.send(request)
                    #expect(exchange.body.count == min(keptBody, body.utf8.count))
                    #expect(exchange.bodySize == body.utf8.count)
                }
            }
        }
    }

    @Test func givesEachOfManyConcurrentRequestsItsOwnAnswer() async throws {
        try await LoopbackServer.answering { ok($0.target) }.serving { server in
            try await withTransport { transport in
                let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                    for index in 0..<64 {
                        group.addTask {
                            let request = TransportRequest(url: "http://\(server.authority)/\(index)")
                            return (index, try await transport.send(request).bodyText)
                        }
                    }
                    return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
                }
                #expect(answers == Dictionary(uniqueKeysWithValues: (0..<64).map { ($0, "/\($0)") }))
                #expect(server.connectionCount <= 64)
            }
        }
    }
}
