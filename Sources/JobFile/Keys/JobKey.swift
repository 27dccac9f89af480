internal import YAMLTree

/// The keys that one kind of map in a job file can have.
///
/// The decoder and the JSON Schema both go by these enumerations, so that neither knows a key that the other does not.
protocol JobKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// What the key means, in a sentence for editors.
    var summary: String { get }
    /// What its value can be.
    var schema: Schema { get }
    /// Names that people use who mean one of the keys.
    static var aliases: [String: Self] { get }
    /// What to do about a name that is no key here but elsewhere; `nil` for all others.
    static func help(withMisplaced name: String) -> String?
    /// The keys with their names, made once a type.
    static var table: KeyTable<Self> { get }
}

extension JobKey {
    static var aliases: [String: Self] { [:] }

    static func help(withMisplaced name: String) -> String? { nil }
}

/// Finds keys by their names; comparing texts of up to fifteen bytes, as nearly all are, costs two words each.
struct KeyTable<Key: JobKey>: Sendable {
    private let rows: [(name: String, key: Key)]

    init() {
        rows = Key.allCases.map { ($0.rawValue, $0) }
    }

    func key(_ node: YAMLNode) -> Key? {
        let text = node.text
        return rows.first { $0.name == text }?.key
    }
}
