import DHIS2Behaviour
import Testing

@testable import DHIS2Simulator

/// What tells DHIS2's own answers from those of targets, by version: type, length and marks.
@Suite struct OwnAnswerTests {
    static let versions = ["2.41.9.1", "2.42.5.2", "2.43.1", "2.44.0-SNAPSHOT"]

    static func instance(
        _ version: String,
        _ change: (inout SimulatorConfiguration) -> Void = { _ in }
    ) throws -> SimulatedInstance {
        var configuration = try SimulatorConfiguration.version(version)
        change(&configuration)
        return SimulatedInstance(configuration)
    }

    static func head(_ reply: SimulatedReply) -> String {
        String(decoding: reply.head(SimulatedReply.Manner()), as: UTF8.self)
    }

    @Test(arguments: [
        ("2.41.9.1", "application/json;charset=UTF-8", false), ("2.42.5.2", "application/json", false),
        ("2.43.1", "application/json", false), ("2.44.0-SNAPSHOT", "application/json", true),
    ])
    func errorsHaveNoCharsetFrom242OnAndALengthFrom244On(version: String, type: String, hasLength: Bool) throws {
        let reply = try Self.instance(version).get("/api/routes/nope/run")
        #expect(reply.status == 404)
        #expect(reply.headers["Content-Type"] == type)
        #expect(reply.headers["Cache-Control"] == "no-cache, private")
        #expect(Self.head(reply).contains("\r\nContent-Length: ") == hasLength)
        #expect(Self.head(reply).contains("\r\nTransfer-Encoding: chunked\r\n") != hasLength)
    }

    @Test(arguments: versions)
    func answersOfTargetsHaveACharsetAndALength(version: String) throws {
        let reply = try Self.instance(version).get("/api/routes/failing/run")
        #expect(reply.status == 500)
        #expect(reply.headers["Content-Type"] == "application/json;charset=UTF-8")
        #expect(!reply.headers.contains("Cache-Control"))
        #expect(Self.head(reply).contains("\r\nContent-Length: 28\r\n"))
    }

    @Test(arguments: versions)
    func lengthsOfTargetsThatToldNone(version: String) throws {
        let reply = try Self.instance(version) {
            $0.changeRoute("health") { $0.upstream = .always(UpstreamReply(body: [1, 2], isChunked: true)) }
        }.get("/api/routes/health/run")
        let isChunked = version.hasPrefix("2.42") || version.hasPrefix("2.43")
        #expect(Self.head(reply).contains("\r\nTransfer-Encoding: chunked\r\n") == isChunked)
        #expect(Self.head(reply).contains("\r\nContent-Length: 2\r\n") != isChunked)
    }

    @Test(arguments: versions)
    func longAnswersOfTargetsAreChunkedOn244(version: String) throws {
        let reply = try Self.instance(version).get("/api/routes/large/run")
        #expect((reply.framing == .chunked) == version.hasPrefix("2.44"))
    }

    @Test(arguments: versions)
    func targetsWithoutATypeKeepNoneButOn241(version: String) throws {
        for (status, body) in [(200, "plain"), (503, "")] {
            let reply = try Self.instance(version) {
                $0.changeRoute("health") {
                    $0.upstream = .always(UpstreamReply(status: status, body: Array(body.utf8)))
                }
            }.get("/api/routes/health/run")
            let isOld = version.hasPrefix("2.41")
            #expect(reply.headers["Content-Type"] == (isOld ? "application/json;charset=UTF-8" : nil))
        }
        let empty = try Self.instance(version) { $0.changeRoute("health") { $0.upstream = .empty(status: 200) } }
        #expect(!empty.get("/api/routes/health/run").headers.contains("Content-Type"))
    }

    @Test(arguments: [("2.41.9.1", "1; mode=block"), ("2.42.5.2", "0"), ("2.43.1", "0"), ("2.44.0-SNAPSHOT", "0")])
    func allThatPassesTheSecurityChainIsMarked(version: String, protection: String) throws {
        let instance = try Self.instance(version)
        for (target, token) in [
            ("/api/me", SimulatorConfiguration.standardToken), ("/api/me", nil), ("/api/routes/nope/run", "x"),
            ("/api/nonsense", SimulatorConfiguration.standardToken),
        ] {
            let reply = instance.get(target, token: token)
            #expect(reply.headers["Content-Security-Policy"] == "frame-ancestors 'self';", "\(target)")
            #expect(reply.headers["X-Content-Type-Options"] == "nosniff", "\(target)")
            #expect(reply.headers["X-XSS-Protection"] == protection, "\(target)")
            #expect(reply.reason.isEmpty, "\(target)")
        }
    }

    @Test func only244TellsADigestOfWhatMayBeKept() throws {
        for version in Self.versions {
            let instance = try Self.instance(version)
            let isNew = version.hasPrefix("2.44")
            for target in ["/api/me", "/api/routes/HealthRt001", "/api/routes?paging=false"] {
                let tag = instance.get(target).headers["ETag"]
                #expect((tag != nil) == isNew, "\(version) \(target)")
                #expect(tag?.utf8.count ?? 35 == 35)
            }
            for target in ["/api/system/info", "/api/routes/echo/run", "/api/routes/nope/run"] {
                #expect(instance.get(target).headers["ETag"] == nil, "\(version) \(target)")
            }
        }
        let instance = try Self.instance("2.44.0-SNAPSHOT")
        #expect(instance.get("/api/me?fields=id").headers["ETag"] != instance.get("/api/me").headers["ETag"])
    }

    @Test(arguments: versions)
    func whatMayNotBeKeptSaysSo(version: String) throws {
        let instance = try Self.instance(version)
        let never = "no-cache, no-store, max-age=0, must-revalidate"
        #expect(instance.get("/api/system/info").headers["Cache-Control"] == never)
        #expect(instance.get("/api/me").headers["Cache-Control"] == nil)
        #expect(instance.get("/api/routes?paging=false").headers["Cache-Control"] == "no-cache, private")
        let ping = instance.get("/api/system/ping")
        #expect(ping.headers["Cache-Control"] == (version.hasPrefix("2.44") ? "no-store" : never))
        #expect(ping.headers["Content-Type"] == "application/json;charset=UTF-8")
    }

    // MARK: HEAD

    @Test(
        arguments: [
            ("2.41.9.1", "Content-Length: 15"), ("2.42.5.2", "Content-Length: 15"), ("2.43.1", "Content-Length: 15"),
            ("2.44.0-SNAPSHOT", nil),
        ] as [(String, String?)]
    )
    func headsOfTargetsHaveTheirLengthUpTo243(version: String, field: String?) throws {
        let reply = try Self.instance(version).get("/api/routes/health/run", method: "HEAD")
        let head = String(decoding: reply.head(SimulatedReply.Manner(omitsBody: true)), as: UTF8.self)
        #expect(head.contains("Content-Length") == (field != nil))
        if let field { #expect(head.contains("\r\n\(field)\r\n")) }
        #expect(!head.contains("Transfer-Encoding"))
        #expect(reply.framedBody(SimulatedReply.Manner(omitsBody: true)).isEmpty)
    }

    // MARK: Statuses

    @Test(arguments: [520, 599, 427, 299])
    func statusesThatSpring5HasNoNameForAre400On241(status: Int) throws {
        for version in Self.versions {
            let reply = try Self.instance(version) {
                $0.changeRoute("health") { $0.upstream = .text("x", status: status) }
            }.get("/api/routes/health/run")
            guard version.hasPrefix("2.41") else {
                #expect(reply.status == status)
                continue
            }
            let envelope = RunDecisionTests.envelope("Bad Request", 400, "No matching constant for [\(status)]")
            #expect(reply.status == 400)
            #expect(reply.bodyText == envelope)
        }
    }

    @Test func theClientKnowsTheStatusesThatSpringHasNamesFor() {
        let known = (100...999).filter(SpringStatus.isKnown)
        #expect(Set(known) == RouteBehaviour.namedStatuses)
    }
}
