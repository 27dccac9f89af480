import Arguments
import Checks
import Redaction
import Reports
import Text

/// Answers a shell that completes the value of an option, and a script that wants all of its values.
///
/// A person in the middle of a line is not told of errors: what cannot be read offers nothing.
struct CompleteCommand: ExecutableCommand {
    var subject = CompletionSubject.names
    var words: [String] = []

    static let command = command(CompletionSubject.command, "Print what the value of an option can be.", isHidden: true)
    {
        CommandTable(
            Self(),
            operands: [
                .required(.choice("subject"), "What to print.") { $0.subject = $1 },
                .rest(.text("word"), "The line so far, after --, from its command on.") { $0.words.append($1) },
            ]
        ) { $0 }
    }

    func run() async throws {
        let terminal = Terminal(.standardOutput)
        if subject == .formats {
            try terminal.writeResult(rendered: ReportFormat.all.map { "\($0.name) \($0.fileExtension)\n" }.joined())
            return
        }
        guard let command = Routecheck.program.partialAction(words) as? any JobReadingCommand else { return }
        let jobs = command.jobs.readable()
        var offers: [String] = []
        var seen: Set<String> = []
        for check in jobs.flatMap(\.checks) {
            let texts = subject == .names ? [check.name] : check.tags
            // A line is an offer, so that only a text can be one that can be written as it is.
            offers += texts.filter { VisibleText.line($0) == $0 && seen.insert($0).inserted }
        }
        let redactor = Redactor(secretsOf: jobs)
        try terminal.writeResult(Message(offers.map { "\(redactor.redact($0))\n" }, joinedBy: ""))
    }
}
