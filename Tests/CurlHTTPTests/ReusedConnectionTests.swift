import CurlHTTP
import DHIS2
import HTTPVocabulary
import Synchronization
import Testing

/// Servers that end a connection just as it is used again.
@Suite(.timeLimit(.minutes(5)))
struct ReusedConnectionTests {
    /// How a server ends a connection.
    enum End: CaseIterable {
        /// It closes it when it has read the request.
        case close
        /// It resets it when it has read the request.
        case reset
        /// It begins an answer first.
        case afterALine

        func happen(to connection: Connection) {
            switch self {
            case .close: break
            case .reset: connection.reset()
            case .afterALine: connection.write("HTTP/1.1 200 OK\r\n")
            }
        }
    }

    /// A server that answers so many requests of each connection, and ends the connection at the next.
    private func server(answering count: Int, end: End, bodies: Bodies = Bodies()) throws -> LoopbackServer {
        try LoopbackServer { connection in
            for _ in 0..<count {
                guard let request = connection.readRequest() else { return }
                bodies.list.withLock { $0.append(request.body) }
                connection.write(ok("answered"))
            }
            if connection.readRequest() != nil { end.happen(to: connection) }
        }
    }

    private final class Bodies: Sendable {
        let list = Mutex<[String]>([])
    }

    @Test(arguments: [End.close, .reset], [1, 2, 6])
    func noneOfManyRequestsFails(end: End, count: Int) async throws {
        try await server(answering: count, end: end).serving { server in
            try await withTransport { transport in
                for _ in 0..<40 {
                    let answer = try await transport.send(TransportRequest(url: "http://\(server.authority)/"))
                    #expect(answer.bodyText == "answered")
                }
            }
        }
    }

    /// Ten thousand requests, of which every seventh on a connection ends it.
    @Test func noneOfManyRequestsAtOnceFails() async throws {
        try await server(answering: 6, end: .close).serving { server in
            try await withTransport { transport in
                let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<16 {
                        group.addTask {
                            var last = 0
                            for _ in 0..<625 {
                                let request = TransportRequest(url: "http://\(server.authority)/")
                                last = try await transport.send(request).statusCode
                            }
                            return last
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(statuses == Array(repeating: 200, count: 16))
            }
        }
    }

    @Test func sendsTheBodyOfAnIdempotentRequestAgain() async throws {
        let bodies = Bodies()
        try await server(answering: 1, end: .close, bodies: bodies).serving { server in
            try await withTransport { transport in
                for number in 0..<20 {
                    let body = Array("body \(number)".utf8)
                    let request = TransportRequest(method: .put, url: "http://\(server.authority)/", body: body)
                    _ = try await transport.send(request)
                }
            }
        }
        #expect(bodies.list.withLock { $0 } == (0..<20).map { "body \($0)" })
    }

    @Test func doesNotRepeatWhatHasBeenAnsweredInPart() async throws {
        try await server(answering: 1, end: .afterALine).serving { server in
            try await withTransport { transport in
                let request = TransportRequest(url: "http://\(server.authority)/")
                _ = try await transport.send(request)
                let error = try await failure(of: transport, request)
                #expect(error.begunAnswer == nil)
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test(arguments: [End.close, .reset])
    func doesNotReplaceANewConnection(end: End) async throws {
        try await server(answering: 0, end: end).serving { server in
            try await withTransport { transport in
                for number in 1...8 {
                    let request = TransportRequest(url: "http://\(server.authority)/")
                    let error = try await failure(of: transport, request)
                    #expect(error.code == .reset)
                    #expect(!error.message.contains("tried"))
                    #expect(server.connectionCount == number)
                }
            }
        }
    }
}
