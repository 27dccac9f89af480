/// A JSONPath query as RFC 9535 defines it, parsed and checked for well-typedness.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    /// How many nodes an evaluation visits before it is given up, unless told otherwise.
    public static let defaultVisitLimit = 20_000_000

    /// The query as it was written.
    public let source: String

    let segments: [JSONPathSegment]

    /// Problems of patterns that `match` and `search` were given as literals.
    ///
    /// RFC 9535 makes such a query valid, but the function never true; a job file's author wants to know.
    public let patternProblems: [JSONPathError]

    /// What such patterns hold that is valid, but hardly means what its author thinks.
    public let patternRemarks: [JSONPathError]

    /// The query as it was written.
    public var description: String { source }

    /// Parses a query.
    ///
    /// - Throws: `JSONPathError` when the query is not well-formed or not valid: types of functions, and integers
    ///   outside -(2^53)+1...2^53-1, included.
    public init(_ source: String) throws(JSONPathError) {
        var parser = JSONPathParser(source)
        segments = try parser.parseQuery()
        patternProblems = parser.patternProblems
        patternRemarks = parser.patternRemarks
        self.source = source
    }

    /// Whether the query selects one node at most, whatever the document.
    public var isSingular: Bool { segments.allSatisfy(\.isSingular) }

    /// The nodes that the query selects, in the order of RFC 9535; a node may be selected more than once.
    ///
    /// - Throws: `JSONPathLimitError` when more than `visitLimit` nodes would be visited; text that `match` and
    ///   `search` read counts too.
    public func nodes(
        in tree: JSONTree,
        visitLimit: Int = defaultVisitLimit
    ) throws(JSONPathLimitError) -> [JSONNode] {
        var evaluator = JSONPathEvaluator(tree: tree, visitLimit: visitLimit)
        return try evaluator.nodes(segments, from: 0).map { JSONNode(tree: tree, index: $0) }
    }

    /// The nodes that the query selects, and where on its way it found nothing although it should have.
    ///
    /// - Throws: `JSONPathLimitError` as ``nodes(in:visitLimit:)``, after as many visits.
    package func selection(
        in tree: JSONTree,
        visitLimit: Int = defaultVisitLimit
    ) throws(JSONPathLimitError) -> JSONPathSelection {
        var evaluator = JSONPathEvaluator(tree: tree, visitLimit: visitLimit)
        return try evaluator.selection(of: self)
    }

    /// The nodes that the query selects in a value.
    ///
    /// - Throws: `JSONPathLimitError` as for a tree, and when the value is nested too deep for one.
    public func nodes(
        in root: JSONValue,
        visitLimit: Int = defaultVisitLimit
    ) throws(JSONPathLimitError) -> [JSONNode] {
        let tree: JSONTree
        do {
            tree = try JSONTree(root)
        } catch {
            throw JSONPathLimitError(message: error.message)
        }
        return try nodes(in: tree, visitLimit: visitLimit)
    }

    /// Whether two queries are written alike.
    public static func == (left: JSONPath, right: JSONPath) -> Bool {
        left.source.hasSameScalars(as: right.source)
    }

    /// Hashes the query as it was written.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ScalarString(source))
    }
}

/// Why a query is not a valid JSONPath.
public struct JSONPathError: Error, Hashable, CustomStringConvertible {
    /// A sentence that says what is wrong.
    public let message: String

    /// Where in the query the problem starts, counted in Unicode scalars from 0.
    public let offset: Int

    /// The message with the 1-based place of the problem in front.
    public var description: String { "character \(offset + 1): \(message)" }

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}

/// Says that evaluating a query was given up, because the query and the document multiply to too much work.
public struct JSONPathLimitError: Error, Hashable, CustomStringConvertible {
    /// A sentence that says which limit was hit.
    public let message: String

    /// The message.
    public var description: String { message }
}
