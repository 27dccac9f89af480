import Checks
import SourceDiagnostics
import Text

extension RunPlan {
    /// The line that says how many checks `only: true` hides, if it hides some.
    package var onlyHint: String? {
        guard let only = job.checks.first(where: \.only) else { return nil }
        let hidden = Set(entries.filter { $0.skipReason == RunPlan.hiddenByOnly }.map(\.check)).count
        guard hidden > 0 else { return nil }
        return "note: \(job.file):\(only.position.line): \"only: true\" hides \(hidden.counting("check"))"
    }
}

/// Why a selection holds nothing that can run, and what may have been meant.
package struct EmptySelection {
    private let plans: [RunPlan]
    private let names: [String]
    private let tags: String?
    private let lastFailed: String?

    /// Looks into plans in which there is nothing to run.
    ///
    /// - Parameters:
    ///   - plans: What was selected.
    ///   - names: The patterns for names, as they were written.
    ///   - tags: The condition on tags, as it was written.
    ///   - lastFailed: The report of `--last-failed`, if only what failed there was to run.
    package init(of plans: [RunPlan], names: [String], tags: String?, lastFailed: String?) {
        self.plans = plans
        self.names = names
        self.tags = tags
        self.lastFailed = lastFailed
    }

    /// The reason in one line, with names and tags of checks as they are.
    package var sentence: String {
        let skipped = plans.reduce(0) { $0 + $1.entries.count }
        guard skipped == 0 else {
            let hidden = plans.reduce(0) { $0 + $1.entries.count { $0.skipReason == RunPlan.hiddenByOnly } }
            if lastFailed != nil, hidden == skipped {
                return "Nothing to run: "
                    + (hidden == 1
                        ? "the only check that has not passed is hidden by \"only: true\"."
                        : "all \(hidden.counting("check")) that have not passed are hidden by \"only: true\".")
            }
            return "Nothing to run: "
                + (skipped == 1
                    ? "the only selected check is skipped." : "all \(skipped.counting("selected check")) are skipped.")
        }
        let filters =
            names.map { "--name '\($0)'" } + (tags.map { ["--tags '\($0)'"] } ?? [])
            + (lastFailed.map { ["--last-failed \($0)"] } ?? [])
        let reason = filters.isEmpty ? "" : " by \(filters.joined(separator: " and "))"
        return VisibleText.line("No check is selected\(reason).\(suggestion)")
    }

    private var suggestion: String {
        let checks = plans.flatMap(\.job.checks)
        let known = checks.map(\.name)
        let unknown = names.filter { glob in !known.contains(where: NameGlob(glob).matches) }
        if let near = unknown.lazy.compactMap({ Self.near($0, among: known) }).first {
            return " Did you mean --name '\(near)'?"
        }
        guard tags != nil else { return "" }
        let tags = Set(checks.flatMap(\.tags)).sorted()
        let shown = tags.prefix(20).joined(separator: ", ") + (tags.count > 20 ? " and others" : "")
        return tags.isEmpty ? " No check has a tag." : " The tags are \(shown)."
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
