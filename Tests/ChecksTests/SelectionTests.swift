import Checks
import SourceDiagnostics
import Testing

@Suite struct SelectionTests {
    /// Each row: an expression, tags it is true of, tags it is not true of; tags are parted by commas.
    @Test(arguments: [
        ("smoke", "smoke,slow", "slow"), ("smoke", "smoke", "Smoke"), ("not slow", "", "slow"),
        ("a and b", "a,b", "a"), ("a or b", "b", "c"), ("a or b and c", "a", "b"), ("(a or b) and c", "b,c", "a"),
        ("not a and b", "b", "a,b"), ("not (a and b)", "a", "a,b"), ("not not a", "a", "b"),
        ("A AND NOT B", "A", "A,B"),
        ("\"with space\" or 'and'", "with space", "with"), ("'and'", "and", "or"), ("öst", "öst", "ost"),
    ])
    func readsExpressions(expression: String, fits: String, fitsNot: String) throws {
        let parsed = try TagExpression(expression)
        #expect(parsed.matches(fits.split(separator: ",").map(String.init)))
        #expect(!parsed.matches(fitsNot.split(separator: ",").map(String.init)))
    }

    @Test(arguments: [
        ("", "column 1: expected a tag, not the end"),
        ("a b", "column 3: expected \"and\", \"or\" or the end, not \"b\""),
        ("a and", "column 6: expected a tag, not the end"), ("or a", "column 1: expected a tag, not \"or\""),
        ("(a or b", "column 1: the \"(\" here is never closed"),
        ("a)", "column 2: expected \"and\", \"or\" or the end, not \")\""),
        ("x and 'a", "column 7: the quote that opens here is never closed"),
        ("()", "column 2: expected a tag, not \")\""),
        (String(repeating: "(", count: 100), "column 65: the expression is nested too deep"),
        (String(repeating: "a or ", count: 100_000) + "a", "column 5001: the expression has more than 1000 tags"),
    ])
    func saysWhereAnExpressionGoesWrong(expression: String, message: String) {
        let error = #expect(throws: TagExpressionError.self) { try TagExpression(expression) }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        ("GET *", "GET chap/health", true), ("GET *", "POST chap", false), ("*health*", "GET chap/health [a=1]", true),
        ("* [a=1]", "GET x [a=1]", true), ("* [a=1]", "GET x a", false), ("a?c", "abc", true), ("a?c", "ac", false),
        ("a?c", "a👩‍👩‍👧c", true), ("", "", true), ("", "a", false), ("*", "", true), ("**a**", "a", true),
        ("a*b*c", "aXbYbZc", true),
        ("a*b*c", "acb", false), ("\\*", "*", true), ("\\*", "a", false), ("a\\", "a\\", true),
        ("Get *", "GET x", false),
    ])
    func matchesNames(pattern: String, name: String, fits: Bool) {
        #expect(NameGlob(pattern).matches(name) == fits)
    }

    @Test func matchesHostilePatternsInBoundedTime() {
        let pattern = String(repeating: "a*", count: 200) + "b"
        #expect(!NameGlob(pattern).matches(String(repeating: "a", count: 2000)))
    }

    @Test func selectsByTagsAndOneOfTheNames() throws {
        var check = Check(name: "GET a", route: "a", position: SourcePosition(line: 1, column: 1))
        check.tags = ["smoke"]
        #expect(CheckSelection().selects(check))
        #expect(
            CheckSelection(tags: try TagExpression("smoke"), names: [NameGlob("x"), NameGlob("* a")]).selects(check)
        )
        #expect(!CheckSelection(tags: try TagExpression("smoke"), names: [NameGlob("x")]).selects(check))
        #expect(!CheckSelection(tags: try TagExpression("slow")).selects(check))
    }
}
