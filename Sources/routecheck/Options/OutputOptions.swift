import Arguments
import Reports

/// What the console shows, and how.
struct OutputOptions {
    var isQuiet = false
    var isVerbose = false
    var color = ColorChoice.auto

    static var group: OptionGroup<Self> {
        OptionGroup(
            "Output",
            [
                .flag("quiet", short: "q", "Show failures and the verdict only.") { $0.isQuiet = true },
                .flag("verbose", short: "v", "Show every check, and the evidence of what failed.") {
                    $0.isVerbose = true
                },
                ColorChoice.option { $0.color = $1 },
            ]
        )
    }

    /// Refuses what contradicts itself.
    func check() throws(UsageProblem) {
        if isQuiet, isVerbose { throw UsageProblem("--quiet and --verbose exclude each other") }
    }

    /// How much is said.
    var verbosity: ConsoleVerbosity { isQuiet ? .quiet : isVerbose ? .verbose : .normal }

    /// What the options come to, beside reports of which one may take standard output.
    func settings(besides reports: ReportSettings) -> ConsoleSettings {
        let terminal = Terminal(reports.usesStandardOutput ? .standardError : .standardOutput)
        return ConsoleSettings(
            terminal: terminal,
            renderer: ConsoleRenderer(style: style(on: terminal), verbosity: verbosity)
        )
    }

    /// How a terminal is written to.
    func style(on terminal: Terminal) -> ConsoleStyle {
        ConsoleStyle(usesColor: color.isUsed(on: terminal), usesUnicode: Terminal.usesUnicode)
    }
}

/// Whether to use colours.
enum ColorChoice: String, CaseIterable {
    /// On a terminal that has them, unless the environment says otherwise.
    case auto
    /// Whatever the output is.
    case always
    /// Not at all.
    case never

    static func option<Values>(_ change: @escaping @Sendable (inout Values, Self) -> Void) -> Option<Values> {
        let summary = "When to use colours; auto uses them on a terminal, unless NO_COLOR is set."
        return .value("color", .choice("when"), default: "auto", summary, change: change)
    }

    /// Whether a terminal gets colours.
    func isUsed(on terminal: Terminal) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: terminal.usesColor
        }
    }
}
