import JSONDocument
import Testing

/// A query, and the values that it selects, in order, as a JSON array.
struct JSONPathRow: Sendable, CustomTestStringConvertible {
    let query: String
    let values: String
    let paths: [String]?

    init(_ query: String, _ values: String, _ paths: [String]? = nil) {
        self.query = query
        self.values = values
        self.paths = paths
    }

    var testDescription: String { query }

    func check(on document: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let nodes = try JSONPath(query).nodes(in: JSONTree(parsing: document))
        let expected = try JSONValue(parsing: values).text()
        #expect(JSONValue.array(nodes.map(\.value)).text() == expected, sourceLocation: sourceLocation)
        guard let paths else { return }
        #expect(nodes.map(\.path.description) == paths, sourceLocation: sourceLocation)
    }
}
