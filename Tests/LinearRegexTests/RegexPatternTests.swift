import LinearRegex
import Testing

@Suite struct RegexPatternTests {
    @Test func findsALiteralAnywhere() throws {
        #expect(try RegexPattern("UP").firstMatch(in: "is UP") == 3..<5)
    }
}
