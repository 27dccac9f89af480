import FoundationEssentials
import Reports
import Testing

/// Each format of the golden run, compared whole with its file in `Fixtures`.
///
/// After a wanted change, run the tests once with `ROUTECHECK_WRITE_FIXTURES=1` and look at what git shows as changed.
struct GoldenReportTests {
    struct Format: CustomTestStringConvertible {
        var file: String
        var renderer: any ReportRenderer
        var testDescription: String { file }
    }

    static let formats =
        ReportFormat.all.map { format in
            var options = ReportFormat.Options()
            // The page is the one that has all sections; Markdown without a baseline is the usual one.
            if format.name == ReportFormat.html.name {
                options.comparison = RunComparison(baseline: GoldenRun.baseline, current: GoldenRun.report)
            }
            return Format(file: "report.\(format.fileExtension)", renderer: format.renderer(options))
        } + [
            Format(file: "report-with-files.xml", renderer: JUnitRenderer(includesFileAttributes: true)),
            Format(file: "annotations.txt", renderer: AnnotationRenderer()),
            Format(file: "console.txt", renderer: ConsoleRenderer()),
            Format(file: "console-quiet.txt", renderer: ConsoleRenderer(verbosity: .quiet)),
            Format(
                file: "console-verbose-color.txt",
                renderer: ConsoleRenderer(style: ConsoleStyle(usesColor: true), verbosity: .verbose)
            ),
            Format(file: "console-ascii.txt", renderer: ConsoleRenderer(style: ConsoleStyle(usesUnicode: false))),
        ]

    @Test(arguments: formats)
    func rendersTheGoldenRunAsItsFixture(format: Format) throws {
        let bytes = format.renderer.bytes(for: GoldenRun.report)
        let file = Self.fixture(format.file)
        if ProcessInfo.processInfo.environment["ROUTECHECK_WRITE_FIXTURES"] != nil {
            try Data(bytes).write(to: file)
        }
        let expected = try Data(contentsOf: file)
        #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
    }

    static func fixture(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    }
}
