import Testing

@testable import DHIS2Simulator

@Suite struct SessionStoreTests {
    @Test func expiresTheLeastRecentlyUsedOfAUser() {
        var store = SessionStore(limit: 3)
        let other = store.make(for: "other")
        let ids = (1...3).map { _ in store.make(for: "user") }
        store.use(ids[0])
        let fourth = store.make(for: "user")
        #expect(store.count(of: "user") == 3)
        #expect(store.finding(among: [ids[1]]) == .expired(ids[1]))
        for id in [ids[0], ids[2], fourth] { #expect(store.finding(among: [id]) == .live(id, user: "user")) }
        #expect(store.finding(among: [other]) == .live(other, user: "other"))
        #expect(store.count == 4)
        #expect(store.made == 5)
    }

    @Test(arguments: [-1, 0])
    func keepsAllWithoutALimit(limit: Int) {
        var store = SessionStore(limit: limit)
        for _ in 1...50 { _ = store.make(for: "user") }
        #expect(store.count == 50)
    }

    @Test func appliesASmallerLimitAtOnce() {
        var store = SessionStore(limit: -1)
        let ids = (1...5).map { _ in store.make(for: "user") }
        store.limit(to: 2)
        #expect(ids.map { store.finding(among: [$0]) }.prefix(3).elementsEqual(ids.prefix(3).map { .expired($0) }))
        #expect(store.count(of: "user") == 2)
    }

    @Test func tellsOfAnExpiredSessionOnceAndOfAForgottenOneNever() {
        var store = SessionStore(limit: 1)
        let first = store.make(for: "user")
        let second = store.make(for: "user")
        let answers = [second, first, first].map { store.forgetIfExpired($0) }
        #expect(answers == [false, true, false])
        #expect(store.finding(among: [first]) == nil)
        store.forget(second)
        #expect(store.finding(among: [second]) == nil)
        #expect(store.count == 0)
        #expect(store.count(of: "user") == 0)
    }

    @Test func takesTheFirstOfSeveralThatItKnows() {
        var store = SessionStore(limit: 1)
        let expired = store.make(for: "user")
        let live = store.make(for: "user")
        #expect(store.finding(among: [.random(), expired, live]) == .expired(expired))
        #expect(store.finding(among: [live, expired]) == .live(live, user: "user"))
        #expect(store.finding(among: []) == nil)
    }

    @Test func tellsUsersApartByTheirBytes() {
        var store = SessionStore(limit: 1)
        _ = store.make(for: "caf\u{E9}")
        _ = store.make(for: "cafe\u{301}")
        #expect(store.count == 2)
    }

    @Test func keepsItsMemoryInBounds() {
        var store = SessionStore(limit: -1)
        for _ in 0..<(SessionStore.capacity + 10) { _ = store.make(for: "user") }
        #expect(store.count <= SessionStore.capacity)
        #expect(store.count == store.count(of: "user"))
        #expect(store.made == SessionStore.capacity + 10)
    }

    /// Whatever happens, in whatever order, no user has more sessions than the limit.
    @Test(arguments: 1...20)
    func neverKeepsMoreThanTheLimit(seed: UInt64) {
        var random = Generator(state: seed)
        var store = SessionStore(limit: 10)
        var limit = 10
        var ids: [SessionID] = []
        var live: [String: Set<SessionID>] = [:]
        for _ in 0..<400 {
            let user = ["a", "b", "c"].randomElement(using: &random) ?? "a"
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5: ids.append(store.make(for: user))
            case 5, 6: if let id = ids.randomElement(using: &random) { store.use(id) }
            case 7: if let id = ids.randomElement(using: &random) { store.forget(id) }
            case 8: if let id = ids.randomElement(using: &random) { _ = store.forgetIfExpired(id) }
            default:
                limit = Int.random(in: 1...12, using: &random)
                store.limit(to: limit)
            }
            live = [:]
            for id in ids {
                if case .live(_, let user) = store.finding(among: [id]) { live[user, default: []].insert(id) }
            }
            #expect(live.values.allSatisfy { $0.count <= limit })
            #expect(live.values.reduce(0) { $0 + $1.count } == store.count)
            for user in ["a", "b", "c"] { #expect(store.count(of: user) == live[user]?.count ?? 0) }
        }
        #expect(store.made == ids.count)
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test func writesIDsAsTomcatDoes() throws {
        for _ in 1...100 {
            let id = SessionID.random()
            #expect(id.text.utf8.count == 32)
            #expect(SessionID(id.text) == id)
        }
        for text in [
            "", "ABC", String(repeating: "g", count: 32), String(repeating: "a", count: 32),
            "+" + String(repeating: "0", count: 31),
        ] {
            #expect(SessionID(text) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        (["JSESSIONID=A"], ["A"]), (["a=b; JSESSIONID=A; c=d"], ["A"]), (["JSESSIONID=A;JSESSIONID=B"], ["A", "B"]),
        (["JSESSIONID=A", "x=y;\tJSESSIONID=B "], ["A", "B"]), (["jsessionid=A; XJSESSIONID=A; JSESSIONID"], []),
        (["JSESSIONID="], []), ([], []), (["JSESSIONID=nonsense; ;; JSESSIONID=B"], ["B"]),
    ])
    func findsSessionsInCookies(cookies: [String], found: [String]) {
        // A digit stands for an id made of it.
        func expanded(_ text: String) -> String {
            text.replacing("=A", with: "=" + String(repeating: "A", count: 32))
                .replacing("=B", with: "=" + String(repeating: "B", count: 32))
        }
        var headers: HeaderList = [:]
        for cookie in cookies { headers.add("Cookie", expanded(cookie)) }
        let request = SimulatedRequest(target: "/", headers: headers)
        #expect(request.sessionIDs.map(\.text) == found.map { String(repeating: $0, count: 32) })
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (1_795_814_494, "Fri, 27 Nov 2026 21:21:34 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
    ])
    func writesDatesAsHTTPDoes(seconds: Int, text: String) {
        #expect(HTTPDate.text(seconds) == text)
    }
}
