import Testing
import Text

struct CountingTests {
    @Test(arguments: [(0, "0 checks"), (1, "1 check"), (2, "2 checks"), (-1, "-1 checks"), (1_000, "1000 checks")])
    func agreesWithTheNoun(number: Int, phrase: String) {
        #expect(number.counting("check") == phrase)
    }
}
