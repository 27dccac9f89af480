import RouteChecks

// What a program of the library's users does, run against the simulator: Smoke URL TOKEN. The first thing that is not as
// expected ends it with an error.

/// Something that is not as expected.
struct Unexpected: Error, CustomStringConvertible {
    var description: String
}

func expect(_ holds: Bool, _ what: String) throws {
    guard holds else { throw Unexpected(description: what) }
    print("ok: \(what)")
}

/// What an attempt throws, as a user sees it.
func sentence(_ attempt: () throws -> Void) throws -> String {
    do { try attempt() } catch { return "\(error)" }
    throw Unexpected(description: "an attempt that must fail went through")
}

guard CommandLine.arguments.count == 3 else { throw Unexpected(description: "usage: Smoke URL TOKEN") }
let url = CommandLine.arguments[1]
let token = CommandLine.arguments[2]
let planted = "correct-horse-battery"

// A job made in code: no position, no file name.
var healthy = Check(name: "CHAP answers", route: "chap", path: "health")
healthy.expectation.json = [
    JSONExpectation(path: try JSONPath("$.status"), matcher: .matches(try RegexPattern("^[a-z]+$")))
]
var leaky = Check(name: "echo is a teapot", route: "echo", path: "pot")
if let name = HTTPFieldName("X-Api-Key"), let field = HTTPField(name: name, value: planted) {
    leaky.headerFields.set(field)
}
// The target sends it back, and the URL shows it.
leaky.parameters = [QueryParameter(name: "q", value: planted)]
leaky.expectation.status = StatusSet([.code(418)])
let job = Job(
    name: "smoke",
    server: ServerSettings(url: url, credentials: .token(token)),
    checks: [healthy, leaky]
)

let report = try await JobRun(job).report()
try expect(report.suites[0].results.map(\.outcome) == [.passed, .failed], "one check passes and one fails")
try expect(report.verdict == .failed, "the verdict is failed")
try expect("\(report)".contains(planted), "the report itself holds the secret")
for format in ReportFormat.all {
    let text = String(decoding: report.rendered(as: format, hidingSecretsOf: [job]), as: UTF8.self)
    // Metrics name no checks.
    try expect(text.contains(leaky.name) || format.name == "prometheus", "\(format.name) shows the failed check")
    try expect(!text.contains(planted) && !text.contains(token), "\(format.name) does not show the secrets")
}
let junit = String(decoding: report.rendered(as: .junit, hidingSecretsOf: [job]), as: UTF8.self)
try expect(junit.hasPrefix("<?xml"), "a format can be named in code")

// A job read from YAML.
let source = SourceText(
    name: "smoke.yaml",
    text: """
        name: from YAML
        server: {url: "${DHIS2_URL}", token: "${DHIS2_PAT}"}
        checks:
          - route: chap
            path: health
            expect: {json: {$.status: {matches: "^[a-z]+$"}}}
        """
)
let decoder = JobDecoder(environment: ["DHIS2_URL": url, "DHIS2_PAT": token], files: .none)
let decoded = try decoder.decode(source)
try expect(decoded.warnings.isEmpty, "the job file has no warnings")
let second = try await JobRun(decoded.job).report()
try expect(second.verdict == .passed, "the job of the file passes")

// The client alone, and its judgement of an answer that never came.
let answer = try await answerOfRoute("chap", path: "health", at: url, token: token)
try expect(answer.hasPrefix("200 from upstream: "), "the accessor runs a route: \(answer)")
let origin = originOfMadeUpAnswer(try DHIS2Client(job))
try expect(origin.layer != .upstream, "a made-up login page is not the target's: \(origin.sentence)")

// Errors are sentences.
let expected = [
    (
        try sentence { _ = try decoder.decode(SourceText(name: "bad.yaml", text: "name: bad\nchekcs: []\n")) },
        "bad.yaml:2:1: error: unknown key \"chekcs\""
    ),
    (
        try sentence {
            let nobody = Job(name: "nobody", file: "nobody.yaml", server: ServerSettings(url: url), checks: [healthy])
            _ = try JobRun(nobody)
        },
        "nobody.yaml: it names no credentials; "
    ),
    (try await lookupError(ofRoute: "chapp", at: url, token: token), "No route has the code \"chapp\""),
    (try sentence { _ = try RegexPattern("a(b") }, "character "),
    (try sentence { _ = try JSONPath("$.a[") }, "character "),
]
for (text, start) in expected { try expect(text.contains(start), "an error is a sentence: \(text)") }
