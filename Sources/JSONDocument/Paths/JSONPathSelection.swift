/// What a query selects, and where on its way it found nothing although it should have.
package struct JSONPathSelection: Sendable {
    /// The nodes, as `JSONPath.nodes(in:visitLimit:)` has them.
    package let nodes: [JSONNode]

    /// Where the query found nothing although it should have, in its order; empty if it may well be right.
    ///
    /// A misspelt name selects nothing, and whoever asks whether none of the selected nodes is bad would get a yes. So
    /// where any node comes in,
    /// - a name or an index has to find a node in at least one of them;
    /// - a wildcard or a filter may find none, but has to be held against an array, an object or null at least once, and
    ///   a slice against an array or null: in a string there is nothing to find, however right the string is;
    /// - in a query with `..`, which looks everywhere, the query has to select at least one node.
    ///
    /// Where no node comes in there is no gap: the elements of an empty list need no members.
    package let gaps: [JSONPathGap]
}

/// A part of a query that found nothing although it should have.
package struct JSONPathGap: Sendable, Hashable {
    /// Why nothing was found.
    package enum Cause: Sendable, Hashable {
        /// There is no such member, element or descendant.
        case nothingFound
        /// The part cannot find anything in values of this type, of which the first was one.
        case wrongType(JSONKind)
    }

    /// The part as the query has it, such as `.services` or `[5]`; one selector of several stands in its own brackets.
    package let part: String

    /// Why nothing was found.
    package let cause: Cause

    /// Whether nothing may be found here where only the number of nodes is asked, which may be zero.
    package let isZero: Bool
}

extension JSONPathEvaluator {
    /// The nodes that a query selects, and its gaps.
    mutating func selection(of path: JSONPath) throws(JSONPathLimitError) -> JSONPathSelection {
        var nodes = [0]
        var gaps: [JSONPathGap] = []
        var isAfterDots = false
        var emptied: JSONPathSegment?
        for (place, segment) in path.segments.enumerated() {
            if segment.isDescendant { isAfterDots = true }
            // What one selector found is plain to see.
            var whichFound: [Bool] =
                segment.selectors.count > 1 && !segment.isDescendant
                ? Array(repeating: false, count: segment.selectors.count) : []
            let selected = try self.nodes(segment, of: nodes, whichFound: &whichFound)
            if whichFound.isEmpty, selected.isEmpty { whichFound = [false] }
            if !segment.isDescendant, whichFound.contains(false) {
                let isLast = place == path.segments.count - 1
                for (selector, hasFound) in zip(segment.selectors, whichFound) where !hasFound {
                    guard let cause = cause(of: selector, findingNothingIn: nodes) else { continue }
                    let isZero = selector.isSingular ? isLast : isAfterDots
                    let part = segment.selectors.count == 1 ? path.text(of: segment) : selector.bracketed
                    gaps.append(JSONPathGap(part: part, cause: cause, isZero: isZero))
                }
            }
            nodes = selected
            if nodes.isEmpty {
                emptied = segment
                break
            }
        }
        if gaps.isEmpty, isAfterDots, let emptied {
            gaps.append(JSONPathGap(part: path.text(of: emptied), cause: .nothingFound, isZero: true))
        }
        return JSONPathSelection(nodes: nodes.map { JSONNode(tree: tree, index: $0) }, gaps: gaps)
    }

    /// Why a selector that found nothing in some nodes should have found something; `nil` if it need not.
    private func cause(of selector: JSONPathSelector, findingNothingIn nodes: [Int]) -> JSONPathGap.Cause? {
        let mayBeEmpty: (JSONKind) -> Bool
        switch selector {
        case .name, .index: return .nothingFound
        case .slice: mayBeEmpty = { $0 == .array || $0 == .null }
        case .wildcard, .filter: mayBeEmpty = { $0 == .array || $0 == .object || $0 == .null }
        }
        let kinds = nodes.lazy.map { JSONNode(tree: self.tree, index: $0).kind }
        guard let first = kinds.first, !kinds.contains(where: mayBeEmpty) else { return nil }
        return .wrongType(first)
    }
}

extension JSONPath {
    /// A segment as the query has it.
    fileprivate func text(of segment: JSONPathSegment) -> String {
        let scalars = source.unicodeScalars
        let start = scalars.index(scalars.startIndex, offsetBy: segment.place.lowerBound)
        let end = scalars.index(start, offsetBy: segment.place.count)
        return String(scalars[start..<end])
    }
}

extension JSONPathSelector {
    /// Whether it selects one node at most.
    fileprivate var isSingular: Bool {
        switch self {
        case .name, .index: true
        case .wildcard, .slice, .filter: false
        }
    }

    /// The selector in brackets of its own.
    fileprivate var bracketed: String {
        switch self {
        case .name(let bytes): NormalizedPath.bracketed(String(decoding: bytes, as: UTF8.self))
        case .index(let index): "[\(index)]"
        case .wildcard: "[*]"
        case .slice: "[:]"
        case .filter: "[?]"
        }
    }
}
