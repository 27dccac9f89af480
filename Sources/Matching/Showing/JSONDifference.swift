package import JSONDocument
import Text

/// What makes two JSON values different, as lines: `-` for what was expected, `+` for what came.
package struct JSONDifference {
    /// The most lines; a further one says how many more there are.
    static let lineLimit = 10
    /// The most elements of arrays of different lengths that are lined up; longer ones are compared place by place.
    private static let alignmentLimit = 256

    private var kept: [String] = []
    private var lineCount = 0

    /// Compares two values.
    ///
    /// - Parameters:
    ///   - expected: What was expected.
    ///   - actual: What came.
    ///   - path: Where it came.
    package init(expected: JSONValue, actual: JSONValue, at path: NormalizedPath) {
        compare(expected, actual, at: path)
    }

    /// The lines, bounded.
    package var lines: [String] {
        let rest = lineCount - kept.count
        return rest == 0 ? kept : kept + ["… and \(rest.counting("line")) more"]
    }

    private mutating func compare(_ expected: JSONValue, _ actual: JSONValue, at path: NormalizedPath) {
        switch (expected, actual) {
        case (.object(let expected), .object(let actual)): compare(expected, actual, at: path)
        case (.array(let expected), .array(let actual)): compare(expected, actual, at: path)
        default:
            guard expected != actual else { return }
            add("-", expected, at: path)
            add("+", actual, at: path)
        }
    }

    private mutating func add(_ sign: String, _ value: JSONValue, at path: NormalizedPath) {
        lineCount += 1
        guard kept.count < Self.lineLimit else { return }
        kept.append("\(sign) \(NodeLines.path(path)): \(Excerpt.json(value, limit: 60))")
    }

    private mutating func compare(_ expected: JSONObject, _ actual: JSONObject, at path: NormalizedPath) {
        // Names are the same where their bytes are; String's own equality would normalise them.
        let places = Dictionary(actual.enumerated().map { (Array($1.name.utf8), $0) }) { first, _ in first }
        var isShared = [Bool](repeating: false, count: actual.count)
        for member in expected {
            let path = path.appending(.name(member.name))
            if let place = places[Array(member.name.utf8)] {
                isShared[place] = true
                compare(member.value, actual[place].value, at: path)
            } else {
                add("-", member.value, at: path)
            }
        }
        for (member, isShared) in zip(actual, isShared) where !isShared {
            add("+", member.value, at: path.appending(.name(member.name)))
        }
    }

    private mutating func compare(_ expected: [JSONValue], _ actual: [JSONValue], at path: NormalizedPath) {
        guard expected.count != actual.count, max(expected.count, actual.count) <= Self.alignmentLimit else {
            comparePlaces(expected[...], actual[...], at: path)
            return
        }
        // Comparing hashes keeps the cost of lining up apart from the size of the elements.
        let changes = actual.map(\.hashValue).difference(from: expected.map(\.hashValue))
        let (removed, inserted) = (Self.places(changes.removals), Self.places(changes.insertions))
        var (left, right) = (0, 0)
        while left < expected.count || right < actual.count {
            let (leftStart, rightStart) = (left, right)
            while removed.contains(left) { left += 1 }
            while inserted.contains(right) { right += 1 }
            comparePlaces(expected[leftStart..<left], actual[rightStart..<right], at: path)
            left += 1
            right += 1
        }
    }

    private static func places(_ changes: [CollectionDifference<Int>.Change]) -> Set<Int> {
        Set(
            changes.map { change in
                switch change {
                case .insert(let offset, _, _), .remove(let offset, _, _): offset
                }
            }
        )
    }

    /// Compares the first with the first and so on; what is left over is missing or too much.
    private mutating func comparePlaces(
        _ expected: ArraySlice<JSONValue>,
        _ actual: ArraySlice<JSONValue>,
        at path: NormalizedPath
    ) {
        for (left, right) in zip(expected.indices, actual.indices) {
            compare(expected[left], actual[right], at: path.appending(.index(right)))
        }
        for place in expected.indices.dropFirst(actual.count) {
            add("-", expected[place], at: path.appending(.index(place)))
        }
        for place in actual.indices.dropFirst(expected.count) {
            add("+", actual[place], at: path.appending(.index(place)))
        }
    }
}
