internal import Text

/// One problem of a text file: what is wrong, where, and what to do about it.
///
/// A diagnostic is a value: parsers collect them, tests compare them, and a renderer decides last how they look.
/// `DiagnosticMask` draws them for people and writes them for editors and CI, without the secrets that a message or a line
/// of the file may have. Message and help are apart because the one says what is so and the other what to do, and a
/// renderer may want only the first.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
    /// How grave a problem is.
    public enum Severity: String, Hashable, Sendable {
        /// The file cannot be used.
        case error
        /// The file can be used, but probably does not do what was meant.
        case warning
    }

    /// A further place that helps to understand a problem, such as the first of two equal keys.
    public struct Note: Hashable, Sendable {
        /// What the place has to do with the problem.
        public var message: String
        /// The file's name as the user gave it.
        public var file: String
        /// The place, or `nil` for the file as a whole.
        public var position: SourcePosition?
        /// How many Unicode scalars of the line to underline, at least 1.
        public var length: Int

        /// Makes a note.
        public init(_ message: String, file: String, position: SourcePosition?, length: Int = 1) {
            self.message = message
            self.file = file
            self.position = position
            self.length = max(1, length)
        }
    }

    /// How grave the problem is.
    public var severity: Severity
    /// The problem in one sentence without its final full stop.
    public var message: String
    /// The file's name as the user gave it.
    public var file: String
    /// Where the problem is, or `nil` for the file as a whole.
    public var position: SourcePosition?
    /// How many Unicode scalars of the line to underline, at least 1.
    public var length: Int
    /// Related places, in the order in which they are shown.
    public var notes: [Note]
    /// What to do about the problem, where that is not plain from the message.
    public var help: String?
    /// The text that would repair the underlined spot, for editors.
    public var replacement: String?

    /// Makes a diagnostic.
    public init(
        _ severity: Severity,
        _ message: String,
        file: String,
        position: SourcePosition?,
        length: Int = 1,
        notes: [Note] = [],
        help: String? = nil,
        replacement: String? = nil
    ) {
        self.severity = severity
        self.message = message
        self.file = file
        self.position = position
        self.length = max(1, length)
        self.notes = notes
        self.help = help
        self.replacement = replacement
    }

    /// The one-line form, `file:line:column: error: message`, with control characters made visible.
    public var summary: String {
        "\(placeText(file: file, position: position)): \(severity.rawValue): \(VisibleText.line(message))"
    }

    /// The one-line form.
    public var description: String { summary }
}

/// `file:line:column`, or the file's name alone.
func placeText(file: String, position: SourcePosition?) -> String {
    let name = VisibleText.line(file)
    guard let position else { return name }
    return "\(name):\(position.line):\(position.column)"
}
