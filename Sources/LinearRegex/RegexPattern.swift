/// A regular expression whose matching time grows linearly with the text, whatever the pattern.
///
/// Patterns run on a simulated automaton, never by backtracking. The price is that back-references and look-around
/// do not exist. Text is compared by Unicode scalar; UTF-8 that is not valid reads as U+FFFD.
///
/// A pattern goes through four rooms. Parsing turns its source into a syntax that is the same for both dialects, with
/// sets of Scalars in it. Programs compiles that to instructions, once, and finds what every match must start with.
/// Running follows the instructions over a text: `ThreadMachine` where the text is short or the place of the match
/// matters, `LazyAutomaton` where the text is so long that setting it up pays. The pattern itself never changes, so any
/// number of tasks may match with it at once.
public struct RegexPattern: Sendable, Hashable, CustomStringConvertible {
    /// The syntax that a pattern is written in.
    public enum Dialect: Sendable, Hashable {
        /// I-Regexp as RFC 9485 defines it: the syntax that JSONPath's `match` and `search` take.
        case iRegexp

        /// The common syntax of search tools.
        ///
        /// `^ $ \A \z \b \B \d \w \s`, classes with ranges, negation and POSIX names, `\p{Lu}`, groups of every
        /// naming, counted and lazy repetition, and the flags `i`, `m` and `s`. `\d`, `\w`, `\s` and `\b` are about
        /// ASCII, `.` leaves out the line feed, and `$` is the very end of the text unless `(?m)` is on.
        case search
    }

    /// The pattern as it was written.
    public let source: String

    /// The syntax that `source` is written in.
    public let dialect: Dialect

    /// Where an I-Regexp has a `^` or `$` that stands for itself, counted in Unicode scalars from 0.
    ///
    /// RFC 9485 has no anchors, and their authors mostly mean some.
    package let literalAnchors: [Int]

    let program: RegexProgram

    /// How many instructions the pattern compiled to.
    package var size: Int { program.instructions.count }

    /// The pattern as it was written.
    public var description: String { source }

    /// Compiles a pattern.
    ///
    /// - Throws: `RegexError` when the pattern breaks the dialect's grammar, uses something the dialect does not have,
    ///   or compiles to more than `maximumProgramSize` instructions.
    public init(_ source: String, dialect: Dialect = .search) throws(RegexError) {
        self.source = source
        self.dialect = dialect
        let scalars = Array(source.unicodeScalars)
        let syntax: RegexSyntax
        switch dialect {
        case .iRegexp:
            var parser = IRegexpParser(scalars: scalars)
            syntax = try parser.parse()
            literalAnchors = parser.anchors
        case .search:
            var parser = SearchRegexParser(scalars: scalars)
            syntax = try parser.parse()
            literalAnchors = []
        }
        program = try RegexCompiler.compile(syntax)
    }

    /// Whether two patterns have the same source and dialect.
    public static func == (left: RegexPattern, right: RegexPattern) -> Bool {
        left.dialect == right.dialect && left.source.utf8.elementsEqual(right.source.utf8)
    }

    /// Hashes the source and the dialect.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(dialect)
        for byte in source.utf8 { hasher.combine(byte) }
    }
}
