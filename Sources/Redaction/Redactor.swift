public import Checks
package import LinearRegex
internal import Synchronization

/// Hides secrets from everything that leaves the program.
///
/// A secret is found in every encoding in which it may come back: as it is, percent-encoded once or twice with either
/// case of digits, in Base64 alone or behind `user:` at any of the three alignments, escaped for JSON or XML, each
/// character for itself, and with breaks of the line in between. Half of a secret, at least twelve characters of its
/// beginning or its end, is hidden as well, because whoever cuts a text cuts through secrets too; in front of
/// the mark of a cut and behind it, four characters are enough.
///
/// Values are redacted before they are rendered, once for all reports; ``Redacted`` is the proof of it. That also hides
/// what stands behind sensitive names and what patterns find. Finished bytes are looked at once more
/// (`RedactingSink`): that pass knows the secrets alone, and finds those that only a document puts together.
///
/// Three parts work for it. `JobSecrets` gathers what jobs keep secret, and ``SensitiveNames`` finds the values that
/// stand behind a name. `SecretScanner` finds the secrets themselves: each becomes a `SecretPattern`, a row of
/// characters in all their spellings. What they find becomes `HiddenRanges`, which are then replaced.
/// ``DiagnosticMask`` does the same for job files that cannot be decoded, whose secrets it finds by the text alone
/// (``LiteralSecrets``).
///
/// ```swift
/// let redactor = Redactor(secretsOf: job)
/// let report = redactor.redact(run)
/// ```
///
/// A secret of fewer than ``minimumLength`` characters cannot be told from ordinary text, and hiding it would tear the
/// output to shreds, numbers and all; it is not looked for. ``ignoredSecretCount`` says how many those are, so that the
/// user can be told. What is a secret only because of the name of a variable, a header field or a parameter can be a word
/// such as `basic`; it is looked for from eight characters on, and hidden under its name at any length.
///
/// What has the shape of a token of DHIS2, a JSON Web Token, a private key or a URL with a password is hidden whoever sent
/// it.
public struct Redactor: Sendable {
    /// What stands where something was hidden.
    public static let replacement = HiddenRanges.replacement

    /// From how many characters on a secret is looked for.
    public static let minimumLength = SecretPattern.minimumLength

    /// How many of the secrets are too short to be looked for.
    public var ignoredSecretCount: Int { ignored.count }
    /// The secrets that are too short to be looked for.
    private let ignored: Set<String>
    /// These, and what is hidden under its own name alone.
    private let unsought: Set<String>

    /// From how many characters on a value is looked for everywhere that is known as a secret by a name alone.
    static let leastWordLength = 8

    /// The secrets that are looked for.
    private let sought: [String]
    /// The length in bytes of the shortest text in which a secret can be, in whichever encoding.
    private let shortestHidden: Int
    /// Finds the secrets in values.
    let valueScanner: SecretScanner
    /// Finds the secrets in finished bytes; to make it takes the words of all formats, which not every run writes.
    private let documentScanner = Deferred<SecretScanner>()
    /// Finds the ends of the secrets behind a place where a text was cut; few texts are.
    private let tailScanner = Deferred<SecretScanner>()
    let names: SensitiveNames
    let patterns: [RegexPattern]

    /// Creates a redactor of texts; one of jobs knows more (``init(secretsOf:and:)``).
    ///
    /// - Parameters:
    ///   - secrets: Texts to hide in every encoding; empty ones are passed over.
    ///   - names: Header fields, query parameters and JSON members whose values are hidden, whatever the case; those
    ///     that carry credentials by themselves (``SensitiveNames``) always are.
    ///   - patterns: Whatever they find in a value is hidden.
    package init(secrets: [String], names: [String] = [], patterns: [RegexPattern] = []) {
        self.init(sought: secrets, names: SensitiveNames(names), patterns: patterns)
    }

    /// Creates a redactor.
    ///
    /// - Parameters:
    ///   - secrets: What is a secret however short it is.
    ///   - longSecrets: What is one from ``leastWordLength`` characters on; shorter, it can be an ordinary word.
    private init(
        sought secrets: [String],
        orLong longSecrets: [String] = [],
        names: SensitiveNames,
        patterns: [RegexPattern]
    ) {
        let certain = Set(secrets.map(Self.trimmed).filter { !$0.isEmpty })
        let probable = Set(longSecrets.map(Self.trimmed).filter { !$0.isEmpty }).subtracting(certain)
        func length(_ secret: String) -> Int { SecretPattern.characters(of: secret).count }
        sought =
            (certain.filter { length($0) >= Self.minimumLength }
            + probable.filter { length($0) >= Self.leastWordLength })
            .sorted()
        ignored = certain.filter { length($0) < Self.minimumLength }
        unsought = ignored.union(probable.filter { length($0) < Self.leastWordLength })
        // Base64 keeps three characters of a secret of four for certain, whatever is beside it.
        shortestHidden = sought.allSatisfy { $0.utf8.count >= 12 } ? 12 : 3
        var alphabet = SecretAlphabet()
        valueScanner = SecretScanner(
            sought.flatMap { SecretPattern.patterns(for: $0, in: &alphabet) },
            of: alphabet
        )
        self.names = names
        self.patterns = patterns
    }

    /// Creates a redactor that knows what all of some jobs keep secret, so that no job shows another's: their servers'
    /// credentials, their proxies' passwords, what their `redact` names, what came into them through variables that are
    /// named after credentials, and the values that their checks send under such names, wherever those turn up.
    ///
    /// - Parameters:
    ///   - jobs: The jobs that are run or shown.
    ///   - secrets: Further texts, such as what the environment holds.
    public init(secretsOf jobs: [Job], and secrets: [String] = []) {
        self.init(secretsOf: jobs, and: secrets, orLong: [])
    }

    /// Creates a redactor that knows what jobs keep secret, and further texts that are secrets unless they are short.
    init(secretsOf jobs: [Job], and secrets: [String], orLong longSecrets: [String]) {
        let found = JobSecrets(of: jobs)
        self.init(
            sought: secrets + found.values.sorted(),
            orLong: longSecrets + found.longValues.sorted(),
            names: SensitiveNames(found.names, ownValues: found.ownValues),
            patterns: found.patterns
        )
    }

    /// Creates a redactor that knows what a job keeps secret.
    public init(secretsOf job: Job) {
        self.init(secretsOf: [job])
    }

    /// Whether there can be something to hide in a text, as far as its length tells; most values are short.
    ///
    /// Of a secret no fewer than twelve characters are hidden, or all of it, but where a text was cut. What is hidden for
    /// its name has a mark in front of it.
    func mayHide(in text: String) -> Bool {
        text.utf8.count >= shortestHidden || !unsought.isEmpty || !patterns.isEmpty
            || text.utf8.contains { NamedValue.isMark($0) || $0 >= 0x80 }
    }

    /// Whether a text is a secret that is too short to be looked for in others.
    func isIgnoredSecret(_ text: String) -> Bool { !unsought.isEmpty && unsought.contains(text) }

    /// Where the end of a secret ends that begins at a place behind a cut; `nil` if none does.
    func tailEnd(in text: UnsafeBufferPointer<UInt8>, from place: Int) -> Int? {
        tailScanner.value { valueScanner.tails }.end(in: text, from: place)
    }

    /// Hides the secrets from the bytes of a document, a second time after its values.
    ///
    /// - Parameters:
    ///   - syntax: What the bytes are written in.
    ///   - isOwnWord: Whether a text is a part of the words that documents themselves are made of; the same for all
    ///     documents. Such a secret cannot be searched for without tearing them apart; it is hidden in values alone,
    ///     which is where it can come back.
    package func documentRedaction(
        in syntax: ReportSyntax,
        sparing isOwnWord: (String) -> Bool
    ) -> DocumentRedaction {
        let scanner = documentScanner.value {
            var alphabet = SecretAlphabet()
            let patterns = sought.filter { !isOwnWord($0) }.flatMap { secret in
                SecretPattern.patterns(for: secret, in: &alphabet, isWord: isOwnWord)
            }
            return SecretScanner(patterns, of: alphabet)
        }
        return DocumentRedaction(scanner, syntax: syntax)
    }

    private static func trimmed(_ secret: String) -> String {
        let blank: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r"]
        let scalars = secret.unicodeScalars.drop { blank.contains($0) }
        return String(scalars.reversed().drop { blank.contains($0) }.reversed().map(Character.init))
    }
}

/// A value that is made when it is first asked for, once.
private final class Deferred<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)

    /// The value; whoever asks while it is made waits for it.
    ///
    /// - Parameter make: Makes the value; the same for everybody who asks, because only the first one's is called.
    func value(_ make: () -> Value) -> Value {
        made.withLock { made in
            if let made { return made }
            let value = make()
            made = value
            return value
        }
    }
}
