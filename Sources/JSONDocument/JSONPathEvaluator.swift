import LinearRegex

/// Evaluates a query over a tree.
///
/// Nodes are indices into the tree's entries.
///
/// Nothing here recurses with the data: a value's descendants are the entries up to its end.
struct JSONPathEvaluator {
    let tree: JSONTree
    private let visitLimit: Int
    private var visits = 0
    private var lastPattern: (source: String, pattern: RegexPattern?)?

    init(tree: JSONTree, visitLimit: Int) {
        self.tree = tree
        self.visitLimit = visitLimit
    }

    mutating func nodes(_ segments: [JSONPathSegment], from start: Int) throws(JSONPathLimitError) -> [Int] {
        var nodes = [start]
        for segment in segments {
            var selected: [Int] = []
            for node in nodes {
                let end = segment.isDescendant ? tree.next(after: node) : node + 1
                try visit(end - node)
                for index in node..<end where tree.entries[index].isContainer {
                    for selector in segment.selectors { try select(selector, from: index, into: &selected) }
                }
            }
            nodes = selected
        }
        return nodes
    }

    var visitsLeft: Int { visitLimit - visits }

    mutating func visit(_ count: Int) throws(JSONPathLimitError) {
        visits += count
        guard visits <= visitLimit else {
            throw JSONPathLimitError(
                message: "The query was given up after visiting \(visitLimit) nodes. Make it more specific."
            )
        }
    }

    private mutating func select(
        _ selector: JSONPathSelector,
        from parent: Int,
        into selected: inout [Int]
    ) throws(JSONPathLimitError) {
        switch selector {
        case .name, .index:
            if let child = try child(selector, of: parent) { selected.append(child) }
        case .slice(let start, let end, let step):
            guard tree.entries[parent].kind == .array else { return }
            try selectSlice(of: parent, start: start, end: end, step: step, into: &selected)
        case .wildcard:
            selected += try children(of: parent)
        case .filter(let expression):
            for child in try children(of: parent) where try isTrue(expression, at: child) { selected.append(child) }
        }
    }

    /// The child that a name or an index selects.
    mutating func child(_ selector: JSONPathSelector, of parent: Int) throws(JSONPathLimitError) -> Int? {
        let entry = tree.entries[parent]
        switch (selector, entry.kind) {
        case (.name(let name), .object):
            return try member(name, of: parent)
        case (.index(let index), .array):
            let count = Int(entry.length)
            let place = index < 0 ? index + count : index
            return (0..<count).contains(place) ? try element(place, of: parent) : nil
        default:
            return nil
        }
    }

    private mutating func member(_ name: [UInt8], of object: Int) throws(JSONPathLimitError) -> Int? {
        var index = object + 1
        for place in 0..<Int(tree.entries[object].length) {
            if tree.hasName(name, at: index) {
                try visit(place + 1)
                return index + 1
            }
            index = tree.next(after: index + 1)
        }
        try visit(Int(tree.entries[object].length))
        return nil
    }

    private mutating func element(_ place: Int, of array: Int) throws(JSONPathLimitError) -> Int {
        try visit(place)
        var index = array + 1
        for _ in 0..<place { index = tree.next(after: index) }
        return index
    }

    private mutating func children(of parent: Int) throws(JSONPathLimitError) -> [Int] {
        let entry = tree.entries[parent]
        try visit(Int(entry.length))
        let isObject = entry.kind == .object
        var result: [Int] = []
        result.reserveCapacity(Int(entry.length))
        var child = parent + 1
        for _ in 0..<entry.length {
            if isObject { child += 1 }
            result.append(child)
            child = tree.next(after: child)
        }
        return result
    }

    /// Section 2.3.4.2.2 of the RFC.
    private mutating func selectSlice(
        of array: Int,
        start: Int?,
        end: Int?,
        step: Int,
        into selected: inout [Int]
    ) throws(JSONPathLimitError) {
        guard step != 0 else { return }
        let elements = try children(of: array)
        let count = elements.count
        func normalized(_ place: Int) -> Int { place < 0 ? count + place : place }
        if step > 0 {
            let lower = min(max(normalized(start ?? 0), 0), count)
            let upper = min(max(normalized(end ?? count), 0), count)
            for place in stride(from: lower, to: upper, by: step) { selected.append(elements[place]) }
        } else {
            let upper = min(max(normalized(start ?? count - 1), -1), count - 1)
            let lower = end.map { min(max(normalized($0), -1), count - 1) } ?? -1
            for place in stride(from: upper, to: lower, by: step) { selected.append(elements[place]) }
        }
    }

    /// A pattern that the document holds, compiled; the last one is kept, for it is mostly the same for all nodes.
    mutating func pattern(_ source: String) throws(JSONPathLimitError) -> RegexPattern? {
        if let last = lastPattern, last.source.hasSameScalars(as: source) { return last.pattern }
        // Each set of a pattern is held against all of ASCII when it is compiled.
        try visit(min(source.utf8.count, Int.max / 32) * 32)
        // By section 2.4.6 of the RFC a pattern that is not an I-Regexp matches nothing.
        let pattern = try? RegexPattern(source, dialect: .iRegexp)
        try visit((pattern?.size ?? 0) / 4)
        lastPattern = (source, pattern)
        return pattern
    }
}
