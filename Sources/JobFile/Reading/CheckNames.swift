internal import Checks
internal import HTTPVocabulary
internal import YAMLTree

/// Sees to it that every check of a file has a name of its own.
struct CheckNames {
    private var explicit: [String: YAMLNode] = [:]
    private var derived: [Int] = []

    /// - Parameter count: How many checks there are before rows are expanded.
    init(count: Int) {
        explicit.reserveCapacity(count)
    }

    /// Takes a name that the job file gives; answers who has it already.
    mutating func claim(_ name: String, at node: YAMLNode) -> YAMLNode? {
        guard let first = explicit.updateValue(node, forKey: name) else { return nil }
        explicit[name] = first
        return first
    }

    /// Remembers that the check at an index has a derived name.
    mutating func derive(_ index: Int) { derived.append(index) }

    /// Numbers derived names that are taken, once all names of the file are known: ` (2)`, ` (3)` and so on.
    func finish(_ checks: inout [Check]) {
        guard !derived.isEmpty else { return }
        var taken: Set<String> = Set(explicit.keys)
        taken.reserveCapacity(taken.count + derived.count)
        var next: [String: Int] = [:]
        for index in derived where !taken.insert(checks[index].name).inserted {
            let name = checks[index].name
            var number = next[name] ?? 2
            while !taken.insert("\(name) (\(number))").inserted { number += 1 }
            checks[index].name = "\(name) (\(number))"
            next[name] = number + 1
        }
    }

    /// `GET route/path`, and the row in brackets.
    static func derived(_ check: Check, row: [RowBinding]) -> String {
        var name = check.method.rawValue
        name.reserveCapacity(name.utf8.count + check.route.utf8.count + check.path.utf8.count + 2)
        name += " "
        name += check.route
        if !check.path.isEmpty {
            name += "/"
            name += check.path
        }
        if !row.isEmpty { name += " [\(row.map { "\($0.name)=\($0.label)" }.joined(separator: ", "))]" }
        return name
    }
}
