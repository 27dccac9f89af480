package import JSONDocument

/// Shows nodes with their paths, one a line.
package enum NodeLines {
    /// The most lines for nodes; a further one says how many more there are.
    private static let limit = 4

    package static func lines(of nodes: [JSONNode]) -> [String] {
        var lines = nodes.prefix(limit).map { "\(path(of: $0)): \(Excerpt.json($0, limit: 60))" }
        if nodes.count > limit { lines.append("… and \(nodes.count - limit) more") }
        return lines
    }

    static func path(of node: JSONNode) -> String {
        path(node.path)
    }

    static func path(_ path: NormalizedPath) -> String {
        Excerpt.cut(path.shorthand, limit: 160)
    }
}
