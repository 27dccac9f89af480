/// What a check of one run is known by when the same check of another run is looked for.
package struct CheckKey: Sendable, Hashable {
    /// Who it is and what it asks, if that is known.
    package var identity: CheckIdentity?
    /// Its name, by which it is known where the identity is not.
    package var name: String

    /// Creates a key.
    package init(identity: CheckIdentity?, name: String) {
        self.identity = identity
        self.name = name
    }
}

/// Pairs the checks of one job file in two runs.
///
/// Checks are the same that have one identity. Of several that share it, those that ask the same are the same, in their
/// order, and then the rest in their order: the number of a derived name (` (2)`) says nothing, as a check that is put in
/// before others renumbers them. A check whose identity is not known is found by its name.
package struct TwinPairing {
    /// The earlier check of each later one; `nil` for one that there was not.
    package private(set) var earlier: [Int?]
    /// The earlier checks that have no later one, in their order.
    package private(set) var rest: [Int] = []

    /// Pairs checks, each at most once.
    package init(_ earlierChecks: [CheckKey], with laterChecks: [CheckKey]) {
        earlier = [Int?](repeating: nil, count: laterChecks.count)
        var taken = [Bool](repeating: false, count: earlierChecks.count)
        pair(earlierChecks.map(\.identity), laterChecks.map(\.identity), &taken)
        pair(earlierChecks.map(\.identity?.name), laterChecks.map(\.identity?.name), &taken)
        let unknown: (CheckKey) -> String? = { $0.identity == nil ? $0.name : nil }
        pair(earlierChecks.map(\.name), laterChecks.map(unknown), &taken)
        pair(earlierChecks.map(unknown), laterChecks.map(\.name), &taken)
        rest = taken.indices.filter { !taken[$0] }
    }

    /// Pairs what is still without a partner by equal keys, in order; what has no key is left alone.
    private mutating func pair<Key: Hashable>(_ earlierKeys: [Key?], _ laterKeys: [Key?], _ taken: inout [Bool]) {
        // The earlier ones of each key that are free: the first, and for each the next.
        var first: [Key: Int] = [:]
        var next = [Int](repeating: -1, count: earlierKeys.count)
        for place in earlierKeys.indices.reversed() where !taken[place] {
            guard let key = earlierKeys[place] else { continue }
            next[place] = first.updateValue(place, forKey: key) ?? -1
        }
        guard !first.isEmpty else { return }
        for place in laterKeys.indices where earlier[place] == nil {
            guard let key = laterKeys[place], let partner = first[key], partner >= 0 else { continue }
            first[key] = next[partner]
            earlier[place] = partner
            taken[partner] = true
        }
    }
}

extension Job {
    /// What the job's checks are known by, in their order.
    package var checkKeys: [CheckKey] {
        checks.indices.map { CheckKey(identity: checks[$0].identity, name: checks[$0].name) }
    }
}
