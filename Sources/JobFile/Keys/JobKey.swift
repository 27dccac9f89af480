internal import YAMLTree

/// The keys that one kind of map in a job file can have.
///
/// The decoder and the JSON Schema both go by these enumerations, so that neither knows a key that the other does not.
protocol JobKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// What the key means, in a sentence for editors.
    var summary: String { get }
    /// What its value can be.
    var schema: Schema { get }
    /// The keys with their names, made once a type.
    static var table: KeyTable<Self> { get }
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
