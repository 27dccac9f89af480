internal import YAMLTree

/// The keys that one kind of map in a job file can have.
///
/// The decoder and the JSON Schema both go by these enumerations, so that neither knows a key that the other does not.
protocol JobKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// What the key means, in a sentence for editors.
    var summary: String { get }
    /// What its value can be.
    var schema: Schema { get }
    /// The keys with their bytes, made once a type.
    static var table: KeyTable<Self> { get }
}

/// Finds keys by the bytes of a scalar.
struct KeyTable<Key: JobKey>: Sendable {
    private let rows: [(name: [UInt8], key: Key)]

    init() {
        rows = Key.allCases.map { (Array($0.rawValue.utf8), $0) }
    }

    func key(_ node: YAMLNode) -> Key? {
        node.withUTF8 { text in
            for row in rows where row.name.count == text.count && row.name.elementsEqual(text) { return row.key }
            return nil
        }
    }
}
