import Testing

@testable import DHIS2

/// What becomes of those who wait when the request that was to open the session fails.
struct SessionOpeningTests {
    private func waiters(_ count: Int, in client: DHIS2Client) async {
        while client.connection.session.waiterCount < count { await Task.yield() }
    }

    @Test func aRequestThatGetsNoAnswerHoldsUpNobodyTwice() async throws {
        let gate = Gate()
        let server = SessionServer(holding: "routes/", at: gate)
        server.change {
            $0.givesCookies = false
            $0.answer = { request, _ throws(TransportError) in
                guard request.url.hasSuffix("me?fields=id") else { return nil }
                throw TransportError(.timeout, message: "late")
            }
        }
        let client = try server.runner()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await client.routes.run(code: "chap") } }
            await gate.arrival(of: 8)
            gate.open()
            try await group.waitForAll()
        }
        #expect(server.paths.count { $0 == "me?fields=id" } == 1)
    }

    @Test(arguments: [401, 404, 500, 503])
    func whateverItIsAnsweredTheRequestGoesOn(status: Int) async throws {
        let server = SessionServer()
        server.change {
            $0.givesCookies = false
            $0.answer = { request, _ in
                request.url.hasSuffix("me?fields=id") ? .marked(status, message: "no") : nil
            }
        }
        let client = try server.runner()
        for _ in 0..<2 {
            #expect(try await client.routes.run(code: "chap").exchange.statusCode == 200)
        }
        #expect(server.paths == ["me?fields=id", "routes/chap/run", "routes/chap/run"])
    }

    @Test func aFailedPreflightLeavesItToTheNextRequest() async throws {
        let server = SessionServer()
        server.change { $0.answer = { _, number in number == 0 ? .page(503) : nil } }
        let client = try server.runner()
        _ = await client.preflight()
        _ = await client.preflight()
        _ = try await client.routes.run(code: "chap")
        #expect(server.paths == ["system/info", "system/info", "routes/chap/run"])
        #expect(server.log.map(\.sessionID) == [nil, nil, "s1"])
    }

    @Test func whoeverHasWaitedInVainMakesSure() async throws {
        let gate = Gate()
        let server = SessionServer(holding: "broken", at: gate)
        server.change { $0.answer = { request, _ in request.url.hasSuffix("broken") ? .page(502) : nil } }
        let client = try server.client()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await client.getResponse("broken") }
            await gate.arrival(of: 1)
            for _ in 0..<4 { group.addTask { _ = try await client.getResponse("dataElements") } }
            await waiters(4, in: client)
            gate.open()
            try await group.waitForAll()
        }
        #expect(server.paths == ["broken", "me?fields=id"] + Array(repeating: "dataElements", count: 4))
        #expect(server.madeCount == 1)
    }

    @Test func aCancelledOpeningIsTakenOver() async throws {
        let gate = Gate()
        let server = SessionServer(holding: "me?", at: gate)
        let client = try server.runner()
        let leaving = Task { try await client.routes.run(code: "chap") }
        await gate.arrival(of: 1)
        async let staying = client.routes.run(code: "chap")
        await waiters(1, in: client)
        leaving.cancel()
        gate.open()
        let error = await #expect(throws: RouteError.self) { try await leaving.value }
        #expect(error?.code == .cancelled)
        #expect(try await staying.exchange.statusCode == 200)
        #expect(server.paths == ["me?fields=id", "me?fields=id", "routes/chap/run"])
        #expect(server.log.last?.sessionID == "s1")
    }

    @Test func whoIsCancelledWhileWaitingLeavesAtOnce() async throws {
        let gate = Gate()
        let server = SessionServer(holding: "me?", at: gate)
        let client = try server.runner()
        async let opening = client.routes.run(code: "chap")
        await gate.arrival(of: 1)
        let leaving = Task { try await client.routes.run(code: "chap") }
        await waiters(1, in: client)
        leaving.cancel()
        // It ends although the request that opens the session is still held back.
        let error = await #expect(throws: RouteError.self) { try await leaving.value }
        #expect(error?.code == .cancelled)
        #expect(server.log.count == 1)
        gate.open()
        #expect(try await opening.exchange.statusCode == 200)
    }

    @Test func theRequestThatOpensHasTheBoundOfTheOneItIsSentFor() async throws {
        let server = SessionServer()
        let client = try server.runner()
        _ = try await client.routes.run(code: "chap", timeout: .seconds(7))
        #expect(server.log.map(\.timeout) == [.seconds(7), .seconds(7)])
    }
}
