import Arguments
import Checks
import Redaction
import Reports
import Runner

/// `routecheck list`.
struct ListCommand: JobReadingCommand {
    var jobs = JobOptions()
    var selection = SelectionOptions()
    var printsJSON = false

    static let command = command("list", "List the checks that a run would take, after expansion and selection.") {
        CommandTable(
            Self(),
            operands: [JobOptions.operand.at(\.jobs)],
            options: [
                JobOptions.group.at(\.jobs),
                SelectionOptions.group.at(\.selection),
                OptionGroup(
                    "Output",
                    [
                        .flag("json", "Print JSON, one object per line, instead of a table.") { $0.printsJSON = true }
                    ]
                ),
            ]
        ) { $0 }
    }

    func check() throws(UsageProblem) {
        try jobs.check()
    }

    func run() async throws {
        let jobs = try jobs.load(requiresServer: false)
        let plans = selection.plans(for: jobs)
        let redactor = Redactor(secretsOf: jobs)
        let terminal = Terminal(.standardOutput)
        let style = ConsoleStyle(usesColor: false, usesUnicode: Terminal.usesUnicode)
        for plan in plans {
            let listing = PlanListing(plan, by: redactor)
            try terminal.writeResult(rendered: printsJSON ? listing.jsonLines : listing.table(style: style))
        }
        guard plans.contains(where: { !$0.isEmpty }) else { throw selection.emptiness(of: plans) }
    }
}

extension PlanListing {
    /// The listing of a plan.
    fileprivate init(_ plan: RunPlan, by redactor: Redactor) {
        self.init(
            file: redactor.redact(plan.job.file),
            rows: plan.entries.map { entry in
                Row(
                    check: redactor.redact(plan.job.checks[entry.check]),
                    skipReason: entry.skipReason.map { redactor.redact($0) }
                )
            }
        )
    }
}
