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
        let plans = try selection.plans(for: jobs.load(requiresServer: false))
        let terminal = Terminal(.standardOutput)
        let style = ConsoleStyle(usesColor: terminal.usesColor, usesUnicode: Terminal.usesUnicode)
        for plan in plans {
            let listing = PlanListing(plan)
            terminal.write(json ? listing.jsonLines : listing.table(style: style))
        }
        guard plans.contains(where: { !$0.isEmpty }) else {
            throw CommandFailure(.nothingToRun, "No check is selected.")
        }
    }
}
