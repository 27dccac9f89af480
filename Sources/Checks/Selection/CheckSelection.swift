/// Which checks of a job a run is about, as `--tags` and `--name` say it.
public struct CheckSelection: Sendable, Hashable {
    /// The condition on the tags; `nil` selects all.
    public var tags: TagExpression?
    /// The patterns for the name, of which one must fit; none selects all.
    public var names: [NameGlob]

    /// Creates a selection, by default of every check.
    public init(tags: TagExpression? = nil, names: [NameGlob] = []) {
        self.tags = tags
        self.names = names
    }

    /// Whether a check is selected.
    public func selects(_ check: Check) -> Bool {
        (tags?.matches(check.tags) ?? true) && (names.isEmpty || names.contains { $0.matches(check.name) })
    }
}
