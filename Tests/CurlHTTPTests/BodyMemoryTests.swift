import CurlHTTP
import DHIS2
import HTTPVocabulary
import Synchronization
import Testing

/// What bounds the memory of all bodies together.
@Suite(.timeLimit(.minutes(5)))
struct BodyMemoryTests {
    private static let mebibyte = 1 << 20

    /// Lets all bodies together take one MiB.
    private static func small(_ options: inout CurlOptions) { options.bodyMemory = mebibyte }

    /// A server whose answers have bodies of as many KiB as the path says; `/endless` has one without an end.
    private func server() throws -> LoopbackServer {
        try LoopbackServer { connection in
            while let request = connection.readRequest() {
                if let size = Int(request.target.dropFirst()) {
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(size * 1_024)\r\n\r\n")
                    connection.write([UInt8](repeating: 0x61, count: size * 1_024))
                } else {
                    connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
                    while connection.write([UInt8](repeating: 0x61, count: 16 * 1_024)) {}
                }
            }
        }
    }

    /// The sizes of the bodies of requests that are all in flight at once.
    private func sizes(
        of paths: [String],
        timeout: Duration = .seconds(60),
        options: @escaping @Sendable (inout CurlOptions) -> Void
    ) async throws -> [Result<Int, TransportError>] {
        try await server().serving { server in
            try await withTransport(options) { transport in
                await withTaskGroup(of: Result<Int, TransportError>.self) { group in
                    for path in paths {
                        group.addTask {
                            let request = TransportRequest(url: "http://\(server.authority)/\(path)", timeout: timeout)
                            do throws(TransportError) {
                                return .success(try await transport.send(request).body.count)
                            } catch {
                                return .failure(error)
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
        }
    }

    @Test(arguments: [1, 2, 5, 64])
    func everyBodyComesWhateverTheMemory(memory: Int) async throws {
        let sizes = try await sizes(of: Array(repeating: "500", count: 24)) {
            $0.limits.body = Self.mebibyte
            $0.bodyMemory = memory * Self.mebibyte
        }
        #expect(sizes == Array(repeating: .success(500 * 1_024), count: 24))
    }

    @Test func bodiesOfAllSizesCome() async throws {
        let paths = (0..<60).map { ["1", "15", "17", "100", "500", "0"][$0 % 6] }
        let sizes = try await sizes(of: paths) { $0.bodyMemory = Self.mebibyte }
        let found = sizes.compactMap { try? $0.get() }.sorted()
        #expect(found == paths.compactMap { Int($0).map { $0 * 1_024 } }.sorted())
    }

    @Test func endlessBodiesAreTooLargeOneByOne() async throws {
        let outcomes = try await sizes(of: Array(repeating: "endless", count: 12)) { $0.bodyMemory = Self.mebibyte }
        for outcome in outcomes {
            guard case .failure(let error) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(error.code == .tooLarge)
            #expect(error.message.hasSuffix("half of the memory for bodies (--body-memory)."))
        }
        #expect(outcomes.count == 12)
    }

    @Test func aBodyThatCannotFitIsRefusedBeforeItIsRead() async throws {
        let outcomes = try await sizes(of: ["2000"]) { $0.bodyMemory = Self.mebibyte }
        guard case .failure(let error) = try #require(outcomes.first) else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(error.code == .tooLarge)
    }

    @Test func whatIsNotKeptTakesNoMemory() async throws {
        try await server().serving { server in
            try await withTransport(Self.small) { transport in
                let request = TransportRequest(url: "http://\(server.authority)/3000", keptBody: 1_024)
                let answer = try await transport.send(request)
                #expect(answer.bodySize == 3_000 * 1_024)
                #expect(answer.body.count == 1_024)
            }
        }
    }

    @Test func anAnswerHoldsItsMemoryUntilItIsGoneAndTheWaitCountsAgainstNoLimit() async throws {
        try await server().serving { server in
            try await withTransport(Self.small) { transport in
                let url = "http://\(server.authority)/400"
                var held: HTTPExchange? = try await transport.send(TransportRequest(url: url))
                let bound = Duration.seconds(2)
                let isAnswered = Atomic(false)
                let next = Task {
                    defer { isAnswered.store(true, ordering: .relaxed) }
                    return try await transport.send(TransportRequest(url: url, timeout: bound))
                }
                // Small ones go on meanwhile.
                let small = try await transport.send(TransportRequest(url: "http://\(server.authority)/10"))
                #expect(small.body.count == 10 * 1_024)
                try await Task.sleep(for: bound + .seconds(1))
                let hasWaited = !isAnswered.load(ordering: .relaxed)
                #expect(hasWaited)
                #expect(held?.body.count == 400 * 1_024)
                held = nil
                let answer = try await next.value
                #expect(answer.body.count == 400 * 1_024)
                #expect(answer.timings.total < bound)
            }
        }
    }

    @Test func aPausedTransferCanBeCancelled() async throws {
        try await server().serving { server in
            try await withTransport(Self.small) { transport in
                let url = "http://\(server.authority)/400"
                let held = try await transport.send(TransportRequest(url: url))
                let next = Task { try await transport.send(TransportRequest(url: url)) }
                _ = try await transport.send(TransportRequest(url: "http://\(server.authority)/10"))
                next.cancel()
                let outcome = await next.result
                #expect(throws: TransportError.self) { try outcome.get().bodySize }
                #expect(held.body.count == 400 * 1_024)
            }
        }
    }
}
