import ArgumentParser
import Checks
import Runner
import SourceDiagnostics

/// Which checks of the job files take part.
struct SelectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only checks whose tags fit, such as 'smoke and not (slow or flaky)'.",
            valueName: "expression"
        )
    )
    var tags: String?

    @Option(
        help: ArgumentHelp(
            "Only checks whose name fits; * stands for any characters, ? for one. May be repeated.",
            valueName: "glob"
        )
    )
    var name: [String] = []

    mutating func validate() throws {
        do {
            _ = try selection
        } catch {
            throw ValidationError("--tags: \(error.message) (column \(error.column) of \"\(tags ?? "")\").")
        }
    }

    /// What the options select.
    var selection: CheckSelection {
        get throws(TagExpressionError) {
            var expression: TagExpression?
            if let tags { expression = try TagExpression(tags) }
            return CheckSelection(tags: expression, names: name.map(NameGlob.init))
        }
    }

    /// The plans of the jobs: the checks that are selected.
    ///
    /// - Parameter isWanted: A further condition.
    func plans(for jobs: [Job], where isWanted: (Job, Check) -> Bool = { _, _ in true }) throws -> [RunPlan] {
        let selection = try selection
        return jobs.map { job in RunPlan(job) { selection.selects($0) && isWanted(job, $0) } }
    }

    /// Says that the options select nothing that can run, and what may have been meant.
    ///
    /// - Parameters:
    ///   - plans: What they select.
    ///   - lastFailed: The report of `--last-failed`, if only what failed there was to run.
    func emptiness(of plans: [RunPlan], lastFailed: String? = nil) -> CommandFailure {
        let skipped = plans.reduce(0) { $0 + $1.entries.count }
        guard skipped == 0 else {
            let checks = skipped == 1 ? "the only selected check is" : "all \(skipped) selected checks are"
            return CommandFailure(.nothingToRun, "Nothing to run: \(checks) skipped.")
        }
        let checks = plans.flatMap(\.job.checks)
        var filters = name.map { "--name '\($0)'" }
        if let tags { filters.append("--tags '\(tags)'") }
        if let lastFailed { filters.append("--last-failed \(lastFailed)") }
        var message = "No check is selected"
        if !filters.isEmpty { message += " by \(filters.joined(separator: " and "))" }
        message += "."
        let names = checks.map(\.name)
        let unknown = name.filter { glob in !names.contains(where: NameGlob(glob).matches) }
        if let near = unknown.lazy.compactMap({ Self.near($0, among: names) }).first {
            message += " Did you mean --name '\(near)'?"
        } else if tags != nil {
            let known = Set(checks.flatMap(\.tags)).sorted()
            let shown = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? " and others" : "")
            message += known.isEmpty ? " No check has a tag." : " The tags are \(shown)."
        }
        return CommandFailure(.nothingToRun, message)
    }

    /// A glob that takes a check, near one that takes none.
    private static func near(_ glob: String, among names: [String]) -> String? {
        if let name = closestMatch(to: glob, among: names) { return name }
        let part = glob.lowercased().filter { $0 != "*" && $0 != "?" }
        guard !part.isEmpty, names.contains(where: { $0.lowercased().contains(part) }) else { return nil }
        let wider = "*\(glob.filter { $0 != "*" && $0 != "?" })*"
        return names.contains { NameGlob(wider).matches($0) } ? wider : names.first { $0.lowercased().contains(part) }
    }
}
