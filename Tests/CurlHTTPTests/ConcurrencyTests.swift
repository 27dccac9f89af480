import CurlHTTP
import DHIS2
import Glibc
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ConcurrencyTests {
    /// What a silent server saw of its connections.
    enum Event {
        case request
        case end
    }

    /// Runs a body with the URL of a server that reads and never answers, and with what it sees.
    private func withSilentServer(
        _ body: (String, AsyncStream<Event>) async throws -> Void
    ) async throws {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        let server = try LoopbackServer { connection in
            while connection.readRequest() != nil { continuation.yield(.request) }
            continuation.yield(.end)
        }
        try await server.serving { server in
            try await body("http://\(server.authority)/", events)
        }
    }

    @Test(arguments: [true, false])
    func removesTheTransferOfACancelledTask(runsOnTheLoop: Bool) async throws {
        try await withSilentServer { url, events in
            try await withTransport { transport in
                let executor = runsOnTheLoop ? transport.taskExecutor : globalConcurrentExecutor
                let task = Task(executorPreference: executor) {
                    // Longer than the test may take, so that nothing but the cancellation can end it.
                    try await failure(of: transport, TransportRequest(url: url, timeout: .seconds(600)))
                }
                #expect(await events.next() == .request)
                task.cancel()
                let error = try await task.value
                #expect(error.code == .cancelled)
                #expect(error.message == "The request was cancelled.")
                #expect(await events.next() == .end)
            }
        }
    }

    @Test func sendsNothingForATaskThatIsCancelledAlready() async throws {
        let server = try LoopbackServer.answering { _ in ok("") }
        try await server.serving { server in
            try await withTransport { transport in
                let url = "http://\(server.authority)/"
                let task = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try await failure(of: transport, TransportRequest(url: url))
                }
                let error = try await task.value
                #expect(error.code == .cancelled)
                #expect(server.connectionCount == 0)
            }
        }
    }

    @Test(arguments: [true, false])
    func answersOrCancelsEachOfManyWhileSomeAreCancelled(runsOnTheLoop: Bool) async throws {
        try await LoopbackServer.answering { ok($0.target) }.serving { server in
            try await withTransport { transport in
                let executor = runsOnTheLoop ? transport.taskExecutor : globalConcurrentExecutor
                let tasks = (0..<96).map { index in
                    Task(executorPreference: executor) {
                        try await transport.send(TransportRequest(url: "http://\(server.authority)/\(index)"))
                    }
                }
                for task in tasks.enumerated() where task.offset % 3 == 0 { task.element.cancel() }
                for (index, task) in tasks.enumerated() {
                    switch await task.result {
                    case .success(let exchange): #expect(exchange.bodyText == "/\(index)")
                    case .failure(let error):
                        #expect(index % 3 == 0)
                        #expect((error as? TransportError)?.code == .cancelled)
                    }
                }
            }
        }
    }

    @Test func answersOthersAfterACancellation() async throws {
        try await withSilentServer { url, events in
            try await LoopbackServer.answering { _ in ok("fine") }.serving { server in
                try await withTransport { transport in
                    let task = Task { try await failure(of: transport, TransportRequest(url: url)) }
                    #expect(await events.next() == .request)
                    task.cancel()
                    _ = try await task.value
                    let exchange = try await transport.send(TransportRequest(url: "http://\(server.authority)/"))
                    #expect(exchange.bodyText == "fine")
                }
            }
        }
    }

    @Test func cancelsWhatIsInFlightAtShutdownAndRefusesWhatComesLater() async throws {
        try await withSilentServer { url, events in
            let transport = try CurlTransport()
            let task = Task { try await failure(of: transport, TransportRequest(url: url)) }
            #expect(await events.next() == .request)
            transport.shutdown()
            #expect(await events.next() == .end)
            let message = "The request was cancelled: the transport was shut down."
            #expect(try await task.value == TransportError(.cancelled, message: message))
            let later = try await failure(of: transport, TransportRequest(url: url))
            #expect(later == TransportError(.cancelled, message: message))
        }
    }

    @Test func endsItsThreadWhenItIsForgotten() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Event.self)
        let server = try LoopbackServer { connection in
            while connection.readRequest() != nil { connection.write(ok("once")) }
            continuation.yield(.end)
        }
        try await server.serving { server in
            try await sendOnce("http://\(server.authority)/")
            // The idle connection ends with the transport.
            #expect(await ends.next() == .end)
        }
    }

    private func sendOnce(_ url: String) async throws {
        let transport = try CurlTransport()
        _ = try await transport.send(TransportRequest(url: url))
    }

    @Test func runsTasksThatPreferItsExecutorOnOneThread() async throws {
        try await LoopbackServer.answering { _ in ok("") }.serving { server in
            try await withTransport { transport in
                let url = "http://\(server.authority)/"
                let threads = try await withTaskExecutorPreference(transport.taskExecutor) {
                    try await withThrowingTaskGroup(of: Set<UInt>.self) { group in
                        for _ in 0..<8 {
                            group.addTask {
                                let before = UInt(pthread_self())
                                _ = try await transport.send(TransportRequest(url: url))
                                await Task.yield()
                                return [before, UInt(pthread_self())]
                            }
                        }
                        return try await group.reduce(into: Set<UInt>()) { $0.formUnion($1) }
                    }
                }
                #expect(threads.count == 1)
                #expect(threads != [UInt(pthread_self())])
            }
        }
    }

    @Test func runsTasksOnTheGlobalExecutorAfterShutdown() async throws {
        let transport = try CurlTransport()
        let executor = transport.taskExecutor
        transport.shutdown()
        transport.shutdown()
        let value = await Task(executorPreference: executor) {
            await Task.yield()
            return 42
        }.value
        #expect(value == 42)
    }

    @Test func shutsDownFromATaskOnItsOwnThread() async throws {
        let transport = try CurlTransport()
        let code = try await withTaskExecutorPreference(transport.taskExecutor) {
            transport.shutdown()
            return try await failure(of: transport, TransportRequest(url: "http://127.0.0.1:1/")).code
        }
        #expect(code == .cancelled)
        transport.shutdown()
    }

    @Test func letsTransfersProceedBesideTasksThatNeverPause() async throws {
        try await LoopbackServer.answering { _ in ok("through") }.serving { server in
            try await withTransport { transport in
                let url = "http://\(server.authority)/"
                let spinning = Task(executorPreference: transport.taskExecutor) {
                    while !Task.isCancelled { await Task.yield() }
                }
                let text = try await withTaskExecutorPreference(transport.taskExecutor) {
                    try await transport.send(TransportRequest(url: url)).bodyText
                }
                spinning.cancel()
                await spinning.value
                #expect(text == "through")
            }
        }
    }
}

extension AsyncStream where Element: Sendable {
    /// The next element, taken out of the stream.
    fileprivate func next() async -> Element? {
        await first { _ in true }
    }
}
