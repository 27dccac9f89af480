import Checks
import Redaction
import Reports
import Testing

/// What the pass over values hides without the one over bytes, and what it leaves to it.
struct FirstPassTests {
    private static let token = "d2pZx9q7KwVt3hRd8sPqLm"
    private static let redactor = Redactor(secrets: [token])

    /// Texts that are the program's own and never hold a value of a job, a run or a server.
    private static let own: Set = ["toolVersion", "suites.plan.fingerprint"]
    /// A word of HTTP that the job file offers a choice of.
    private static let verbs: Set = ["suites.results.method.rawValue", "method.rawValue", "result.method.rawValue"]

    private static let run = {
        var run = PlantedRun.report(token, code: "route-\(token)")
        run.failure = .regression
        return run
    }()

    @Test func everyTextOfARunIsHidden() {
        let planted = PlantedTexts(in: Self.run)
        #expect(planted.unseen.isEmpty)
        Self.expectPlanted(planted, besides: Self.own)
        Self.expectHidden(PlantedTexts(in: Self.redactor.redact(Self.run).value))
    }

    @Test func everyTextOfAnExplanationIsHidden() {
        let explanation = Explanation(
            result: Self.run.suites[0].results[3],
            request: "GET https://x/\(Self.token)",
            requestHeaders: ["X-Echo: \(Self.token)"],
            requestBodySize: 3,
            responseHeaders: [Self.token],
            bodyExcerpt: Self.token,
            origin: PlantedRun.fault(Self.token, Self.token),
            expectations: [
                ExpectationResult(
                    .json,
                    location: "$.\(Self.token)",
                    holds: true,
                    expected: Self.token,
                    actual: Self.token,
                    excerpt: [Self.token]
                )
            ],
            route: ["target \(Self.token)"],
            warnings: [Self.token]
        )
        let planted = PlantedTexts(in: explanation)
        #expect(planted.unseen == ["result.reason"])
        Self.expectPlanted(planted)
        Self.expectHidden(PlantedTexts(in: Self.redactor.redact(explanation).value))
    }

    @Test func everyTextOfAnEventIsHidden() {
        let suite = Self.run.suites[0]
        let events: [RunEvent] = [
            .suiteStarted(suite), .checkStarted(suite: 0, check: 0),
            .attemptFinished(suite: 0, check: 0, PlantedRun.attempt(1, .failed, Self.token, Self.token)),
            .checkFinished(suite: 0, suite.results[0]), .suiteFinished(suite),
        ]
        for event in events { Self.expectHidden(PlantedTexts(in: Self.redactor.redact(event).value)) }
    }

    @Test func everyTextOfAListedCheckIsHidden() {
        var check = Check(name: Self.token, route: Self.token, path: Self.token, position: PlantedRun.position)
        check.parameters = [
            QueryParameter(name: Self.token, value: Self.token), QueryParameter(name: "password", value: "abc"),
        ]
        check.tags = [Self.token]
        check.skip = Waiver(reason: Self.token)
        check.allowFailure = Waiver(reason: Self.token)
        check.body = RequestBody(bytes: Array(Self.token.utf8), contentType: .text)
        let redacted = Self.redactor.redact(check).value
        Self.expectHidden(PlantedTexts(in: redacted))
        #expect(redacted.parameters[1].value == "[redacted]")
        #expect(redacted.body == nil && redacted.headerFields.isEmpty)
    }

    @Test(arguments: RenderedFormat.all)
    func noFormatShowsASecretThatStandsInOneValue(format: RenderedFormat) {
        let beginning = SecretEchoes.awkward.prefix(7)
        for (echo, report) in PlantedRun.ofAwkwardSecrets {
            let text = String(decoding: format.renderer.bytes(for: report), as: UTF8.self)
            #expect(SecretEchoes.traces(of: echo, in: text).isEmpty, "\(echo)")
            #expect(!text.contains(beginning))
        }
        let redactor = Redactor(secrets: [SecretEchoes.awkward])
        let report = redactor.redact(PlantedRun.report("\(beginning)… (9 bytes more)"))
        #expect(!String(decoding: format.renderer.bytes(for: report), as: UTF8.self).contains(beginning))
    }

    /// What makes a secret of values that hold none, and where the second pass finds it.
    enum Making: CaseIterable {
        /// Two lines of a failure, one below the other, that end and begin with a half of it each.
        case lines
        /// The escape of a character in a secret that has the escape in it.
        case escaping

        var secret: String {
            switch self {
            case .lines: "Zx9q7KwVt3hRd8sPqLm"
            case .escaping: "Zx9q&lt;7KwVt3hRd8"
            }
        }

        var report: RunReport {
            switch self {
            case .lines:
                var report = PlantedRun.report("x")
                report.suites[0].results = Array(report.suites[0].results.prefix(1))
                let evidence = Evidence(request: "GET Zx9q7KwVt", headers: ["3hRd8sPqLm: x"])
                report.suites[0].results[0].attempts[2].evidence = evidence
                return report
            case .escaping: return PlantedRun.report("Zx9q<7KwVt3hRd8")
            }
        }

        /// The formats that put the secret together.
        var formats: Set<String> {
            switch self {
            case .lines: ["junit", "junit with files", "console", "ascii console"]
            case .escaping: ["junit", "junit with files", "html", "markdown"]
            }
        }
    }

    /// The known limits of the first pass, for which there is the second one.
    @Test(arguments: Making.allCases)
    func whatADocumentPutsTogetherIsLeftToTheSecondPass(making: Making) {
        let redactor = Redactor(secrets: [making.secret])
        let report = redactor.redact(making.report)
        #expect(!PlantedTexts(in: report.value).texts.values.joined().contains { $0.contains("[redacted]") })
        var leaving: Set<String> = []
        for format in RenderedFormat.all {
            let first = String(decoding: format.renderer.bytes(for: report), as: UTF8.self)
            if redactor.redact(first).value != first { leaving.insert(format.name) }
            var sink = MemorySink()
            redactor.render(report, with: format.renderer, into: &sink)
            #expect(redactor.redact(sink.text).value == sink.text, "\(format.name)")
        }
        #expect(leaving == making.formats)
    }

    private static func expectPlanted(_ planted: PlantedTexts, besides own: Set<String> = []) {
        for (path, texts) in planted.texts where !own.contains(path) && !verbs.contains(path) {
            #expect(texts.contains { $0.contains(token) }, "nothing is planted at \(path)")
        }
    }

    private static func expectHidden(_ planted: PlantedTexts) {
        for (path, texts) in planted.texts {
            #expect(SecretEchoes.traces(of: token, in: texts.joined(separator: " ")).isEmpty, "\(path)")
        }
    }
}
