import LinearRegex
import Testing

/// RFC 9485: the grammar of figure 1 and the meaning of section 4.
@Suite struct IRegexpTests {
    @Test(
        arguments: [
            ("", "", true), ("", "a", false), ("abc", "abc", true), ("a|b", "b", true), ("a|", "", true),
            ("(ab)+", "abab", true), ("a{2}", "aa", true), ("a{2}", "aaa", false), ("a{2,}", "aaa", true),
            ("a{0,1}", "", true), ("a{3,1}", "aaa", false), ("a{007}", "aaaaaaa", true), (".", "a", true),
            (".", "\n", false), (".", "\r", false), (".", "\u{2028}", true), (".", "😀", true), ("^$", "^$", true),
            ("a^b", "a^b", true), ("$", "", false), ("a-,b", "a-,b", true), ("[a-c]", "b", true),
            ("[^a-c]", "b", false), ("[-a]", "-", true), ("[a-]", "-", true), ("[-]", "-", true),
            ("[a^]", "^", true), ("[^^]", "^", false), ("[.]", ".", true), ("[.]", "a", false),
            ("[$|?*+(){}]", "{", true),
            (#"[\-a]"#, "-", true), (#"[\[-\]]"#, #"\"#, true),
            (#"\(\)\*\+\-\.\?\[\\\]\^\{\|\}"#, #"()*+-.?[\]^{|}"#, true),
            (#"\n\r\t"#, "\n\r\t", true), (#"\p{L}"#, "é", true), (#"\p{Lu}"#, "é", false), (#"\P{L}"#, "1", true),
            (#"\P{L}"#, "a", false), (#"[\p{Nd}\p{Pc}]+"#, "1_٣", true), (#"[^\p{L}]"#, "a", false),
            (#"[\P{L}]"#, "1", true), (#"\p{C}"#, "\u{0}", true), (#"\p{Cn}"#, "\u{378}", true),
            (#"\p{Zs}"#, "\u{A0}", true), (#"\p{Sc}"#, "€", true), (#"\p{So}"#, "😀", true), (#"\p{Lt}"#, "ǅ", true),
            (#"\p{Mn}"#, "\u{301}", true), (#"\p{Pi}\p{Pf}"#, "«»", true), ("1974-05-..", "1974-05-11", true),
        ]
    )
    func matchesAsTheRFCSays(_ pattern: String, _ text: String, _ expected: Bool) throws {
        #expect(try RegexPattern(pattern, dialect: .iRegexp).matchesWhole(text) == expected)
    }

    @Test func searchesWithoutAnchors() throws {
        let pattern = try RegexPattern("[jk]", dialect: .iRegexp)
        #expect(pattern.containsMatch(in: "kilo"))
        #expect(!pattern.containsMatch(in: "milo"))
    }
}
