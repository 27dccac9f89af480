import Text

/// A parsed JSON text in compact form: the bytes, and a flat list of where each value lies in them.
///
/// Parsing allocates next to nothing for each value; values are made from nodes when they are asked for. A check of a
/// large answer looks at a few nodes of it, and would otherwise pay for a string and a box for each of the others.
///
/// The room's parts, from the outside in: a tree hands out ``JSONNode``s; `JSONParser` made its `TapeEntry`s in one
/// pass, with `JSONScanner` to find where tokens end and `MemberNames` to find names that occur twice;
/// `JSONMaterializer` makes a ``JSONValue`` of an entry and what follows it.
public struct JSONTree: Sendable, CustomStringConvertible {
    let bytes: [UInt8]
    let entries: [TapeEntry]

    /// Parses a text that is one JSON value, by RFC 8259, without extensions.
    ///
    /// A UTF-8 byte order mark before it is ignored. An array of bytes is kept, not copied.
    ///
    /// - Throws: `JSONError` at the first problem. Two members of one name, and escapes that are half of a surrogate
    ///   pair, are problems too.
    public init(parsing bytes: some Sequence<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        self.bytes = Array(bytes)
        entries = try JSONParser.parse(self.bytes, limits: limits)
    }

    /// Parses a text that is one JSON value, by RFC 8259, without extensions.
    ///
    /// - Throws: `JSONError` at the first problem.
    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: text.utf8, limits: limits)
    }

    /// Puts a value into compact form.
    ///
    /// - Throws: `JSONError` if the value is nested over `JSONLimits.maximumDepth` deep or larger than
    ///   `JSONLimits.maximumBytes`.
    public init(_ value: JSONValue) throws(JSONError) {
        var bytes: [UInt8] = []
        value.write(into: &bytes)
        let limits = JSONLimits(depth: JSONLimits.maximumDepth, bytes: JSONLimits.maximumBytes)
        try self.init(parsing: bytes, limits: limits)
    }

    /// The size of the text, in words; the text itself may be long.
    public var description: String { "JSON text of \(bytes.count.counting("byte"))" }

    /// The node of the whole text.
    public var root: JSONNode { JSONNode(tree: self, index: 0) }
}

extension JSONValue {
    /// Parses a text that is one JSON value, by RFC 8259, without extensions.
    ///
    /// - Throws: `JSONError` at the first problem. Two members of one name, and escapes that are half of a surrogate
    ///   pair, are problems too.
    public init(parsing bytes: some Sequence<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        self = try JSONTree(parsing: bytes, limits: limits).root.value
    }

    /// Parses a text that is one JSON value, by RFC 8259, without extensions.
    ///
    /// - Throws: `JSONError` at the first problem.
    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: text.utf8, limits: limits)
    }
}

extension JSONTree {
    /// The index of the entry that follows a value and all that is in it.
    @inline(__always)
    func next(after index: Int) -> Int {
        let entry = entries[index]
        return entry.isContainer ? Int(entry.end) : index + 1
    }

    /// The text of a string or name, its escapes resolved.
    func text(at index: Int) -> String {
        JSONMaterializer.text(entries[index], bytes.span)
    }

    /// Whether the name at an index is exactly these bytes of UTF-8.
    func hasName(_ name: [UInt8], at index: Int) -> Bool {
        let entry = entries[index]
        if entry.isEscaped { return JSONEscapes.resolve(bytes.span.extracting(entry.byteRange)) == name }
        guard Int(entry.length) == name.count else { return false }
        let start = Int(entry.start)
        for offset in name.indices where bytes[start + offset] != name[offset] { return false }
        return true
    }

    /// The value of an entry and of all that is in it.
    func value(at index: Int) -> JSONValue {
        JSONMaterializer.value(at: index, entries.span, bytes.span).value
    }
}

/// A value together with its place in a parsed text.
public struct JSONNode: Sendable {
    /// The text that the node is part of.
    public let tree: JSONTree

    let index: Int

    init(tree: JSONTree, index: Int) {
        self.tree = tree
        self.index = index
    }

    /// The value, made anew each time it is asked for.
    public var value: JSONValue { tree.value(at: index) }

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

/// One value or member name of a parsed text.
///
/// Entries lie in the order of the text, parents before children.
struct TapeEntry: Sendable {
    enum Kind: UInt8, Sendable {
        case null, `false`, `true`, number, string, array, object
        /// A member's name; its value is the next entry.
        case name
    }

    let kind: Kind

    /// Whether a string or name has escapes to resolve.
    let isEscaped: Bool

    /// The byte offset of the first byte, for text the one after the quote.
    let start: UInt32

    /// The length in bytes, for text without its quotes; the number of children for arrays and objects.
    var length: UInt32

    /// The index after the last descendant, for arrays and objects.
    var end: UInt32

    init(_ kind: Kind, start: Int, length: Int, isEscaped: Bool = false) {
        self.kind = kind
        self.isEscaped = isEscaped
        self.start = UInt32(truncatingIfNeeded: start)
        self.length = UInt32(truncatingIfNeeded: length)
        end = 0
    }

    var isContainer: Bool { kind == .array || kind == .object }

    var byteRange: Range<Int> { Int(start)..<(Int(start) + Int(length)) }
}
