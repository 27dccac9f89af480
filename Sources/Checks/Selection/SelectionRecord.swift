/// What the checks of a report were selected by, so that whoever compares reports does not take what was left out for
/// gone.
///
/// The shard is not part of it: it divides what was selected.
public struct SelectionRecord: Sendable, Hashable {
    /// The condition on tags of `--tags`, as it was written.
    public var tags: String?
    /// The patterns of `--name`, as they were written; of several one must fit.
    public var names: [String]
    /// The report of `--last-failed`, whose passed checks were left out.
    public var lastFailed: String?
    /// Whether every check that was selected otherwise has passed in that report, as its run has: then none was left to run,
    /// and that is no failure.
    public var nothingFailed: Bool
    /// Whether checks marked `only` kept others from running; these are in the report, as skipped.
    public var only: Bool

    /// Creates a record, by default of a selection of all checks.
    public init(
        tags: String? = nil,
        names: [String] = [],
        lastFailed: String? = nil,
        nothingFailed: Bool = false,
        only: Bool = false
    ) {
        self.tags = tags
        self.names = names
        self.lastFailed = lastFailed
        self.nothingFailed = nothingFailed
        self.only = only
    }

    /// Whether nothing was selected or hidden.
    public var isEverything: Bool { self == Self() }

    /// Whether checks are left out, of which a report then says nothing.
    package var leavesChecksOut: Bool { tags != nil || !names.isEmpty || lastFailed != nil }

    /// Whether the selection leaves out a check, by all that a report tells of it.
    ///
    /// - Returns: `nil` where that cannot be told: what passed in another report is not known here, and a text in which a
    ///   secret was hidden fits no pattern.
    package func leavesOut(_ result: CheckResult, hiding mark: String) -> Bool? {
        if let tags {
            guard !tags.contains(mark), !result.tags.contains(where: { $0.contains(mark) }),
                let expression = try? TagExpression(tags)
            else { return nil }
            if !expression.matches(result.tags) { return true }
        }
        if !names.isEmpty {
            guard !result.name.contains(mark), !names.contains(where: { $0.contains(mark) }) else { return nil }
            if !names.contains(where: { NameGlob($0).matches(result.name) }) { return true }
        }
        return lastFailed == nil ? false : nil
    }
}
