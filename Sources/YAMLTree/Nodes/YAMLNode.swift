package import SourceDiagnostics

/// A node of a YAML tree: a cheap handle on the tree that all its nodes share.
///
/// Aliases and merges are already resolved: a node never stands for another one. So whoever reads a job file needs to
/// know nothing of YAML but maps, lists and scalars, and where each of them stands.
package struct YAMLNode: Sendable {
    /// What a node is.
    package enum Kind: Sendable {
        case scalar, mapping, sequence
    }

    /// How a scalar was written.
    package enum Style: UInt8, Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    /// The core tags that change how a scalar is understood.
    package enum Tag: UInt8, Sendable {
        case none, string, integer, float, boolean, null
        /// Something is wrong with the scalar, and has been reported.
        case broken
    }

    let storage: NodeStorage

    /// The node's number in its tree, never 0 but for the root.
    package let number: UInt32

    var index: Int { Int(number) }

    /// Makes a handle on the node that the record at `index` stands for.
    init(storage: NodeStorage, index: Int) {
        self.storage = storage
        number = UInt32(truncatingIfNeeded: storage.records.resolve(index))
    }

    /// The node of the same tree that has a number.
    package func node(number: UInt32) -> YAMLNode {
        YAMLNode(storage: storage, index: Int(number))
    }

    private var record: NodeRecord { storage.records[index] }

    package var kind: Kind {
        switch record.kind {
        case .mapping: .mapping
        case .sequence: .sequence
        case .scalar, .reference: .scalar
        }
    }

    /// The node's first character, behind its anchor and tag.
    package var position: SourcePosition { record.position }

    /// How many Unicode scalars to underline: the whole node where it ends on its first line, else 1.
    package var length: Int { max(1, Int(record.span)) }

    /// How a scalar was written; plain for maps and lists.
    package var style: Style { record.style }

    /// The core tag that the file gives a scalar.
    package var tag: Tag { record.tag }

    /// Whether the parser has already reported this scalar, so that nothing more need be said of it.
    package var isBroken: Bool { record.tag == .broken }

    /// Whether a scalar in this subtree holds the byte that the parser was asked to look for.
    package var isMarked: Bool { record.isMarked }

    /// Whether two handles stand for the same place of the same tree.
    package func isIdentical(to other: YAMLNode) -> Bool {
        storage === other.storage && index == other.index
    }

    /// A scalar's text with escapes and folding undone; empty for maps and lists.
    package var text: String {
        withUTF8 { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the bytes of a scalar's text; none for maps and lists.
    package func withUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let record = record
        guard record.kind == .scalar else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return storage.text.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[Int(record.first)..<Int(record.first) + Int(record.second)]))
        }
    }
}

// What a node holds.
extension YAMLNode {
    /// The items of a list, in order; empty for scalars and maps.
    package var items: Items {
        guard storage.records[index].kind == .sequence else {
            return Items(storage: storage, cursor: 0, end: 0, count: 0)
        }
        let record = storage.records[index]
        return Items(storage: storage, cursor: index + 1, end: Int(record.second), count: Int(record.first))
    }

    /// The keys and values of a map, in order; empty for scalars and lists.
    package var pairs: Pairs {
        guard storage.records[index].kind == .mapping else {
            return Pairs(storage: storage, cursor: 0, end: 0, count: 0)
        }
        let record = storage.records[index]
        return Pairs(storage: storage, cursor: index + 1, end: Int(record.second), count: Int(record.first) / 2)
    }

    /// A list's items, found one after the other without an array.
    package struct Items: Sequence, IteratorProtocol {
        fileprivate let storage: NodeStorage
        fileprivate var cursor: Int
        fileprivate let end: Int
        /// How many items the list has.
        package let count: Int

        package mutating func next() -> YAMLNode? {
            guard cursor < end else { return nil }
            defer { cursor = storage.records.end(of: cursor) }
            return YAMLNode(storage: storage, index: cursor)
        }
    }

    /// A map's keys and values, found one after the other without an array.
    package struct Pairs: Sequence, IteratorProtocol {
        fileprivate let storage: NodeStorage
        fileprivate var cursor: Int
        fileprivate let end: Int
        /// How many keys the map has.
        package let count: Int

        package mutating func next() -> (key: YAMLNode, value: YAMLNode)? {
            guard cursor < end else { return nil }
            let valueIndex = storage.records.end(of: cursor)
            let pair = (YAMLNode(storage: storage, index: cursor), YAMLNode(storage: storage, index: valueIndex))
            cursor = storage.records.end(of: valueIndex)
            return pair
        }
    }
}
