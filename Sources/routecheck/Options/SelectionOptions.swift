import Arguments
import Checks
import Redaction
import Runner
import SourceDiagnostics
import Text

/// Which checks of the job files take part.
struct SelectionOptions {
    var tags: TagsArgument?
    var names: [String] = []

    static var group: OptionGroup<Self> {
        let completion = CompleteCommand.completion(.names)
        return OptionGroup(
            "Selection",
            [
                .value("tags", .tags, "Run only checks whose tags match, e.g. 'smoke and not (slow or flaky)'.") {
                    $0.tags = $1
                },
                .values(
                    "name",
                    .text("glob", completion: completion),
                    "Run only checks whose name matches; * matches any characters, ? one. May be repeated."
                ) { $0.names.append($1) },
            ]
        )
    }

    /// What the options select.
    private var selection: CheckSelection {
        CheckSelection(tags: tags?.expression, names: names.map(NameGlob.init))
    }

    /// The plans of the jobs: the checks that are selected.
    ///
    /// - Parameter isWanted: A further condition.
    func plans(for jobs: [Job], where isWanted: (Job, Check) -> Bool = { _, _ in true }) -> [RunPlan] {
        let selection = selection
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
            let checks: Message = skipped == 1 ? "the only selected check is" : "all \(skipped) selected checks are"
            return CommandFailure(.nothingToRun, "Nothing to run: \(checks) skipped.")
        }
        let checks = plans.flatMap(\.job.checks)
        var filters = names.map { "--name '\($0)'" }
        if let tags { filters.append("--tags '\(tags.text)'") }
        if let lastFailed { filters.append("--last-failed \(lastFailed)") }
        var message = "No check is selected"
        if !filters.isEmpty { message += " by \(filters.joined(separator: " and "))" }
        message += "."
        let known = checks.map(\.name)
        let unknown = names.filter { glob in !known.contains(where: NameGlob(glob).matches) }
        if let near = unknown.lazy.compactMap({ Self.near($0, among: known) }).first {
            message += " Did you mean --name '\(near)'?"
        } else if tags != nil {
            let known = Set(checks.flatMap(\.tags)).sorted()
            let shown = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? " and others" : "")
            message += known.isEmpty ? " No check has a tag." : " The tags are \(shown)."
        }
        let redacted = Redactor(secretsOf: plans.map(\.job)).redact(VisibleText.line(message))
        return CommandFailure(.nothingToRun, "\(redacted)")
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
