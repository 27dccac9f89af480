import Reports
import Testing

/// Every format there is, by a name.
struct ReportFormat: CustomTestStringConvertible {
    var name: String
    var renderer: any ReportRenderer
    var testDescription: String { name }

    static let all = [
        Self(name: "junit", renderer: JUnitRenderer()),
        Self(name: "junit with files", renderer: JUnitRenderer(includesFileAttributes: true)),
        Self(name: "json", renderer: JSONRenderer()),
        Self(name: "ndjson", renderer: NDJSONRenderer()),
        Self(name: "ctrf", renderer: CTRFRenderer()),
        Self(name: "tap", renderer: TAPRenderer()),
        Self(name: "markdown", renderer: MarkdownRenderer()),
        Self(name: "annotations", renderer: AnnotationRenderer()),
        Self(name: "prometheus", renderer: PrometheusRenderer()),
        Self(name: "html", renderer: HTMLRenderer()),
        Self(name: "console", renderer: ConsoleRenderer(verbosity: .verbose)),
        Self(
            name: "ascii console",
            renderer: ConsoleRenderer(style: ConsoleStyle(usesUnicode: false), verbosity: .verbose)
        ),
    ]
}
