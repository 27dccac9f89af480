import DHIS2
import HTTPVocabulary
import Testing

/// Who answered, for what every era does alike.
struct ResponseOriginTests {
    @Test(arguments: OriginRow.all)
    func namesTheLayerThatAnswered(row: OriginRow) { row.check() }

    @Test func givesNoEvidenceForAnAnswerThatCameThrough() {
        let origin = ResponseOrigin(of: .marked(200, json: "{}"), in: .known())
        #expect(origin.evidence.isEmpty)
    }

    @Test func namesWhatWasSeen() {
        let page = ResponseOrigin(of: .page(502, title: "502 Bad Gateway"), in: .known())
        #expect(
            page.evidence == [
                "status 502", "none of DHIS2's header marks", "Server: nginx", #"HTML titled "502 Bad Gateway""#,
            ]
        )
        let own = ResponseOrigin(
            of: .marked(404, message: "Route not found: 'chapchapch1'", errorCode: "E1005"),
            in: .known()
        )
        #expect(own.evidence == ["status 404", "DHIS2's header marks", "DHIS2's message format, E1005"])
        let empty = ResponseOrigin(of: .marked(503, ["WWW-Authenticate: ApiToken"]), in: .known())
        #expect(empty.evidence == ["status 503", "DHIS2's header marks", "WWW-Authenticate: ApiToken", "empty body"])
        let redirect = ResponseOrigin(of: .answer(302, ["Location: https://u:p@h/x?token=secret"]), in: .known())
        #expect(redirect.evidence.contains("Location: https://h/x?…"))
    }

    @Test(arguments: ["", ";A=1", "?x", "#x", "/x"])
    func showsNoSessionID(rest: String) {
        let location = "/dhis/logout.action;JSESSIONID=planted\(rest)"
        for exchange in [HTTPExchange.marked(302, ["Location: \(location)"]), .answer(302, ["Location: \(location)"])] {
            let origin = ResponseOrigin(of: exchange, in: .known())
            for text in [origin.sentence] + origin.evidence { #expect(!text.contains("planted")) }
            #expect(origin.evidence.contains("Location: /dhis/logout.action;jsessionid=…\(rest == "?x" ? "?…" : rest)"))
        }
    }

    @Test func letsServersTextForgeNothing() {
        let message =
            "\u{1B}[2J::error::x\r\nhttps://u:p@h/?key=secret \u{202E}" + String(repeating: "long ", count: 100)
        let origin = ResponseOrigin(of: .marked(500, message: "Bad: \(message)"), in: .known())
        for text in [origin.sentence] + origin.alternatives.map(\.sentence) + origin.evidence {
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
            #expect(!text.contains("secret") && !text.contains("u:p@"))
            #expect(text.count < 400)
        }
    }

    @Test(arguments: [
        (
            TransportError.Code.refused, ResponseOrigin.Layer.network, ResponseOrigin.Certainty.certain,
            "dhis.example.org refused the connection: DHIS2 is not running there, or the port is wrong."
        ),
        (.tls, .network, .certain, "it broke."),
        (.proxy, .proxy, .certain, "it broke."),
        (.proxyAuthentication, .proxy, .certain, "it broke."),
        (.undecodable, .network, .certain, "it broke."), (.truncatedBody, .network, .certain, "it broke."),
        (.timeout, .network, .possible, "dhis.example.org did not answer within 30 s."),
        (.cancelled, .network, .certain, "The request was cancelled."),
    ])
    func namesWhoIsToBlameThatNoAnswerCame(
        code: TransportError.Code,
        layer: ResponseOrigin.Layer,
        certainty: ResponseOrigin.Certainty,
        sentence: String
    ) {
        let origin = ResponseOrigin(of: TransportError(code, message: "it broke"), in: .known())
        #expect(origin.layer == layer)
        #expect(origin.certainty == certainty)
        #expect(origin.sentence == sentence)
        #expect(origin.evidence == ["it broke"])
    }

    @Test func saysHowFarAnAnswerCameInTime() {
        let message = "dhis.example.org began to answer, but did not finish within 2 s; 3 bytes of its body had come."
        let timings = PhaseTimings(firstByte: .milliseconds(1))
        let origin = ResponseOrigin(of: TransportError(.timeout, message: message, timings: timings), in: .known())
        #expect(origin.reason == .timeout)
        #expect(origin.sentence == message)
    }

    @Test func saysThatASlowTargetMayBeBehindATimeout() {
        let origin = ResponseOrigin(
            of: TransportError(.timeout, message: "late"),
            in: .known(route: .chap(timeout: 60))
        )
        #expect(
            origin.alternatives == [
                ResponseOrigin.Alternative(
                    layer: .route,
                    reason: .targetTimeout,
                    sentence: """
                        The connection stood; DHIS2 waits up to 60 s for the target of the route "chap" \
                        (chap.example.org), which may be what is slow.
                        """
                )
            ]
        )
    }

    @Test(arguments: ["UTF-8", "utf-8, gzip", "none", "text/html"])
    func knowsACodingThatOnlyATargetNames(coding: String) {
        let answer = HTTPExchange.marked(200, ["Content-Encoding: \(coding)"])
        let origin = ResponseOrigin(of: TransportError(.undecodable, message: "x", begunAnswer: answer), in: .known())
        #expect(origin.layer == .upstream)
        #expect(origin.reason == .undecodableBody)
        #expect(origin.certainty == .certain)
        #expect(
            origin.sentence == """
                T\(OriginRow.target) sent the header Content-Encoding: \(coding), which is not a coding, and DHIS2 passed it \
                on. Remove it at the target: a charset belongs in Content-Type.
                """
        )
    }

    private static let inFront = "Something in front of DHIS2 on dhis.example.org"

    @Test(arguments: [
        (
            HTTPExchange.marked(200, ["Content-Encoding: gzip"]), ResponseOrigin.Layer.proxy,
            ResponseOrigin.Certainty.possible, "\(inFront) packed it: DHIS2 unpacks what targets send."
        ),
        (
            .marked(200, ["Content-Encoding: Deflate"]), .proxy, .possible,
            "\(inFront) packed it: DHIS2 unpacks what targets send."
        ),
        (.answer(200, ["Content-Encoding: UTF-8"]), .proxy, .certain, "\(inFront) packed it."),
        (
            .marked(200, ["Content-Encoding: br"]), .upstream, .possible,
            "DHIS2 passes on what t\(OriginRow.target) packs with br."
        ),
        (
            .marked(200, ["Content-Encoding: zstd"]), .upstream, .possible,
            "DHIS2 passes on what t\(OriginRow.target) packs with zstd."
        ),
    ])
    func saysWhoPackedABodyThatBreaksOff(
        answer: HTTPExchange,
        layer: ResponseOrigin.Layer,
        certainty: ResponseOrigin.Certainty,
        rest: String
    ) {
        for (code, reason) in [
            (TransportError.Code.truncatedBody, ResponseOrigin.Reason.truncatedBody), (.undecodable, .undecodableBody),
        ] {
            let origin = ResponseOrigin(
                of: TransportError(code, message: "It broke off.", begunAnswer: answer),
                in: .known()
            )
            #expect(origin.layer == layer)
            #expect(origin.reason == reason)
            #expect(origin.certainty == certainty)
            #expect(origin.sentence == "It broke off. \(rest)")
            #expect(
                origin.alternatives.map(\.layer) == (certainty == .certain ? [] : layer == .proxy ? [.dhis2] : [.proxy])
            )
        }
    }

    @Test(arguments: [
        (
            "2.43.1",
            [
                "T\(OriginRow.target) may have broken off: DHIS2 passes bodies on as they come.",
                "DHIS2 may have been stopped, or the connection to it may have failed.",
            ]
        ),
        ("2.41.9.1", ["DHIS2 may have been stopped, or the connection to it may have failed."]),
    ])
    func saysWhoMayHaveGivenUpInTheMiddle(version: String, others: [String]) {
        let answer = HTTPExchange.marked(200, ["Transfer-Encoding: chunked"], body: "half")
        let error = TransportError(
            .protocolViolation,
            message: "The answer of h broke off: it ended.",
            begunAnswer: answer
        )
        let origin = ResponseOrigin(of: error, in: .known(version))
        #expect(origin.layer == .proxy)
        #expect(origin.reason == .gatewayError)
        #expect(origin.certainty == .possible)
        #expect(
            origin.sentence == """
                The answer of h broke off: it ended. Something in front of DHIS2 on dhis.example.org may have cut or damaged \
                it, e.g. at a limit of its own.
                """
        )
        #expect(origin.alternatives.map(\.sentence) == others)
    }

    @Test func saysThatAProxyOfTheClientsOwnMayBeToBlame() throws {
        let error = TransportError(.tls, message: "Not trusted.", proxy: "proxy.example:3128")
        let origin = ResponseOrigin(of: error, in: .known())
        #expect(origin.layer == .network)
        #expect(origin.certainty == .possible)
        #expect(
            origin.alternatives == [
                ResponseOrigin.Alternative(
                    layer: .proxy,
                    reason: .proxyError,
                    sentence: "The proxy proxy.example:3128 on the way may be to blame."
                )
            ]
        )
        let refused = TransportError(.proxy, message: "The proxy refused.", proxy: "proxy.example:3128")
        #expect(ResponseOrigin(of: refused, in: .known()).alternatives.isEmpty)
        let problem = Preflight.problem(of: error, from: try BaseURL("https://h"))
        #expect(problem.evidence == ["Not trusted.", "on the way: the proxy proxy.example:3128"])
    }

    @Test func saysThatTheTargetMayHaveBrokenAnAnswerThatHadBegun() {
        let begun = ResponseOrigin(
            of: TransportError(.reset, message: "x", begunAnswer: HTTPExchange(statusCode: 200, body: [1])),
            in: .known()
        )
        #expect(begun.layer == .proxy)
        #expect(begun.certainty == .possible)
        #expect(begun.alternatives.map(\.layer) == [.upstream, .network])
        // libcurl counts the end of a connection as its first byte.
        let timings = PhaseTimings(firstByte: .milliseconds(20))
        let notBegun = ResponseOrigin(of: TransportError(.reset, message: "x", timings: timings), in: .known())
        #expect(notBegun.certainty == .certain)
        #expect(notBegun.alternatives.isEmpty)
    }

    @Test(arguments: OriginRow.all)
    func keepsTheSecretsOfRoutesOutOfEverything(row: OriginRow) {
        let origin = ResponseOrigin(of: row.exchange, in: row.context)
        for text in [origin.sentence] + origin.evidence + origin.alternatives.map(\.sentence) {
            #expect(!text.contains("SECRET"))
        }
    }

    @Test(arguments: OriginContext.versions)
    func attributesEveryStatusInEveryEra(version: String) {
        for status in [200, 204, 206, 299, 300, 301, 304, 307] + Array(400...431) + Array(500...511) + [599] {
            for exchange in [
                HTTPExchange.marked(status), .marked(status, message: "x"), .marked(status, body: "x"), .answer(status),
                .page(status),
            ] {
                for context in [OriginContext.known(version), .blind, .stripped, .known(version, route: nil)] {
                    let origin = ResponseOrigin(of: exchange, in: context)
                    #expect(origin.sentence.hasSuffix(".") || origin.sentence.hasSuffix(": x"))
                    #expect(
                        origin.sentence.first?.isUppercase == true || origin.sentence.hasPrefix("dhis.example.org ")
                    )
                    #expect(origin.layer != .network)
                }
            }
        }
    }
}
