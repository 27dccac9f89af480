import JSONDocument
import Testing

@Suite struct JSONNumberTests {
    @Test(
        arguments: [
            ("1", "1.0"), ("1", "10e-1"), ("100", "1e2"), ("0", "-0.000e10"), ("0.1", "1e-1"), ("1.5", "0.15E+1"),
            ("1e1000000000", "0.1e1000000001"), ("12345678901234567890", "1.2345678901234567890e19"),
        ]
    )
    func equalsWhateverTheSpelling(_ left: String, _ right: String) throws {
        let (left, right) = (try number(left), try number(right))
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(!(left < right) && !(right < left))
    }

    @Test(
        arguments: [
            ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0", "1e-999999999999999"), ("9", "10"), ("0.9", "0.91"),
            ("1e400", "1e401"), ("-1e401", "-1e400"), ("9007199254740992", "9007199254740993"),
            ("9223372036854775806", "9223372036854775807"), ("0.1", "0.10000000000000000000001"),
            ("1e999999999999998", "1e999999999999999"), ("-1e1000000000", "1e-1000000000"), ("99", "1e2"),
        ]
    )
    func ordersExactly(_ smaller: String, _ larger: String) throws {
        #expect(try number(smaller) < number(larger))
        #expect(try !(number(larger) < number(smaller)))
        #expect(try number(smaller) != number(larger))
    }

    @Test(
        arguments: [
            ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min), ("1.0", 1), ("1e3", 1_000),
            ("-0", 0), ("120e-1", 12), ("0e99", 0), ("9223372036854775808", nil), ("-9223372036854775809", nil),
            ("1e19", nil), ("1e1000000000", nil), ("0.5", nil), ("15e-1", nil),
        ] as [(String, Int64?)]
    )
    func convertsToInt64OnlyExactly(_ literal: String, _ expected: Int64?) throws {
        #expect(try number(literal).int64 == expected)
    }

    @Test(arguments: [("1.0", true), ("1e400", true), ("0.0", true), ("1.5", false), ("1e-400", false)])
    func knowsIntegers(_ literal: String, _ expected: Bool) throws {
        #expect(try number(literal).isInteger == expected)
    }

    @Test(arguments: ["", "-", "+1", "01", "1.", ".1", "1e", "1 ", " 1", "0x1", "NaN", "1e1234567890123456", "١"])
    func refusesWhatIsNoJSONNumber(_ literal: String) {
        #expect(JSONNumber(literal: literal) == nil)
    }

    @Test func isMadeFromSwiftNumbers() {
        #expect(JSONNumber(Int64.min).literal == "-9223372036854775808")
        #expect(JSONNumber(UInt64.max).literal == "18446744073709551615")
        #expect(JSONNumber(0.1)?.literal == "0.1")
        #expect(JSONNumber(1e300)?.double == 1e300)
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(literal: "1e400")?.double == .infinity)
        #expect(JSONNumber(literal: "0001e00") == nil)
        #expect(JSONNumber(literal: "1e0000000000000000000002") == JSONNumber(100))
    }

    private func number(_ literal: String) throws -> JSONNumber {
        try #require(JSONNumber(literal: literal))
    }
}
