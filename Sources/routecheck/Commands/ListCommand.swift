import ArgumentParser
import Reports
import Runner

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the checks that a run would take, after expansion and selection."
    )

    @OptionGroup var jobs: JobOptions
    @OptionGroup var selection: SelectionOptions

    @Flag(help: "Print JSON, one object a line, instead of a table.")
    var json = false

    func run() throws {
        let jobs = try jobs.load(requiresServer: false)
        let plans = try selection.plans(for: jobs)
        let redactor = Redactor(jobs)
        let terminal = Terminal(.standardOutput)
        let style = ConsoleStyle(usesColor: false, usesUnicode: Terminal.usesUnicode)
        for plan in plans {
            let listing = PlanListing(plan)
            try terminal.writeResult(redactor.redact(json ? listing.jsonLines : listing.table(style: style)))
        }
        guard plans.contains(where: { !$0.isEmpty }) else { throw selection.emptiness(of: plans) }
    }
}
