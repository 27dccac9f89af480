/// A parsed JSON text in compact form: the bytes, and a flat list of where each value lies in them.
///
/// Parsing allocates next to nothing for each value; values are made from nodes when they are asked for.
public struct JSONTree: Sendable, CustomStringConvertible {
    let bytes: [UInt8]
    let entries: [TapeEntry]

    /// Parses a text that is one JSON value, by RFC 8259, without extensions.
    ///
    /// An array of bytes is kept, not copied.
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
    public var description: String { "JSON text of \(bytes.count) bytes" }

    /// The node of the whole text.
    public var root: JSONNode { JSONNode(tree: self, index: 0) }
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

    func value(at index: Int) -> JSONValue {
        JSONMaterializer.value(at: index, entries.span, bytes.span).value
    }

    /// The path from the root to a value; takes time for the earlier siblings on each level.
    func path(to target: Int) -> NormalizedPath {
        var steps: [NormalizedPath.Step] = []
        var parent = 0
        while parent != target {
            let isObject = entries[parent].kind == .object
            var child = parent + (isObject ? 2 : 1)
            var place = 0
            while next(after: child) <= target {
                child = next(after: child) + (isObject ? 1 : 0)
                place += 1
            }
            steps.append(isObject ? .name(text(at: child - 1)) : .index(place))
            parent = child
        }
        return NormalizedPath(steps: steps)
    }
}
