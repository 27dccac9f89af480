import ArgumentParser
import Reports

/// Which reports are written, and where to.
struct ReportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write JUnit XML; - is standard output.", valueName: "file"))
    var reportJunit: String?

    @Option(help: ArgumentHelp("Write JSON; - is standard output.", valueName: "file"))
    var reportJson: String?
}
