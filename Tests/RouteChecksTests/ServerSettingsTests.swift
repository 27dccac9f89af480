import Testing

@testable import RouteChecks

/// Nothing that a job says of its server is lost on the way to the client and its transport.
struct ServerSettingsTests {
    /// A job whose every setting differs from the default.
    private static var changed: Job {
        var server = ServerSettings(url: "https://a.example", credentials: .token("d2pat_x"))
        server.tls.certificateAuthority = "ca.pem"
        server.tls.certificate = "me.pem"
        server.tls.key = "me.key"
        server.tls.verify = false
        server.proxy = "http://proxy.example:3128"
        server.connectTimeout = .seconds(3)
        return Job(name: "j", file: "j.yaml", server: server, concurrency: 512, checks: [])
    }

    @Test func everySettingOfTLSReachesTheTransport() {
        let standard = CurlOptions(Job(name: "j", file: "j.yaml", server: ServerSettings(url: ""), checks: []))
        let changed = CurlOptions(Self.changed)
        // By reflection, so that a setting that is added and forgotten fails here.
        let before = Mirror(reflecting: standard.tls).children.map { "\($0.value)" }
        let after = Mirror(reflecting: changed.tls).children.map { "\($0.value)" }
        #expect(zip(before, after).allSatisfy { $0 != $1 })
        #expect(Mirror(reflecting: Self.changed.server.tls).children.count == before.count)
        let untouched = Mirror(reflecting: TLSSettings()).children.map { "\($0.value)" }
        let touched = Mirror(reflecting: Self.changed.server.tls).children.map { "\($0.value)" }
        #expect(zip(untouched, touched).allSatisfy { $0 != $1 })
    }

    @Test func theRestReachesTheTransportToo() {
        let options = CurlOptions(Self.changed)
        #expect(options.proxy == .url("http://proxy.example:3128"))
        #expect(options.connectTimeout == .seconds(3))
        #expect(options.maximumConnections == 512)
        #expect(options.userAgent == "routecheck/\(Version.current)")
    }
}
