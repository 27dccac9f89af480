import CurlHTTP
import DHIS2
import HTTPVocabulary
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FreshConnectionTests {
    /// A server that answers the first request of its first connection and breaks off every other one.
    private func requestsSeen(after method: HTTPMethod) async throws -> [String] {
        let lines = Mutex<[String]>([])
        let server = try LoopbackServer { connection in
            let isFirst = lines.withLock { $0.isEmpty }
            while let request = connection.readRequest() {
                let count = lines.withLock { lines in
                    lines.append(request.line)
                    return lines.count
                }
                guard isFirst, count == 1 else { break }
                connection.write(ok("kept alive"))
            }
        }
        try await server.serving { server in
            try await withTransport { transport in
                let url = "http://\(server.authority)/"
                _ = try await transport.send(TransportRequest(url: url))
                let error = try await failure(of: transport, TransportRequest(method: method, url: url, body: [0x78]))
                #expect(error.code == .reset)
            }
        }
        return lines.withLock { $0 }
    }

    @Test(arguments: [HTTPMethod.post, .patch])
    func sendsWhatMustNotBeRepeatedOnceEvenWhenTheConnectionBreaks(method: HTTPMethod) async throws {
        #expect(try await requestsSeen(after: method) == ["GET / HTTP/1.1", "\(method.rawValue) / HTTP/1.1"])
    }

    @Test func goesBackToKeptConnectionsAfterwards() async throws {
        let server = try LoopbackServer.answering { ok($0.line) }
        try await server.serving { server in
            try await withTransport { transport in
                let url = "http://\(server.authority)/"
                for method in [HTTPMethod.get, .post, .get, .put] {
                    _ = try await transport.send(TransportRequest(method: method, url: url))
                }
            }
            #expect(server.connectionCount == 2)
        }
    }
}
