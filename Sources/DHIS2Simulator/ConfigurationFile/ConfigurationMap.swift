/// A map of the configuration file, read key by key, with errors that say where they are.
struct ConfigurationMap {
    let path: String
    private let members: [String: JSONTree]

    /// - Throws: When the value is no map, or has a key that is not among those known.
    init(_ tree: JSONTree, path: String, keys: [String]) throws(SimulatorConfigurationError) {
        self.path = path
        guard case .object(let members) = tree else {
            throw SimulatorConfigurationError(path: path, message: "expected a map, found \(tree.kind)")
        }
        self.members = members
        let unknown = members.keys.filter { !keys.contains($0) }.sorted()
        if let first = unknown.first {
            let known = keys.sorted().joined(separator: ", ")
            throw SimulatorConfigurationError(path: path, message: "unknown key \"\(first)\"; known are \(known)")
        }
    }

    func has(_ key: String) -> Bool { members[key] != nil }

    func problem(_ key: String, _ message: String) -> SimulatorConfigurationError {
        SimulatorConfigurationError(path: pathOf(key), message: message)
    }

    func tree(_ key: String) -> JSONTree? { members[key] }

    func pathOf(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

    private func mismatch(_ key: String, _ expected: String, _ found: JSONTree) -> SimulatorConfigurationError {
        problem(key, "expected \(expected), found \(found.kind)")
    }

    func string(_ key: String) throws(SimulatorConfigurationError) -> String? {
        guard let value = members[key] else { return nil }
        guard case .string(let text) = value else { throw mismatch(key, "a string", value) }
        return text
    }

    func requiredString(_ key: String) throws(SimulatorConfigurationError) -> String {
        guard let text = try string(key) else {
            throw SimulatorConfigurationError(path: path, message: "the key \"\(key)\" is missing")
        }
        return text
    }

    func bool(_ key: String) throws(SimulatorConfigurationError) -> Bool? {
        guard let value = members[key] else { return nil }
        guard case .bool(let flag) = value else { throw mismatch(key, "true or false", value) }
        return flag
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(SimulatorConfigurationError) -> Int? {
        guard let value = members[key] else { return nil }
        guard case .integer(let number) = value else { throw mismatch(key, "a whole number", value) }
        guard range.contains(number) else {
            let bounds =
                range.upperBound == .max
                ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
            throw problem(key, "expected a number \(bounds), found \(number)")
        }
        return number
    }

    func milliseconds(_ key: String) throws(SimulatorConfigurationError) -> Duration? {
        try integer(key, in: 0...86_400_000).map { .milliseconds($0) }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        of _: Choice.Type
    ) throws(SimulatorConfigurationError) -> Choice? where Choice.RawValue == String {
        guard let text = try string(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw problem(key, "\"\(text)\" is not known; known are \(known)")
        }
        return choice
    }

    func strings(_ key: String) throws(SimulatorConfigurationError) -> [String]? {
        guard let values = try list(key) else { return nil }
        var texts: [String] = []
        for (tree, path) in values {
            guard case .string(let text) = tree else {
                throw SimulatorConfigurationError(path: path, message: "expected a string, found \(tree.kind)")
            }
            texts.append(text)
        }
        return texts
    }

    func list(_ key: String) throws(SimulatorConfigurationError) -> [(tree: JSONTree, path: String)]? {
        guard let value = members[key] else { return nil }
        guard case .array(let values) = value else { throw mismatch(key, "a list", value) }
        return values.enumerated().map { ($0.element, "\(pathOf(key))[\($0.offset)]") }
    }

    /// A map of strings, in the order of its names.
    func headers(_ key: String) throws(SimulatorConfigurationError) -> HeaderList? {
        guard let value = members[key] else { return nil }
        guard case .object(let fields) = value else { throw mismatch(key, "a map of strings", value) }
        var headers: HeaderList = [:]
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            guard case .string(let text) = value else {
                throw SimulatorConfigurationError(
                    path: "\(pathOf(key)).\(name)",
                    message: "expected a string, found \(value.kind)"
                )
            }
            headers.add(name, text)
        }
        return headers
    }
}
