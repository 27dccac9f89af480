/// How a terminal, or whatever stands in for one, is written to.
public struct ConsoleStyle: Sendable, Hashable {
    /// Whether colours and weights may be used.
    public var usesColor: Bool
    /// Whether characters beyond ASCII may be used; otherwise those in names and answers are shown by their numbers.
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
