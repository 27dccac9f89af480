extension SimulatorConfiguration {
    /// A superuser, and a user who holds nothing but the authority of one route.
    package static let standardUsers = [
        SimulatedUser(username: "admin", password: "district", authorities: ["ALL"]),
        SimulatedUser(username: "checker", password: "Checker-1", authorities: ["RUN_PRIVATE_ROUTE"]),
        SimulatedUser(username: "retired", password: "Retired-1", obstacle: .disabled),
        SimulatedUser(username: "locked", password: "Locked-1", obstacle: .locked),
        SimulatedUser(username: "careful", password: "Careful-1", obstacle: .twoFactor),
    ]

    /// A token of `checker` that works.
    package static let standardToken = TokenFormat.wellFormed(seed: 1)
    /// A token of `checker` that is past its date.
    package static let expiredToken = TokenFormat.wellFormed(seed: 2)
    /// A token of `checker` that works with POST only.
    package static let postOnlyToken = TokenFormat.wellFormed(seed: 3)
    /// A token whose owner is disabled.
    package static let ownerBarredToken = TokenFormat.wellFormed(seed: 4)
    /// A token that is well formed and that nobody has.
    package static let unknownToken = TokenFormat.wellFormed(seed: 5)
    /// A token of the superuser `admin` that works.
    package static let administratorToken = TokenFormat.wellFormed(seed: 6)

    package static let standardTokens = [
        SimulatedToken(standardToken, username: "checker"),
        SimulatedToken(administratorToken, username: "admin"),
        SimulatedToken(expiredToken, username: "checker", state: .expired),
        SimulatedToken(postOnlyToken, username: "checker", state: .methods(["POST"])),
        SimulatedToken(ownerBarredToken, username: "retired", state: .ownerBarred),
    ]

    /// One route of each kind, as the demo and the tests use them.
    package static var standard: SimulatorConfiguration {
        SimulatorConfiguration(routes: healthyRoutes + troubledRoutes + unreachableRoutes + refusedRoutes)
    }

    private static var healthyRoutes: [SimulatedRoute] {
        [
            route("HealthRt001", "health", "/status", .text(#"{"status":"UP"}"#, headers: ["ETag": #""v1""#])),
            route("ChapWildc02", "chap", "/**", .paths(chapReplies)),
            route("EchoRoute03", "echo", "/**", .echo),
            route("FhirRoute04", "fhir", "/fhir/Bundle", .text(fhirBundle, type: "application/fhir+json")),
            route("EmptyRoute5", "empty", "/empty", .empty()),
            route("HtmlRoute06", "html", "/", .text(htmlPage, type: "text/html")),
            // Made on first use: two mebibytes would be felt at the start.
            route("LargeRoute7", "large", "/export", SimulatedUpstream { _ in .reply(largeReply) }),
            route(
                "GzipRoute08",
                "compressed",
                "/compressed",
                .always(compressedReply)
            ),
        ]
    }

    private static var troubledRoutes: [SimulatedRoute] {
        var late = route("LateRoute10", "too-slow", "/late", .failing(.timeout(after: nil)))
        late.responseTimeoutSeconds = 1
        var stalled = route("StallRout14", "stalled", "/stalled", .always(stalledReply))
        stalled.responseTimeoutSeconds = 1
        return [
            route("SlowRoute09", "slow", "/slow", .text(#"{"status":"UP"}"#, delay: .milliseconds(600))),
            late,
            route("FailRoute11", "failing", "/failing", .text(#"{"error":"database is down"}"#, status: 500)),
            route(
                "MaintRout12",
                "maintenance",
                "/",
                .text("Back soon\n", status: 503, type: "text/plain", headers: ["Retry-After": "120"])
            ),
            route(
                "MovedRout13",
                "moved",
                "/old",
                .redirecting(
                    to: "https://moved.example.org/new",
                    followed: UpstreamReply(headers: ["Content-Type": "text/plain"], body: Array("moved\n".utf8))
                )
            ),
            stalled,
            route(
                "DeniedRou15",
                "unauthorized",
                "/",
                .text(#"{"detail":"token missing"}"#, status: 401, headers: ["WWW-Authenticate": "Bearer"])
            ),
        ]
    }

    private static var unreachableRoutes: [SimulatedRoute] {
        [
            route("RefusedRt16", "unreachable", "/", .failing(.refused)),
            route("NoSuchHos17", "unresolvable", "/", .failing(.unresolvable)),
            route("BadCertRt18", "untrusted", "/", .failing(.tls)),
            route("ResetRout19", "resetting", "/", .failing(.reset)),
        ]
    }

    private static var refusedRoutes: [SimulatedRoute] {
        var disabled = route("DisabledR20", "disabled", "/", .text("{}"))
        disabled.disabled = true
        var forbidden = route("ForbidRou21", "forbidden", "/", .text("{}"))
        forbidden.isPublic = false
        var unlisted = route("UnlistedR22", "private", "/status", .text(#"{"status":"UP"}"#))
        unlisted.isPublic = false
        unlisted.authorities = ["RUN_PRIVATE_ROUTE"]
        var insecure = route("InsecureR23", "not-allowed", "/", .text("{}"))
        insecure.url = "http://not-allowed.example.org/"
        insecure.isAllowListed = false
        var unauthenticated = route("BadAuthRt24", "broken-auth", "/", .text("{}"))
        unauthenticated.auth = .clientCredentials(token: nil)
        return [disabled, forbidden, unlisted, insecure, unauthenticated]
    }

    private static func route(
        _ uid: String,
        _ code: String,
        _ path: String,
        _ upstream: SimulatedUpstream
    ) -> SimulatedRoute {
        SimulatedRoute(uid: uid, code: code, url: "https://\(code).example.org\(path)", upstream: upstream)
    }
}

extension SimulatorConfiguration {
    /// What the wildcard route `chap` answers, by sub-path.
    private static var chapReplies: [String: UpstreamReply] {
        [
            "": .json(#"{"name":"chap","version":"1.4.0"}"#),
            "health": .json(#"{"status":"success","message":"healthy"}"#),
            "v1/models": .json(#"{"models":[{"id":1,"name":"naive"},{"id":2,"name":"ewars"}]}"#),
            "v1/jobs": .json(#"{"jobs":[]}"#),
        ]
    }

    /// A FHIR R4 search set of about 2 KB.
    private static var fhirBundle: String {
        let entries = (1...8).map { number -> JSONText in
            .object([
                ("fullUrl", .string("https://fhir.example.org/fhir/Patient/\(number)")),
                (
                    "resource",
                    .object([
                        ("resourceType", .string("Patient")),
                        ("id", .string(String(number))),
                        ("active", .bool(number != 3)),
                        (
                            "name",
                            .array([
                                .object([
                                    ("use", .string("official")),
                                    ("family", .string("Example \(number)")),
                                    ("given", .array([.string("Test")])),
                                ])
                            ])
                        ),
                        ("gender", .string(number.isMultiple(of: 2) ? "female" : "male")),
                        ("birthDate", .string("198\(number)-01-01")),
                    ])
                ),
            ])
        }
        return JSONText.object([
            ("resourceType", .string("Bundle")),
            ("type", .string("searchset")),
            ("total", .number(entries.count)),
            ("entry", .array(entries)),
        ]).text
    }

    private static let htmlPage = "<!doctype html>\n<title>Upstream</title>\n<h1>It works</h1>\n"

    /// 2 MiB of JSON, more than a client keeps by default.
    private static let largeReply = UpstreamReply(
        headers: ["Content-Type": "application/json"],
        body: Array(#"{"data":""#.utf8) + Array(repeating: UInt8(ascii: "x"), count: 2 << 20) + Array(#""}"#.utf8)
    )

    private static var compressedReply: UpstreamReply {
        var reply = UpstreamReply.json(#"{"compressed":true}"#)
        reply.isCompressed = true
        return reply
    }

    private static var stalledReply: UpstreamReply {
        var reply = UpstreamReply.json(#"{"data":"this sentence ends before its time"}"#)
        reply.stallsInBody = true
        return reply
    }
}
