import ArgumentParser
import Checks
import Runner

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
}
