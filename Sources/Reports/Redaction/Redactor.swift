public import Checks
public import LinearRegex

/// Hides secrets from everything that leaves the program.
///
/// A secret is found in every encoding in which it may come back: as it is, percent-encoded once or twice with either
/// case of digits, in Base64 alone or behind `user:` at any of the three alignments, escaped for JSON or XML, each
/// character for itself, and with breaks of the line in between. Half of a secret, at least twelve characters of its
/// beginning or its end, is hidden as well, because whoever cuts a text cuts through secrets too; in front of
/// ``cutMark`` and behind it, four characters are enough.
///
/// There are two places to hide. Values are redacted before they are rendered, which also knows names and patterns
/// (``redact(_:)-(String)`` and its kin), once for all reports (``RedactedReport``). Finished bytes are redacted on their way out by ``RedactingSink``, which
/// knows the secrets alone and leaves the document's own marks in place.
///
/// A secret of fewer than ``minimumLength`` characters cannot be told from ordinary text, and hiding it would tear the
/// output to shreds, numbers and all; it is not looked for. ``ignoredSecretCount`` says how many those are, so that the
/// user can be told.
public struct Redactor: Sendable {
    /// What stands where something was hidden.
    public static let replacement = "[redacted]"

    /// What stands where a text was cut.
    static let cutMark = "…"

    /// From how many characters on a secret is looked for.
    public static let minimumLength = 4

    /// How many of the secrets are too short to be looked for.
    public let ignoredSecretCount: Int

    /// Finds the secrets in values.
    let valueScanner: SecretScanner
    /// Finds the secrets in finished bytes; to make it takes the words of all formats, which not every run writes.
    let streamScanner: Deferred<SecretScanner>
    /// Finds the ends of the secrets behind a place where a text was cut; few texts are.
    let tailScanner: Deferred<SecretScanner>
    let names: SensitiveNames
    let patterns: [RegexPattern]

    /// Creates a redactor.
    ///
    /// - Parameters:
    ///   - secrets: Texts to hide in every encoding; empty ones are passed over.
    ///   - names: Header fields, query parameters and JSON members whose values are hidden, whatever the case; those
    ///     that carry credentials by themselves, such as `Authorization` and `Cookie`, always are.
    ///   - patterns: Whatever they find in a value is hidden.
    public init(secrets: [String], names: [String] = [], patterns: [RegexPattern] = []) {
        let distinct = Set(secrets.map(Self.trimmed).filter { !$0.isEmpty }).sorted()
        let sought = distinct.filter { SecretPattern.characters(of: $0).count >= Self.minimumLength }
        ignoredSecretCount = distinct.count - sought.count
        var alphabet = SecretAlphabet()
        let scanner = SecretScanner(
            sought.flatMap { SecretPattern.patterns(for: $0, in: &alphabet) },
            of: alphabet
        )
        valueScanner = scanner
        tailScanner = Deferred { scanner.tails }
        streamScanner = Deferred {
            var alphabet = SecretAlphabet()
            let patterns = sought.filter(ReportVocabulary.excludes).flatMap { secret in
                SecretPattern.patterns(for: secret, in: &alphabet) { !ReportVocabulary.excludes($0) }
            }
            return SecretScanner(patterns, of: alphabet)
        }
        self.names = SensitiveNames(names)
        self.patterns = patterns
    }

    /// Creates a redactor that knows what the server settings of jobs keep secret, so that no job shows another's.
    ///
    /// - Parameter secrets: Further texts, such as what the environment holds.
    public init(hiding settings: [ServerSettings], secrets: [String] = []) {
        var secrets = secrets
        var names: [String] = []
        var patterns: [RegexPattern] = []
        for server in settings {
            switch server.credentials {
            case .token(let token): secrets.append(token)
            case .basic(_, let password): secrets.append(password)
            case nil: break
            }
            for redaction in server.redactions {
                switch redaction {
                case .name(let name): names.append(name)
                case .pattern(let pattern): patterns.append(pattern)
                case .text(let text): secrets.append(text)
                }
            }
        }
        self.init(secrets: secrets, names: names, patterns: patterns)
    }

    /// Renders a run through a renderer into a sink, with the secrets hidden from the bytes as well.
    public func render<Sink: ReportSink>(
        _ report: RedactedReport,
        with renderer: some ReportRenderer,
        into sink: inout Sink
    ) throws(Sink.Failure) {
        var redacting = RedactingSink(sink, redactor: self, syntax: renderer.syntax)
        defer { sink = redacting.base }
        try renderer.render(report.report, into: &redacting)
        try redacting.finish()
    }

    private static func trimmed(_ secret: String) -> String {
        let blank: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r"]
        let scalars = secret.unicodeScalars.drop { blank.contains($0) }
        return String(scalars.reversed().drop { blank.contains($0) }.reversed().map(Character.init))
    }
}
