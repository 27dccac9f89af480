public import Checks
internal import Redaction
public import SourceDiagnostics
internal import YAMLTree

/// From the text of a job file to its job.
///
/// The parser makes a tree of the text. ``RootReader`` goes through it from the outermost map inwards: each map has a
/// ``Section`` of the keys that it can have, and each ``Key`` reads its own value into a draft through its
/// ``ValueType``. All readers share a ``JobContext``, which fills in `${…}` and collects what is wrong.
/// ``JobSchema`` is made from the same keys.
extension JobDecoder {
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
            throw failure(source, Self.inOrder(error.diagnostics))
        }
        var context = JobContext(source: source, decoder: self, keyNames: Self.keyNames)
        for problem in document.problems { context.report(problem) }
        let job = RootReader.job(document.root, in: &context)
        if job == nil, !context.hasError {
            context.reportInternalFault("the job file was refused without a reason", at: document.root)
        }
        var diagnostics = Self.inOrder(context.diagnostics)
        if isStrict {
            for index in diagnostics.indices { diagnostics[index].severity = .error }
        }
        guard var job, !diagnostics.contains(where: { $0.severity == .error }) else {
            var failure = failure(source, diagnostics)
            failure.isInternal = context.hasInternalFault
            failure.secrets = context.outsideSecrets.values
            throw failure
        }
        var fingerprint = FNV1a()
        fingerprint.add(largeText: source.bytes)
        job.fingerprint = fingerprint.value
        job.isStrict = isStrict
        job.outsideSecrets = context.outsideSecrets.values
        return DecodedJob(
            job: job,
            warnings: diagnostics,
            usedVariables: context.usedVariables,
            origin: context.origin
        )
    }

    private func failure(_ source: SourceText, _ diagnostics: [Diagnostic]) -> JobFileError {
        let server = ServerEnvironment(environment)
        return JobFileError(
            diagnostics: diagnostics,
            source: source,
            credentials: [server.token, server.password].compactMap(\.self)
        )
    }

    /// Problems of the file as a whole first, then by place; equal places keep the order of discovery.
    private static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let start = SourcePosition(line: 0, column: 0)
        return diagnostics.enumerated().sorted { left, right in
            (left.element.position ?? start, left.offset) < (right.element.position ?? start, right.offset)
        }.map(\.element)
    }

    /// The names of the keys that a value can be taken for if the space behind the colon is missing.
    private static let keyNames = Set(
        CheckKeys.section.keys.map(\.name) + ExpectKeys.section.keys.map(\.name) + RetryKeys.section.keys.map(\.name)
            + ServerKeys.section.keys.map(\.name)
    )
}

/// A job, and what its file probably does not mean.
public struct DecodedJob: Sendable {
    /// The job.
    public var job: Job
    /// Warnings only, in the order of their places.
    public var warnings: [Diagnostic]
    /// The names of ``JobDecoder/variables`` that the file refers to or has `vars` of.
    public var usedVariables: Set<String>
    /// From where the job has its server, for ``JobDecoder/problems(among:)``.
    var origin: ServerOrigin
}

/// Says why a job file has no job: at least one error, with the warnings between them.
public struct JobFileError: Error, Sendable, CustomStringConvertible {
    /// Every problem of the file, in the order of their places.
    ///
    /// They may quote what the file has written out, secrets too: `DiagnosticMask` shows them without.
    public var diagnostics: [Diagnostic]
    /// Whether the error is one of the decoder's own: a key of the file has lost its value, and nothing says why.
    public fileprivate(set) var isInternal = false
    /// What came from outside the file as a secret, as far as it was read.
    package fileprivate(set) var secrets: Set<String> = []
    /// The job file.
    private let source: SourceText
    /// What the environment has for the server.
    private let credentials: [String]

    fileprivate init(diagnostics: [Diagnostic], source: SourceText, credentials: [String]) {
        self.diagnostics = diagnostics
        self.source = source
        self.credentials = credentials
    }

    /// One line for each problem, such as `jobs/smoke.yaml:4:7: error: unknown key "metod"`, without secrets.
    public var description: String {
        DiagnosticMask(sources: [source], jobs: [], and: credentials, orLong: Array(secrets)).lines(for: diagnostics)
            .value
    }
}
