internal import SourceDiagnostics

/// One node of a tree in 20 bytes; the tree is an array of these in document order.
///
/// A container is followed by its children, so that the record after a subtree is its next sibling. A tree of objects
/// would take an allocation for each node and a pointer for each child, and a file may have up to a million nodes.
struct NodeRecord {
    /// What a record stands for.
    enum Kind: UInt8 {
        case scalar, mapping, sequence
        /// Stands for the node at index `first`; the next sibling is at `second`.
        case reference
    }

    var position: SourcePosition
    /// For a scalar the offset of its text, for a container the number of children with keys and values counted apart,
    /// for a reference the target.
    var first: UInt32
    /// For a scalar the number of bytes of its text, otherwise the index after the subtree.
    var second: UInt32
    /// How many Unicode scalars the node takes on its first line; 0 where it goes on beyond that.
    var span: UInt16
    var kind: Kind
    private var details: UInt8

    init(kind: Kind, position: SourcePosition, first: UInt32, second: UInt32) {
        self.kind = kind
        self.position = position
        self.first = first
        self.second = second
        span = 0
        details = 0
    }

    /// How a scalar was written.
    var style: YAMLNode.Style {
        get { YAMLNode.Style(rawValue: details & 0b111) ?? .plain }
        set { details = details & ~0b111 | newValue.rawValue }
    }

    var tag: YAMLNode.Tag {
        get { YAMLNode.Tag(rawValue: details >> 3 & 0b111) ?? .none }
        set { details = details & ~0b11_1000 | newValue.rawValue << 3 }
    }

    /// Whether a scalar in the subtree holds the byte that the parser was asked to look for.
    var isMarked: Bool {
        get { details & 0b100_0000 != 0 }
        set { details = newValue ? details | 0b100_0000 : details & ~0b100_0000 }
    }
}

/// A whole tree, shared by all its nodes and never changed.
final class NodeStorage: Sendable {
    let records: [NodeRecord]
    let text: [UInt8]

    init(records: [NodeRecord], text: [UInt8]) {
        self.records = records
        self.text = text
    }
}

extension [NodeRecord] {
    /// The index of the record after the subtree at `index`.
    func end(of index: Int) -> Int {
        self[index].kind == .scalar ? index + 1 : Int(self[index].second)
    }

    /// The index of the node that the record at `index` stands for.
    func resolve(_ index: Int) -> Int {
        var index = index
        while self[index].kind == .reference { index = Int(self[index].first) }
        return index
    }
}
