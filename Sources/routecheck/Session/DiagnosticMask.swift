import Checks
import JobFile
import Reports
import SourceDiagnostics

/// Hides secrets in what is told of job files, also of those that could not be decoded, whose secrets nobody knows yet.
struct DiagnosticMask {
    /// The files with a star for each character of a secret, so that carets still stand where they should.
    let sources: [SourceText]
    private let redactor: Redactor

    /// Creates a mask that knows what the environment keeps secret, what the files have written out, and what the jobs
    /// of those that could be decoded say.
    init(environment: [String: String], sources: [SourceText], jobs: [Job]) {
        var secrets = ["DHIS2_PAT", "DHIS2_PASSWORD"].compactMap { environment[$0].flatMap(ServerOverrides.secret) }
        let redactions = jobs.flatMap(\.server.redactions)
        let named = redactions.compactMap { if case .name(let name) = $0 { name } else { nil } }
        self.sources = sources.map { source in
            let places = LiteralSecrets.places(in: source, names: SensitiveNames.always + named)
            secrets += places.map { String(decoding: source.bytes[$0], as: UTF8.self) }
            return Self.masked(source, places)
        }
        redactor = Redactor(jobs, secrets: secrets)
    }

    /// The text without secrets.
    ///
    /// Names are left alone: in a line of YAML, what follows one may be more than its value, and the values are known.
    func callAsFunction(_ text: String) -> String { redactor.redactSecrets(in: text) }

    private static func masked(_ source: SourceText, _ places: [Range<Int>]) -> SourceText {
        guard !places.isEmpty else { return source }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.bytes.count)
        var copied = 0
        for place in places {
            bytes += source.bytes[copied..<place.lowerBound]
            let text = String(decoding: source.bytes[place], as: UTF8.self)
            bytes += repeatElement(UInt8(ascii: "*"), count: text.unicodeScalars.count)
            copied = place.upperBound
        }
        bytes += source.bytes[copied...]
        return SourceText(name: source.name, bytes: bytes)
    }
}
