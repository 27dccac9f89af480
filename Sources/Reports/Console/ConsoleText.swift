import Checks
import Text

/// How a terminal, or whatever stands in for one, is written to.
public struct ConsoleStyle: Sendable, Hashable {
    /// Whether colours and weights may be used.
    public var usesColor: Bool
    /// Whether the console's own marks may be beyond ASCII, such as ✓.
    ///
    /// Text is shown as it is in any case: cron and slim images have no locale, and whoever reads their output reads UTF-8.
    public var usesUnicode: Bool

    /// How many columns there are, so that tables fit; `nil` where lines may be of any length.
    public var columns: Int?

    /// Creates a style; a plain one unless told otherwise.
    public init(usesColor: Bool = false, usesUnicode: Bool = true) {
        self.usesColor = usesColor
        self.usesUnicode = usesUnicode
    }
}

/// How much a console says.
public enum ConsoleVerbosity: Sendable, Hashable, CaseIterable {
    /// Failures and the verdict.
    case quiet
    /// Failures, what is out of the ordinary, and a summary with a table of the routes.
    case normal
    /// Every check, and the evidence of what failed.
    case verbose
}

/// A colour or weight of text on a terminal.
enum ConsoleInk {
    case plain, good, bad, doubtful, quiet, strong

    /// The escape sequence that starts it; ECMA-48, Select Graphic Rendition.
    var sequence: StaticString {
        switch self {
        case .plain: ""
        case .good: "\u{1B}[32m"
        case .bad: "\u{1B}[1;31m"
        case .doubtful: "\u{1B}[33m"
        case .quiet: "\u{1B}[2m"
        case .strong: "\u{1B}[1m"
        }
    }
}

/// Text for a terminal: whatever is put in is shown and never obeyed.
struct ConsoleText {
    let style: ConsoleStyle
    private(set) var buffer = ReportBuffer()

    /// The longest line shown, in bytes; what is longer is cut and says so.
    static let lineLimit = 2_000
    /// The most lines shown of one text.
    static let lineCountLimit = 40

    init(_ style: ConsoleStyle) {
        self.style = style
    }

    var text: String { buffer.text }

    /// Appends one line's worth of text from anywhere.
    mutating func append(_ text: String, _ ink: ConsoleInk = .plain) {
        let colors = style.usesColor && ink != .plain
        if colors { buffer.append(ink.sequence) }
        buffer.append(text.bounded(to: Self.lineLimit), as: .line)
        if colors { buffer.append("\u{1B}[0m") }
    }

    /// Appends warnings, a line each.
    mutating func append(warnings: [String]) {
        for warning in warnings {
            append("warning: ", .doubtful)
            append(warning)
            endLine()
        }
    }

    /// Appends text whose line feeds are kept, every line indented.
    mutating func append(block text: String, indent: Int, _ ink: ConsoleInk = .plain) {
        var shown = 0
        for line in text.lines {
            guard shown < Self.lineCountLimit else {
                buffer.append(spaces: indent)
                append(style.usesUnicode ? "…" : "...", ink)
                endLine()
                return
            }
            if !line.isEmpty {
                buffer.append(spaces: indent)
                append(line, ink)
            }
            endLine()
            shown += 1
        }
    }

    mutating func append(spaces count: Int) {
        buffer.append(spaces: count)
    }

    mutating func endLine() {
        buffer.append("\n")
    }

    /// Hands what is full to the sink, or everything.
    mutating func drain<Sink: ReportSink>(into sink: inout Sink, all: Bool = false) throws(Sink.Failure) {
        if all { try buffer.flush(into: &sink) } else { try buffer.drain(into: &sink) }
    }
}

/// The sign in front of a result's line.
struct ConsoleMark {
    let symbol: String
    let word: String
    let ink: ConsoleInk

    init(_ result: CheckResult) {
        switch result.standing {
        case .passed: self.init("✓", "ok", .good)
        case .flaky: self.init("↻", "flaky", .doubtful)
        case .allowedFailure: self.init("~", "allowed", .doubtful)
        case .failed: self.init("✗", "FAIL", .bad)
        case .error: self.init("!", "ERROR", .bad)
        case .skipped: self.init("-", "skip", .quiet)
        case .notRun: self.init("·", "not run", .quiet)
        }
    }

    private init(_ symbol: String, _ word: String, _ ink: ConsoleInk) {
        (self.symbol, self.word, self.ink) = (symbol, word, ink)
    }
}

/// How many columns text takes on a terminal.
enum TerminalWidth {
    /// The columns of a text on one line; what ``Escaping/line`` shows by its number counts as what is shown.
    static func of(_ text: String) -> Int {
        let commands = LogCommand.places(in: text, .anywhere).count
        return text.unicodeScalars.reduce(0) { $0 + of($1) } + commands * (numbered("#") - 1)
    }

    /// The text if it fits, its beginning and the mark otherwise.
    static func cut(_ text: String, to width: Int, mark: String) -> String {
        guard of(text) > width else { return text }
        let commands = LogCommand.places(in: text, .anywhere)
        var kept = String.UnicodeScalarView()
        var used = of(mark)
        var offset = 0
        for scalar in text.unicodeScalars {
            used += commands.contains(offset) ? numbered(scalar) : of(scalar)
            offset += UTF8.width(scalar)
            guard used <= width else { break }
            kept.append(scalar)
        }
        return String(kept) + mark
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value == 0x0A || scalar.value == 0x0D { return 2 }
        if scalar.value == 0x09 { return 4 }
        if scalar.value < 0x20 || scalar.value == 0x7F || VisibleText.isTreacherous(scalar) {
            return numbered(scalar)
        }
        return DisplayWidth.of(scalar)
    }

    /// The columns of a scalar that is shown by its number.
    private static func numbered(_ scalar: Unicode.Scalar) -> Int {
        4 + String(scalar.value, radix: 16).utf8.count
    }
}
