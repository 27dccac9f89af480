import Reports
import Testing

/// A way to write a run, by a name: every format, and what is written nowhere but to a terminal or to GitHub.
struct RenderedFormat: CustomTestStringConvertible {
    var name: String
    var renderer: any ReportRenderer
    /// Whether it keeps texts of any length whole.
    var isComplete = false
    var testDescription: String { name }

    static let all =
        ReportFormat.all.map { Self(name: $0.name, renderer: $0.renderer(), isComplete: $0.isReadBack) } + [
            Self(name: "junit with files", renderer: JUnitRenderer(includesFileAttributes: true)),
            Self(name: "annotations", renderer: AnnotationRenderer()),
            Self(name: "console", renderer: ConsoleRenderer(verbosity: .verbose)),
            Self(
                name: "ascii console",
                renderer: ConsoleRenderer(style: ConsoleStyle(usesUnicode: false), verbosity: .verbose)
            ),
        ]
}
