import Testing

@testable import LinearRegex

@Suite struct RegexPatternTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let pattern: String
        let text: String
        /// UTF-8 offsets of the matches, as in `0-1 3-5`.
        let matches: String

        init(_ pattern: String, _ text: String, _ matches: String) {
            self.pattern = pattern
            self.text = text
            self.matches = matches
        }

        var testDescription: String { "\(pattern) in \(text)" }
    }

    static let basics = [
        Row("UP", "is UP, UP", "3-5 7-9"),
        Row("", "ab", "0-0 1-1 2-2"),
        Row("", "é", "0-0 2-2"),
        Row("a", "", ""),
        Row(".", "a\né", "0-1 2-4"),
        Row("(?s).", "a\n", "0-1 1-2"),
        Row("a|b|", "ba", "0-1 1-2 2-2"),
        Row("ab*", "a ab abb", "0-1 2-4 5-8"),
        Row("ab+?", "abb", "0-2"),
        Row("a{2}", "aaaaa", "0-2 2-4"),
        Row("a{2,}", "a aa aaa", "2-4 5-8"),
        Row("a{1,2}?", "aaa", "0-1 1-2 2-3"),
        Row("a{0}b", "ab", "1-2"),
        Row("(ab|a)(bc)?", "abc", "0-2"),
        Row("(a|ab)(bc)?", "abc", "0-3"),
        Row("a|ab", "ab", "0-1"),
        Row("(?:a|ab)c", "abc", "0-3"),
        Row("(?<n>a)(?P<m>b)", "ab", "0-2"),
        Row("<.*?>", "<a><b>", "0-3 3-6"),
        Row("<.*>", "<a><b>", "0-6"),
        Row("{\"status\":", "{\"status\":1", "0-10"),
        Row("a{,2}", "a{,2}", "0-5"),
        Row("x{a}", "x{a}", "0-4"),
        Row("a]b}", "a]b}", "0-4"),
        Row("(|a)+", "aa", "0-0 1-1 2-2"),
        Row("(a*)*", "aab", "0-2 2-2 3-3"),
        Row("(a*)+b", "aab", "0-3"),
        Row("é+", "aéé", "1-5"),
        Row("😀", "x😀", "1-5"),
    ]

    static let positions = [
        Row("^a", "aa\na", "0-1"),
        Row("a$", "aa\na", "3-4"),
        Row("(?m)^a", "aa\na", "0-1 3-4"),
        Row("(?m)a$", "aa\na", "1-2 3-4"),
        Row("a$", "a\n", ""),
        Row(#"\Aa|a\z"#, "aaa", "0-1 2-3"),
        Row(#"(?m)\Aa"#, "b\na", ""),
        Row(#"\bUP\b"#, "UPPER UP", "6-8"),
        Row(#"\Ba"#, "aa ba", "1-2 4-5"),
        Row(#"\b"#, "ab c", "0-0 2-2 3-3 4-4"),
        Row(#"\bé"#, "é", ""),
        Row("^", "ab", "0-0"),
        Row("$", "ab", "2-2"),
        Row("^$", "", "0-0"),
        Row("^(a|^b)", "ba", "0-1"),
        Row("(^a|b)", "aab", "0-1 2-3"),
    ]

    static let classes = [
        Row("[abc]+", "xcabx", "1-4"),
        Row("[^abc]+", "xcabx", "0-1 4-5"),
        Row("[a-c1-3]+", "z2bz", "1-3"),
        Row("[-a]+", "a-b", "0-2"),
        Row("[a-]+", "a-b", "0-2"),
        Row("[]a]+", "x]a", "1-3"),
        Row("[^]a]+", "x]a", "0-1"),
        Row(#"[\]\\\-]+"#, #"a]\-"#, "1-4"),
        Row("[[.]+", "a[.", "1-3"),
        Row(#"[\d.]+"#, "v1.2", "1-4"),
        Row(#"[^\d]+"#, "v1", "0-1"),
        Row(#"[\D]"#, "1a", "1-2"),
        Row(#"[\w\s]+"#, "-a b-", "1-4"),
        Row(#"\d+"#, "a12٣", "1-3"),
        Row(#"\D+"#, "12a٣", "2-5"),
        Row(#"\w+"#, "a_1é", "0-3"),
        Row(#"\W"#, "aé", "1-3"),
        Row(#"\s\S"#, " x", "0-2"),
        Row("[[:alpha:]]+", "1ab", "1-3"),
        Row("[[:^digit:]x]+", "1ab", "1-3"),
        Row(#"\p{Lu}"#, "aÉ", "1-3"),
        Row(#"\pL+"#, "1aé", "1-4"),
        Row(#"\P{L}+"#, "aé12", "3-5"),
        Row(#"[\p{Nd}_]+"#, "a1_٣", "1-5"),
        Row(#"[^\p{L}]"#, "é1", "2-3"),
        Row(#"[\x41-\u0043\u{1F600}]+"#, "xAC😀", "1-7"),
        Row(#"\x41\u00e9\u{1F600}"#, "Aé😀", "0-7"),
        Row(#"\t\n\r\f\v\0\a\e"#, "\t\n\r\u{0C}\u{0B}\0\u{07}\u{1B}", "0-8"),
        Row(#"\.\*\/\-\_\@"#, ".*/-_@", "0-6"),
        Row(#"[\b]"#, "\u{08}", "0-1"),
    ]

    static let flags = [
        Row("(?i)straße", "STRAßE", "0-7"),
        Row("(?i)é", "É", "0-2"),
        Row("(?i)[a-c]+", "xABC", "1-4"),
        Row("(?i)[^a]", "Ab", "1-2"),
        Row("(?i)k", "\u{212A}", "0-3"),
        Row("(?i)\u{212A}", "k", "0-1"),
        Row("(?i)[é]", "É", "0-2"),
        Row("a(?i)b|c", "aB C", "0-2 3-4"),
        Row("(a(?i)b)c", "aBc aBC", "0-3"),
        Row("(?i:a)b", "Ab AB", "0-2"),
        Row("(?i)a(?-i)b", "Ab AB", "0-2"),
        Row("(?is-m:A.)b", "a\nb", "0-3"),
        Row("(?i)", "a", "0-0 1-1"),
        Row(#"(?i)\p{Lu}"#, "a", "0-1"),
    ]

    @Test(arguments: basics + positions + classes + flags)
    func findsAllMatches(_ row: Row) throws {
        let pattern = try RegexPattern(row.pattern)
        let matches = pattern.matches(in: row.text)
        #expect(matches.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ") == row.matches)
        #expect(pattern.firstMatch(in: row.text) == matches.first)
        #expect(pattern.containsMatch(in: row.text) == !matches.isEmpty)
        // Long texts run on the other automaton, which must agree.
        let padding = String(repeating: "\u{0}\n", count: 300)
        let startsOrEnds = row.pattern.contains { "^$".contains($0) } || row.pattern.contains(#"\A"#)
        if !startsOrEnds, let first = matches.first, !first.isEmpty {
            let shifted = (first.lowerBound + 600)..<(first.upperBound + 600)
            let skipsPadding = pattern.firstMatch(in: padding) == nil
            if skipsPadding { #expect(pattern.firstMatch(in: padding + row.text + "\n") == shifted) }
        }
    }

    @Test(
        arguments: [
            ("a|ab", "ab", true), ("a*", "", true), ("a", "ab", false), ("b", "ab", false), ("^a$", "a", true),
            (#"\d{4}-\d{2}"#, "2026-11", true), (#"\d{4}-\d{2}"#, "2026-11x", false), ("UP", "UP", true),
            ("UP", "UPS", false), ("", "", true), ("", "a", false), (".*", "a\nb", false), ("(?s).*", "a\nb", true),
        ]
    )
    func matchesTheWholeText(_ pattern: String, _ text: String, _ expected: Bool) throws {
        let regex = try RegexPattern(pattern)
        #expect(regex.matchesWhole(text) == expected)
        let long = String(repeating: "z", count: 300)
        #expect(
            try RegexPattern("z{300}(?:\(pattern))").matchesWhole(long + text) == expected || pattern.hasPrefix("^")
        )
    }

    @Test func readsBrokenUTF8AsReplacementCharacters() throws {
        let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0x62, 0xED, 0xA0, 0x80]
        #expect(try RegexPattern("a\\u{FFFD}{2}b\\u{FFFD}{3}").matchesWhole(bytes.span))
        #expect(try RegexPattern(".").matches(in: bytes.span).map(\.lowerBound) == [0, 1, 2, 3, 4, 5, 6])
    }

    @Test func looksAtTheTextBeforeTheStart() throws {
        let text = Array("ab ab".utf8)
        #expect(try RegexPattern(#"\bab"#).firstMatch(in: text.span, from: 1) == 3..<5)
        #expect(try RegexPattern("^ab").firstMatch(in: text.span, from: 3) == nil)
        #expect(try RegexPattern("b").firstMatch(in: text.span, from: 5) == nil)
        #expect(try RegexPattern("b").firstMatch(in: text.span, from: 6) == nil)
        #expect(try RegexPattern("b").firstMatch(in: text.span, from: -1) == nil)
    }

    @Test func equalsAPatternThatIsWrittenAlike() throws {
        #expect(try RegexPattern("a") == RegexPattern("a"))
        #expect(try RegexPattern("a") != RegexPattern("a", dialect: .iRegexp))
        #expect(try RegexPattern("é") != RegexPattern("e\u{301}"))
        #expect(try RegexPattern("a+").description == "a+")
    }
}

/// RFC 9485: the grammar of figure 1 and the meaning of section 4.
@Suite struct IRegexpTests {
    @Test(
        arguments: [
            ("", "", true), ("", "a", false), ("abc", "abc", true), ("a|b", "b", true), ("a|", "", true),
            ("(ab)+", "abab", true), ("a{2}", "aa", true), ("a{2}", "aaa", false), ("a{2,}", "aaa", true),
            ("a{0,1}", "", true), ("a{007}", "aaaaaaa", true), (".", "a", true),
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
