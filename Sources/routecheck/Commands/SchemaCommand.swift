import Arguments
import JobFile
import Reports

/// `routecheck schema`.
struct SchemaCommand: ExecutableCommand {
    /// What there is a schema of.
    enum Subject: String, CaseIterable {
        /// The job file.
        case job
        /// The JSON report.
        case report
    }

    var subject = Subject.job

    static let command = command("schema", "Print the JSON Schema of job files or of the JSON report.") {
        CommandTable(
            Self(),
            operands: [.required(.choice("subject"), "What the schema describes.") { $0.subject = $1 }]
        ) { $0 }
    }

    func run() async throws {
        let text =
            switch subject {
            case .job: JobSchema.text
            case .report: ReportSchema.text
            }
        try Terminal(.standardOutput).writeResult(rendered: text.hasSuffix("\n") ? text : text + "\n")
    }
}
