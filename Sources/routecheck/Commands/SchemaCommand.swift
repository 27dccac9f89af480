import ArgumentParser
import JobFile
import Reports

struct SchemaCommand: ParsableCommand {
    /// What there is a schema of.
    enum Subject: String, ExpressibleByArgument, CaseIterable {
        /// The job file.
        case job
        /// The JSON report.
        case report
    }

    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of job files or of the JSON report."
    )

    @Argument(help: "What the schema is of.")
    var subject: Subject

    func run() throws {
        let text =
            switch subject {
            case .job: JobSchema.text
            case .report: ReportSchema.text
            }
        try Terminal(.standardOutput).writeResult(text.hasSuffix("\n") ? text : text + "\n")
    }
}
