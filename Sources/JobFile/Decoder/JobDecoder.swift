public import Checks
public import SourceDiagnostics
internal import YAMLTree

/// Decodes job files: YAML text in, a ``Job`` out, or every problem of the file in one go.
///
/// Nothing is read but the source and, through the loader, the files that it names; nothing is sent.
public struct JobDecoder: Sendable {
    /// What `${NAME}` finds last: the process's environment.
    public var environment: [String: String]
    /// What `${NAME}` finds before the job file's `vars`: the values of `--var NAME=value`.
    public var variables: [String: String]
    /// What wins over the job file's `server`.
    public var overrides: ServerOverrides
    /// Reads the files that the job file names.
    public var files: FileLoader
    /// Whether a job without a server URL or credentials is an error; a check of the file alone needs neither.
    public var requiresServer = true
    /// Whether warnings are errors, as `--strict` asks.
    public var isStrict = false
    /// Whether `only: true` is an error, as `--forbid-only` asks.
    public var forbidsOnly = false

    /// The most checks that a file may have after expansion.
    public var checkLimit = 1_000_000

    /// Creates a decoder.
    public init(
        environment: [String: String] = [:],
        variables: [String: String] = [:],
        overrides: ServerOverrides = ServerOverrides(),
        files: FileLoader
    ) {
        self.environment = environment
        self.variables = variables
        self.overrides = overrides
        self.files = files
    }

    /// Decodes one job file.
    ///
    /// Relative names of files are taken from the folder of the source's name.
    ///
    /// - Throws: ``JobFileError`` with every error and warning of the file, in the order of their places.
    public func decode(_ source: SourceText) throws(JobFileError) -> DecodedJob {
        let document: YAMLDocument
        do {
            document = try YAMLParser.parse(source, marking: UInt8(ascii: "$"))
        } catch {
            throw JobFileError(diagnostics: Self.inOrder(error.diagnostics))
        }
        var context = JobContext(source: source, decoder: self)
        for problem in document.problems { context.report(problem) }
        let job = RootReader.job(document.root, in: &context)
        var diagnostics = Self.inOrder(context.diagnostics)
        if isStrict {
            for index in diagnostics.indices { diagnostics[index].severity = .error }
        }
        guard var job, !diagnostics.contains(where: { $0.severity == .error }) else {
            throw JobFileError(diagnostics: diagnostics)
        }
        var fingerprint = FNV1a()
        fingerprint.add(largeText: source.bytes)
        job.fingerprint = fingerprint.value
        return DecodedJob(job: job, warnings: diagnostics, usedVariables: context.usedVariables)
    }

    /// Problems of the file as a whole first, then by place; equal places keep the order of discovery.
    private static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let start = SourcePosition(line: 0, column: 0)
        return diagnostics.enumerated().sorted { left, right in
            (left.element.position ?? start, left.offset) < (right.element.position ?? start, right.offset)
        }.map(\.element)
    }
}

/// A job, and what its file probably does not mean.
public struct DecodedJob: Sendable {
    /// The job.
    public var job: Job
    /// Warnings only, in the order of their places.
    public var warnings: [Diagnostic]
    /// The names of ``JobDecoder/variables`` that the file refers to or has `vars` of.
    public var usedVariables: Set<String>
}

/// Says why a job file has no job: at least one error, with the warnings between them.
public struct JobFileError: Error, Sendable, CustomStringConvertible {
    /// Every problem of the file, in the order of their places.
    public var diagnostics: [Diagnostic]

    /// One line for each problem, such as `jobs/smoke.yaml:4:7: error: unknown key "metod"`.
    public var description: String { diagnostics.map(\.summary).joined(separator: "\n") }
}
