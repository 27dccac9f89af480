import Arguments
import Checks
import Redaction
import Runner

/// Which checks of the job files take part.
struct SelectionOptions {
    var tags: TagsArgument?
    var names: [String] = []

    static var group: OptionGroup<Self> {
        let completion = CompletionSubject.names.completion
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
    /// - Parameters:
    ///   - lastFailed: The report of `--last-failed`, for the record.
    ///   - isWanted: A further condition.
    func plans(
        for jobs: [Job],
        lastFailed: String? = nil,
        where isWanted: (Job, Check) -> Bool = { _, _ in true }
    ) -> [RunPlan] {
        let selection = selection
        return jobs.map { job in
            var plan = RunPlan(job) {
                selection.selects($0)
            } where: {
                isWanted(job, $0)
            }
            plan.selection.tags = tags?.text
            plan.selection.names = names
            plan.selection.lastFailed = lastFailed
            return plan
        }
    }

    /// Says that the options select nothing that can run, and what may have been meant.
    ///
    /// - Parameters:
    ///   - plans: What they select.
    ///   - lastFailed: The report of `--last-failed`, if only what failed there was to run.
    func emptiness(of plans: [RunPlan], lastFailed: String? = nil) -> CommandFailure {
        let reason = EmptySelection(of: plans, names: names, tags: tags?.text, lastFailed: lastFailed).sentence
        return CommandFailure(.nothingToRun, "\(Redactor(secretsOf: plans.map(\.job)).redact(reason))")
    }
}
