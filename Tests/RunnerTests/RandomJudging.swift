import JSONDocument
import Matching
import TestNumbers

/// Bodies, paths and matchers from a seed, small enough that all kinds of verdicts come up.
struct RandomJudging: RandomNumberGenerator {
    private var numbers: SeededNumbers

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
    }

    mutating func next() -> UInt64 { numbers.next() }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// A JSON value, mostly an object or an array.
    mutating func value(depth: Int = 3) -> JSONValue {
        switch depth == 0 ? below(7) : below(20) {
        case 0: return .null
        case 1: return .boolean(below(2) == 0)
        case 2: return .number(JSONNumber(below(4)))
        case 3: return .string("3")
        case 4, 5: return .string(["UP", "DOWN", "an error", "é"][below(4)])
        case 6: return .string("")
        case 7..<13: return .array((0..<below(4)).map { _ in value(depth: depth - 1) })
        default:
            var members = JSONObject()
            for name in ["a", "b", "c"] where below(3) > 0 { members[name] = value(depth: depth - 1) }
            return .object(members)
        }
    }

    /// A path of up to three segments, mostly short.
    mutating func path() -> PathText {
        PathText(segments: (0..<[0, 1, 1, 1, 2, 2, 3][below(7)]).map { _ in segment() })
    }

    private mutating func segment() -> PathText.Segment {
        let selectors = (0...(below(4) == 0 ? 1 : 0)).map { _ in
            switch below(10) {
            case 0..<5: PathText.Selector(text: "'\(["a", "a", "b", "b", "c", "d"][below(6)])'", kind: .child)
            case 5: PathText.Selector(text: "\(below(4) - 2)", kind: .child)
            case 6: PathText.Selector(text: ["0:1", "1:", "::-1", "5:"][below(4)], kind: .slice)
            case 7: PathText.Selector(text: ["?@.a", "?@ == 'UP'", "?@.b != 'UP'"][below(3)], kind: .any)
            default: PathText.Selector(text: "*", kind: .any)
            }
        }
        return PathText.Segment(isDescendant: below(8) == 0, selectors: selectors)
    }

    /// A matcher of one JSON value, of one to three conditions.
    mutating func matcher(depth: Int = 2) -> Matcher {
        let conditions = (0...(below(3) == 0 ? 1 : 0)).map { _ in condition(depth: depth) }
        return Matcher(all: conditions)
    }

    private mutating func condition(depth: Int) -> Matcher {
        switch below(depth == 0 ? 11 : 15) {
        case 0: .equals(operand())
        case 1: .oneOf([operand(), operand()])
        case 2: .contains(Matcher.Operand(value: "UP", text: "UP"))
        case 3: .startsWith("an")
        case 4: .endsWith("WN")
        case 5: .type(Matcher.JSONType.allCases[below(Matcher.JSONType.allCases.count)])
        case 6: .length(.atLeast(number(below(3))))
        case 7: .greaterThan(number(below(4)))
        case 8: .atMost(operand())
        case 9: .exists(below(4) > 0)
        case 10: .lessThan(number(below(4)))
        case 11: .not(matcher(depth: depth - 1))
        default: quantifier(depth: depth)
        }
    }

    /// A matcher of several nodes.
    mutating func quantifier(depth: Int = 2) -> Matcher {
        let inner = matcher(depth: depth - 1)
        switch below(3) {
        case 0: return .every(inner)
        case 1: return .any(inner)
        default: return .none(inner)
        }
    }

    private mutating func operand() -> Matcher.Operand {
        let values: [JSONValue] = [.null, true, 3, "3", "UP", "DOWN"]
        let value = values[below(values.count)]
        return Matcher.Operand(value: value, text: value.string ?? value.text())
    }

    private func number(_ number: Int) -> Matcher.Operand {
        Matcher.Operand(value: .number(JSONNumber(number)), text: "\(number)")
    }
}

/// A path with its parts known.
struct PathText: CustomStringConvertible {
    struct Selector {
        enum Kind { case child, slice, any }

        var text: String
        var kind: Kind
    }

    struct Segment {
        var isDescendant: Bool
        var selectors: [Selector]

        var text: String { "\(isDescendant ? ".." : "")[\(selectors.map(\.text).joined(separator: ","))]" }
    }

    var segments: [Segment]

    var description: String { "$" + segments.map(\.text).joined() }

    /// Whether a quantifier, or a count, has something to go by: the rule, worked out from the shorter paths.
    func leadsSomewhere(in body: JSONTree, counting: Bool) throws -> Bool {
        var prefix = "$"
        var isAfterDots = false
        for (index, segment) in segments.enumerated() {
            let coming = try JSONPath(prefix).nodes(in: body)
            if coming.isEmpty { break }
            isAfterDots = isAfterDots || segment.isDescendant
            if !segment.isDescendant {
                for selector in segment.selectors
                where try JSONPath("\(prefix)[\(selector.text)]").nodes(in: body).isEmpty {
                    switch selector.kind {
                    case .child:
                        if !(counting && index == segments.count - 1) { return false }
                    case .slice, .any:
                        let kinds: Set<JSONKind> =
                            selector.kind == .slice ? [.array, .null] : [.array, .object, .null]
                        let isAllowed = coming.contains { kinds.contains($0.kind) } || counting && isAfterDots
                        if !isAllowed { return false }
                    }
                }
            }
            prefix += segment.text
        }
        return try counting || !isAfterDots || !JSONPath(description).nodes(in: body).isEmpty
    }
}
