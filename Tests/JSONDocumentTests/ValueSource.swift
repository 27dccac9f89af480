import JSONDocument
import TestNumbers

/// Makes JSON values of all shapes from a seed.
struct ValueSource {
    var random: SeededNumbers

    private static let texts = [
        "", "a", "é", "e\u{301}", "😀", "\u{0}", "\n\t\"\\/", "'", "$", "a.b", "long enough to leave small strings",
        "\u{2028}",
    ]
    private static let numbers = [
        "0", "-0", "1", "1.0", "-12.5e-3", "1e400", "9223372036854775807", "-9223372036854775808", "0.1", "1E+2",
        "123456789012345678901234567890",
    ]

    init(seed: UInt64) {
        random = SeededNumbers(seed: seed)
    }

    mutating func value(depth: Int) -> JSONValue {
        switch random.below(depth > 0 ? 8 : 5) {
        case 0: return .null
        case 1: return .boolean(random.below(2) == 0)
        case 2, 3: return JSONNumber(literal: pick(Self.numbers)).map(JSONValue.number) ?? .null
        case 4: return .string(pick(Self.texts) + pick(Self.texts))
        case 5: return .array((0..<random.below(5)).map { _ in value(depth: depth - 1) })
        default:
            return .object(
                JSONObject(
                    (0..<random.below(40)).map { _ in
                        JSONObject.Member(name: pick(Self.texts) + pick(Self.texts), value: value(depth: depth / 2))
                    }
                )
            )
        }
    }

    private mutating func pick(_ choices: [String]) -> String {
        choices[random.below(choices.count)]
    }
}
