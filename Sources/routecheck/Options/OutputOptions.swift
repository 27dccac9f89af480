import ArgumentParser
import Glibc
import Reports

/// What the console shows, and how.
struct OutputOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Show failures and the verdict only.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Show every check, and the evidence of what failed.")
    var verbose = false

    @Option(help: ColorChoice.help)
    var color = ColorChoice.auto

    mutating func validate() throws {
        if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
    }

    /// How much is said.
    var verbosity: ConsoleVerbosity { quiet ? .quiet : verbose ? .verbose : .normal }

    /// How a terminal is written to.
    func style(on terminal: Terminal) -> ConsoleStyle {
        ConsoleStyle(usesColor: color.isUsed(on: terminal), usesUnicode: Terminal.usesUnicode)
    }
}

/// Whether to use colours.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    /// On a terminal that has them, unless the environment says otherwise.
    case auto
    /// Whatever the output is.
    case always
    /// Not at all.
    case never

    static let help: ArgumentHelp = "Whether to use colours; auto does on a terminal, unless NO_COLOR is set."

    /// Whether a terminal gets colours.
    func isUsed(on terminal: Terminal) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: terminal.usesColor
        }
    }
}
