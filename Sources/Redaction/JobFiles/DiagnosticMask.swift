public import Checks
public import SourceDiagnostics

/// Hides secrets in what is told of job files, also of those that could not be decoded, whose secrets nobody knows yet.
public struct DiagnosticMask: Sendable {
    /// The files with a star for each character of a secret, so that carets still stand where they should.
    private let sources: [SourceText]
    private let redactor: Redactor

    /// Creates a mask.
    ///
    /// - Parameters:
    ///   - sources: The job files; what they have written out is hidden (``LiteralSecrets``).
    ///   - jobs: The jobs of those files that could be decoded, and what these say of secrets.
    ///   - secrets: Further texts, such as what the environment holds.
    ///   - longSecrets: Texts that are secrets unless they are short enough to be ordinary words.
    public init(sources: [SourceText], jobs: [Job], and secrets: [String] = [], orLong longSecrets: [String] = []) {
        var secrets = secrets
        var longSecrets = longSecrets
        let named = JobSecrets.names(of: jobs)
        self.sources = sources.map { source in
            let found = LiteralSecrets.find(in: source, names: SensitiveNames.always + named)
            secrets += found.certain.ranges.flatMap { Self.texts(source.bytes[$0]) }
            secrets += found.certain.ranges.flatMap { Self.pieces(source.bytes, $0) }.filter { !WrittenKey.isOwn($0) }
            let others = found.all.ranges.flatMap { Self.texts(source.bytes[$0]) }
            // A short one may be an ordinary word, such as the name of a method, which messages must still have.
            secrets += others.filter(OutsideSecret.looksLikeOne)
            longSecrets += others
            // A piece can be a word of the language too.
            secrets += found.all.ranges.flatMap { Self.pieces(source.bytes, $0) }
                .filter { OutsideSecret.looksLikeOne($0) && $0.contains(where: \.isNumber) }
            return Self.masked(source, found.all)
        }
        redactor = Redactor(secretsOf: jobs, and: secrets, orLong: longSecrets)
    }

    /// The lines of a secret that a job file has written out.
    private static func texts(_ bytes: ArraySlice<UInt8>) -> [String] {
        // The marks of aliases, anchors and tags are not repeated in messages.
        bytes.split { $0 == 0x0A || $0 == 0x0D }.flatMap { line in [line, line.drop { "*&!@%`".utf8.contains($0) }] }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// What the parser may have made of a secret that has marks of YAML in it, such as `Kx9` and `vPz` of `Kx9,vPz`.
    ///
    /// Where a map stands in the secret's place, its keys are probably those of the language.
    private static func pieces(_ file: [UInt8], _ range: Range<Int>) -> [String] {
        let bytes = file[range]
        let isMap = file[..<range.lowerBound].last { !" \t\"'".utf8.contains($0) } == UInt8(ascii: "{")
        var pieces: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        for index in bytes.indices {
            let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0x20
            let isEnd =
                switch bytes[index] {
                case UInt8(ascii: ":"): next == 0x20
                case 0x20: next == UInt8(ascii: "#")
                case UInt8(ascii: "$"): next == UInt8(ascii: "{")
                default: ",[]{}\"'\\\t\r\n".utf8.contains(bytes[index])
                }
            guard isEnd else { continue }
            if !isMap || bytes[index] != UInt8(ascii: ":") { pieces.append(bytes[start..<index]) }
            start = index + 1
        }
        // What is all there is has been told as the text.
        guard !pieces.isEmpty else { return [] }
        pieces.append(bytes[start...])
        return pieces.filter { !$0.isEmpty }.map { piece in
            String(decoding: piece.drop { " #*&!@%`-".utf8.contains($0) }, as: UTF8.self)
        }
    }

    /// The diagnostics for a person, with the lines they are about and carets under the location.
    ///
    /// - Parameters:
    ///   - diagnostics: Problems of the job files.
    ///   - color: Whether colours may be used.
    public func text(of diagnostics: [Diagnostic], color: Bool = false) -> RedactedText {
        hide(in: DiagnosticPrinter(sources: sources, color: color).render(diagnostics))
    }

    /// One line for each diagnostic: the place, how grave it is, and the sentence.
    public func lines(for diagnostics: [Diagnostic]) -> RedactedText {
        hide(in: diagnostics.map(\.summary).joined(separator: "\n"))
    }

    /// The diagnostics as a JSON array with one object a line, for editors and CI.
    ///
    /// Each object has `severity`, `message` and `file`; where known `line`, `column` and `length` (1-based, in Unicode
    /// scalars); and where there are any `notes`, `help` and `replacement`.
    public func json(of diagnostics: [Diagnostic]) -> RedactedText {
        hide(in: DiagnosticJSON.render(diagnostics))
    }

    /// The text without secrets.
    ///
    /// Names are left alone: in a line of YAML, what follows one may be more than its value, and the values are known.
    private func hide(in text: String) -> RedactedText { redactor.redactSecrets(in: text) }

    private static func masked(_ source: SourceText, _ places: HiddenRanges) -> SourceText {
        guard !places.isEmpty else { return source }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.bytes.count)
        places.append(source.bytes, upTo: source.bytes.count, to: &bytes) { place in
            // Lines must stay lines, or what is below them would be shown in the wrong place.
            String(decoding: source.bytes[place], as: UTF8.self).unicodeScalars.map { scalar in
                scalar == "\n" || scalar == "\r" ? UInt8(scalar.value) : UInt8(ascii: "*")
            }
        }
        return SourceText(name: source.name, bytes: bytes)
    }
}
