import Testing

@testable import DHIS2

struct RouteConcurrencyTests {
    /// The lookup of a code that is under way.
    private func lookup(of code: String, in client: DHIS2Client) throws -> RouteCache.Lookup {
        guard case .wait(let lookup) = client.routes.cache.step(for: code) else {
            throw TransportError(.invalidRequest, message: "No lookup is under way.")
        }
        return lookup
    }

    private func waiters(_ count: Int, on lookup: RouteCache.Lookup) async {
        while lookup.waiterCount < count { await Task.yield() }
    }

    @Test func sharesOneLookupAmongManyFirstUses() async throws {
        let gate = Gate()
        let server = FakeDHIS2(routes: [.chap], listGate: gate)
        let client = try server.client()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<64 {
                group.addTask { try await client.routes.run(code: "chap").exchange.statusCode }
            }
            await gate.arrival(of: 1)
            await waiters(64, on: try lookup(of: "chap", in: client))
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 64))
        #expect(server.listPaths.count == 1)
        #expect(server.runPaths.count == 64)
    }

    @Test func givesAFailedLookupsErrorToAllWhoWaitAndKeepsItFromNobodyElse() async throws {
        let gate = Gate()
        let server = FakeDHIS2(routes: [.chap], listGate: gate)
        server.change { $0.listFailures = 1 }
        let client = try server.client()
        let codes = await withTaskGroup(of: RouteError.Code?.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do throws(RouteError) {
                        _ = try await client.routes.run(code: "chap")
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            await gate.arrival(of: 1)
            if let lookup = try? lookup(of: "chap", in: client) { await waiters(8, on: lookup) }
            gate.open()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == Array(repeating: .lookupFailed, count: 8))
        #expect(server.listPaths.count == 1)
        #expect(try await client.routes.run(code: "chap").exchange.statusCode == 200)
        #expect(server.listPaths.count == 2)
    }

    @Test(arguments: ["chap", nil])
    func doesNotKeepWhatAnInvalidationOvertook(code: String?) async throws {
        let gate = Gate()
        let server = FakeDHIS2(routes: [.chap], listGate: gate)
        let client = try server.client()
        async let early = client.routes.run(code: "chap")
        await gate.arrival(of: 1)
        client.routes.invalidateCache(code: code)
        gate.open()
        // Who waited before the invalidation is served by the lookup it waited for.
        #expect(try await early.exchange.statusCode == 200)
        #expect(client.routes.cache.target(for: "chap") == nil)
        _ = try await client.routes.run(code: "chap")
        #expect(server.listPaths.count == 2)
    }

    @Test func letsTheNewerOfTwoLookupsWin() async throws {
        let gate = Gate()
        let server = FakeDHIS2(routes: [.chap], listGate: gate)
        // Nothing is sent beside the request that opens a session.
        let client = try server.client(.init(keepsSession: false))
        async let early = client.routes.run(code: "chap")
        await gate.arrival(of: 1)
        async let late = client.routes.run(code: "chap", useCache: false)
        await gate.arrival(of: 2)
        gate.open()
        _ = try await (early, late)
        #expect(server.listPaths.count == 2)
        #expect(client.routes.cache.target(for: "chap") != nil)
    }

    @Test func letsACancelledTaskLeaveWithoutCancellingTheLookup() async throws {
        let gate = Gate()
        let server = FakeDHIS2(routes: [.chap], listGate: gate)
        let client = try server.client()
        let leaving = Task { try await client.routes.run(code: "chap") }
        await gate.arrival(of: 1)
        async let staying = client.routes.run(code: "chap")
        await waiters(2, on: try lookup(of: "chap", in: client))
        leaving.cancel()
        // It ends although the lookup is still held back at the gate.
        let error = await #expect(throws: RouteError.self) { try await leaving.value }
        #expect(error?.code == .cancelled)
        #expect(error?.message == #"The task was cancelled while it looked up the route "chap"."#)
        gate.open()
        #expect(try await staying.exchange.statusCode == 200)
        #expect(server.listPaths.count == 1)
    }

    @Test func doesNotStartToWaitInATaskThatIsCancelledAlready() async throws {
        let gate = Gate()
        let server = FakeDHIS2(routes: [.chap], listGate: gate)
        let client = try server.client()
        let start = Gate()
        let task = Task {
            await start.pass()
            return try await client.routes.run(code: "chap")
        }
        task.cancel()
        start.open()
        let error = await #expect(throws: RouteError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        gate.open()
    }

    @Test func asksForTheServersVersionOnceHoweverManyNeedIt() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let client = try server.client()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask { _ = try await client.routes.run(code: "chap", params: ["q": "a b"]) }
            }
            try await group.waitForAll()
        }
        #expect(server.paths.filter { $0 == "system/info" }.count == 1)
    }
}
