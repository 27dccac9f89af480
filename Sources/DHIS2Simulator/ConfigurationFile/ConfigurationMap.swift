/// A map of the configuration file, read key by key, with errors that say where they are.
///
/// The file is for tests and demos and read once, so the first mistake is told and ends the reading. What a key may
/// hold stands where it is read, in the `+json` files; a key that nobody reads is a mistake too.
struct ConfigurationMap {
    let path: String
    private let members: [String: JSONText]

    /// - Throws: When the value is no map, or has a key that is not among those known.
    init(_ tree: JSONText, path: String, keys: [String]) throws(SimulatorConfigurationError) {
        self.path = path
        guard case .object(let members) = tree else {
            throw SimulatorConfigurationError(path: path, message: "expected a map, found \(tree.kind)")
        }
        self.members = Dictionary(members) { first, _ in first }
        if let first = members.map(\.0).filter({ !keys.contains($0) }).min() {
            let known = keys.sorted().joined(separator: ", ")
            throw SimulatorConfigurationError(path: path, message: "unknown key \"\(first)\"; known are \(known)")
        }
    }

    func has(_ key: String) -> Bool { members[key] != nil }

    /// What is wrong with the map as a whole.
    func problem(_ message: String) -> SimulatorConfigurationError {
        SimulatorConfigurationError(path: path, message: message)
    }

    /// What is wrong with the value of a key.
    func problem(_ key: String, _ message: String) -> SimulatorConfigurationError {
        SimulatorConfigurationError(path: pathOf(key), message: message)
    }

    func tree(_ key: String) -> JSONText? { members[key] }

    func pathOf(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

    private func mismatch(_ key: String, _ expected: String, _ found: JSONText) -> SimulatorConfigurationError {
        problem(key, "expected \(expected), found \(found.kind)")
    }

    func string(_ key: String) throws(SimulatorConfigurationError) -> String? {
        guard let value = members[key] else { return nil }
        guard case .string(let text) = value else { throw mismatch(key, "a string", value) }
        return text
    }

    func requiredString(_ key: String) throws(SimulatorConfigurationError) -> String {
        guard let text = try string(key) else { throw missing(key) }
        return text
    }

    private func missing(_ key: String) -> SimulatorConfigurationError { problem("the key \"\(key)\" is missing") }

    /// The one key of several that is there; `nil` where none is.
    func onlyOne(of keys: [String]) throws(SimulatorConfigurationError) -> String? {
        let given = keys.filter(has)
        guard given.count <= 1 else { throw problem("only one of \(given.joined(separator: ", ")) can be given") }
        return given.first
    }

    func bool(_ key: String) throws(SimulatorConfigurationError) -> Bool? {
        guard let value = members[key] else { return nil }
        guard case .bool(let flag) = value else { throw mismatch(key, "true or false", value) }
        return flag
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(SimulatorConfigurationError) -> Int? {
        guard let value = members[key] else { return nil }
        guard case .number(let number) = value else { throw mismatch(key, "a whole number", value) }
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

    func requiredChoice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Choice.Type
    ) throws(SimulatorConfigurationError) -> Choice where Choice.RawValue == String {
        guard let choice = try choice(key, of: type) else { throw missing(key) }
        return choice
    }

    func strings(_ key: String) throws(SimulatorConfigurationError) -> [String]? {
        try values(key) { tree, path throws(SimulatorConfigurationError) in
            guard case .string(let text) = tree else {
                throw SimulatorConfigurationError(path: path, message: "expected a string, found \(tree.kind)")
            }
            return text
        }
    }

    /// The elements of a list, each made by a closure, or `nil` where the key is left out.
    func values<Value>(
        _ key: String,
        _ make: (JSONText, String) throws(SimulatorConfigurationError) -> Value
    ) throws(SimulatorConfigurationError) -> [Value]? {
        guard let value = members[key] else { return nil }
        guard case .array(let elements) = value else { throw mismatch(key, "a list", value) }
        var values: [Value] = []
        for (index, tree) in elements.enumerated() { values.append(try make(tree, "\(pathOf(key))[\(index)]")) }
        return values
    }

    /// A map of strings, in the order of its names.
    func headers(_ key: String) throws(SimulatorConfigurationError) -> HeaderList? {
        guard let value = members[key] else { return nil }
        guard case .object(let fields) = value else { throw mismatch(key, "a map of strings", value) }
        var headers: HeaderList = [:]
        for (name, value) in fields.sorted(by: { $0.0 < $1.0 }) {
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

extension JSONText: Decodable {
    /// Reads a document; members come in the order of their names, as the decoder does not tell another.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .number(value)
        } else if let value = try? container.decode(Double.self) {
            self = .decimal(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONText].self) {
            self = .array(value)
        } else {
            let members = try container.decode([String: JSONText].self)
            self = .object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
    }

    /// What it is, after an article.
    fileprivate var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number, .decimal: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "a map"
        }
    }
}

/// A configuration file that cannot be used.
package struct SimulatorConfigurationError: Error, Equatable, CustomStringConvertible {
    /// Where in the document, such as `routes[2].upstream`; empty for the document itself.
    package let path: String
    package let message: String

    package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
