/// A value together with its place in a parsed text.
public struct JSONNode: Sendable, CustomStringConvertible {
    /// The text that the node is part of.
    public let tree: JSONTree

    let index: Int

    init(tree: JSONTree, index: Int) {
        self.tree = tree
        self.index = index
    }

    /// The value, made anew each time it is asked for.
    public var value: JSONValue { tree.value(at: index) }

    /// The normalized path to the node, worked out each time it is asked for (RFC 9535, section 2.7).
    public var path: NormalizedPath { tree.path(to: index) }

    /// The type of the value.
    public var kind: JSONKind {
        switch tree.entries[index].kind {
        case .null: .null
        case .true, .false: .boolean
        case .number: .number
        case .string, .name: .string
        case .array: .array
        case .object: .object
        }
    }

    /// The type of the value and the path to it.
    public var description: String { "\(kind) at \(path)" }

    /// The number of elements or members; 0 for what is neither an array nor an object.
    public var childCount: Int {
        let entry = tree.entries[index]
        return entry.isContainer ? Int(entry.length) : 0
    }

    /// The elements of an array or the values of an object's members, in order.
    public var children: [JSONNode] {
        let isObject = kind == .object
        var result: [JSONNode] = []
        result.reserveCapacity(childCount)
        var child = index + 1
        for _ in 0..<childCount {
            if isObject { child += 1 }
            result.append(JSONNode(tree: tree, index: child))
            child = tree.next(after: child)
        }
        return result
    }
}
