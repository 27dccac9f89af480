import DHIS2Simulator
import FoundationEssentials
import RouteChecks
import Testing

/// Whoever prints an error of the library reads what happened, not how a value is built.
struct ErrorSentenceTests {
    /// How to get an error of each public type.
    private static let errors: [(type: String, cause: @Sendable () async throws -> Void)] = [
        ("DHIS2Error", { _ = try BaseURL("ftp://a.example") }),
        ("Diagnostic", { throw try problem() }),
        ("FileLoadError", { throw FileLoadError(reason: "no such file") }),
        ("JSONError", { _ = try JSONTree(parsing: "[1,") }),
        ("JSONPathError", { _ = try JSONPath("$.a[") }),
        ("JSONPathLimitError", { _ = try JSONPath("$..*").nodes(in: JSONTree(parsing: "[[1]]"), visitLimit: 1) }),
        ("JobFileError", { _ = try JobDecoder(files: .none).decode(SourceText(name: "a.yaml", text: "a: 1")) }),
        ("RegexError", { _ = try RegexPattern("a(b") }),
        ("ReportMergeError", { _ = try ReportMerge([]).report() }),
        ("ReportReadingError", { _ = try RunReport(reading: Array("<xml/>".utf8)) }),
        ("RequestEncodingError", { _ = try SubPathEncoder.encode("a/../b", for: nil) }),
        ("RouteError", { _ = try await unreachable().routes.run(code: "chap") }),
        ("ServerUnusable", { _ = try await JobRun(unreachableJob).explanation(ofCheck: 0) }),
        ("ShardVariablesError", { _ = try ShardVariables.shard(in: [:]) }),
        ("TagExpressionError", { _ = try TagExpression("a and") }),
        ("TransportError", { _ = try await unreachable().getResponse("me") }),
        ("UnusableJob", { _ = try JobRun(Job(name: "j", server: ServerSettings(url: ""), checks: [])) }),
    ]

    private static let unreachableJob = Job(
        name: "j",
        server: ServerSettings(url: "http://127.0.0.1:1", credentials: .token(SimulatorConfiguration.standardToken)),
        checks: [Check(name: "c", route: "chap")]
    )

    private static func unreachable() throws -> DHIS2Client { try DHIS2Client(unreachableJob) }

    private static func problem() throws -> any Error {
        do {
            _ = try JobDecoder(files: .none).decode(SourceText(name: "a.yaml", text: "a: 1"))
        } catch {
            return try #require(error.diagnostics.first)
        }
        throw CancellationError()
    }

    @Test(arguments: errors.map(\.type))
    func everyErrorPrintsAsASentence(_ type: String) async throws {
        let row = try #require(Self.errors.first { $0.type == type })
        let thrown = await #expect(throws: (any Error).self) { try await row.cause() }
        let error = try #require(thrown)
        #expect("\(Swift.type(of: error))" == type)
        let text = "\(error)"
        #expect(!text.contains("\(type)("))
        #expect(!text.contains(#/\w+\(\w+: /#), "a value shows how it is built: \(text)")
        // A problem of a text has its place in front, and need not end as a sentence does.
        let place = #/^(?:\S+?(?::\d+:\d+)?: (?:error|warning)|character \d+|(?:line \d+, )?column \d+): /#
        #expect(text.contains(place) || text.hasSuffix(".") || text.hasSuffix("?"), "not a sentence: \(text)")
        #expect(text.contains(" "))
    }

    @Test func noPublicErrorIsMissingAbove() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").path
        var declared: Set<String> = []
        for module in ["Checks", "CurlHTTP", "DHIS2", "DHIS2Behaviour", "HTTPVocabulary", "JSONDocument", "JobFile"]
            + ["LinearRegex", "Matching", "Redaction", "Reports", "RouteChecks", "Runner", "SourceDiagnostics"]
        {
            for file in try FileManager.default.subpathsOfDirectory(atPath: "\(sources)/\(module)")
            where file.hasSuffix(".swift") {
                let text = try String(contentsOfFile: "\(sources)/\(module)/\(file)", encoding: .utf8)
                for match in text.matches(of: #/public (?:struct|enum|final class) (\w+): [^{\n]*\bError\b/#) {
                    declared.insert(String(match.1))
                }
            }
        }
        #expect(declared == Set(Self.errors.map(\.type)))
    }
}
