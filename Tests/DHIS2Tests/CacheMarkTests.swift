import HTTPVocabulary
import Testing

@testable import DHIS2

/// What says that a cache has answered.
struct CacheMarkTests {
    @Test(arguments: [
        "Age: 1", "Age: 86400", "age:  7 ", "X-Cache: HIT", "X-Cache: Hit from cloudfront",
        "X-Cache: TCP_MEM_HIT from a.example",
        "X-Cache: MISS, HIT", "CF-Cache-Status: HIT", "CF-Cache-Status: STALE", "cf-cache-status: updating",
        "X-Cache-Status: HIT", "X-Proxy-Cache: HIT", "X-Cache-Hits: 2", "X-Cache-Hits: 0, 1",
        "Warning: 110 - \"Response is Stale\"",
        "Warning: 111 a \"Revalidation Failed\"", "X-Varnish: 32770 5", "Cache-Status: ExampleCache; hit; ttl=376",
        "X-Cache-Remote: TCP_HIT from b", "Akamai-Cache-Status: Hit from child", "X-Drupal-Cache: HIT",
        "X-Cache: CACHED", "X-From-Cache: 1", "Cache-Status: a; fwd=miss, b; hit=?1", "X-Varnish: 1, 32770 5",
        "Warning: 110 p \"Response is stale\", 214 p \"Transformed\"", "Age: 0, 5",
    ])
    func anAnswerOutOfACacheIsNotTheTargets(line: String) {
        for status in [200, 204, 404, 503] {
            let origin = ResponseOrigin(of: .marked(status, [line], body: "x"), in: .known())
            #expect(origin.layer == .proxy)
            #expect(origin.reason == .cached)
            #expect(origin.certainty == .certain)
            let field = line.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
            let shown = "\(field[0]): \(Self.trimmed(field[1]))"
            #expect(
                origin.sentence == """
                    Something in front of DHIS2 on dhis.example.org answered \(status) out of its cache (\(shown)), and the \
                    target was not called. Exempt /api/routes from caching there.
                    """
            )
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    @Test(arguments: [
        "Age: 0", "Age: ", "Age: x", "X-Cache: MISS", "X-Cache: Miss from cloudfront",
        "X-Cache: RefreshHit from cloudfront",
        "CF-Cache-Status: DYNAMIC", "CF-Cache-Status: REVALIDATED", "CF-Cache-Status: BYPASS", "X-Cache-Hits: 0",
        "X-Cache-Hits: 0, 0", "Warning: 199 - \"misc\"", "X-Varnish: 32770", "Cache-Status: ExampleCache; fwd=miss",
        "X-Cache-Key: /hit/parade", "X-Cache-Lookup: HIT from a:3128", "Cache-Control: max-age=60, stale-if-error=10",
        "X-Cache-Control: hit", "Storage: hit", "X-White: hit",
        "X-Cache: TCP_REFRESH_HIT from a", "Cache-Status: X; fwd=stale; fwd-status=200", "X-From-Cache: 0",
        "Cache-Status: hit.example.com; fwd=miss", "Cache-Status: a; hit=?0",
        "X-Cache: MISS from hit-proxy.example.org",
        "X-Varnish: 123, 456",
    ])
    func otherWordsOfCachesSayNothing(line: String) {
        let origin = ResponseOrigin(of: .marked(200, [line], body: "x"), in: .known())
        #expect(origin.layer == .upstream)
        #expect(origin.reason == .answered)
    }

    @Test func aCachedAnswerIsNoPlainOne() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let client = try server.client()
        let fresh = try await client.routes.run(code: "chap")
        #expect(client.plainOrigin(of: fresh) == .passedOn)
        server.change { $0.overrides["routes/chapchapch1/run"] = .success(.marked(200, ["X-Cache: HIT"], body: "x")) }
        let cached = try await client.routes.run(code: "chap")
        #expect(client.plainOrigin(of: cached) == nil)
        #expect(client.origin(of: cached).reason == .cached)
    }

    @Test func everyRequestAsksForAFreshAnswerUnlessItsOwnFieldsSayOtherwise() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let client = try server.client()
        _ = try await client.routes.run(code: "chap")
        _ = try await client.routes.run(code: "chap", headers: [.cacheControl: "max-age=5"])
        #expect(server.log.allSatisfy { $0.headerFields[.cacheControl] != nil })
        #expect(server.log.last?.headerFields[.cacheControl] == "max-age=5")
        #expect(server.log.dropLast().allSatisfy { $0.headerFields[.cacheControl] == "no-cache" })
    }
}
