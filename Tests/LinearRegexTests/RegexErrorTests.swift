import LinearRegex
import Testing

@Suite struct RegexErrorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let pattern: String
        let description: String

        init(_ pattern: String, _ description: String) {
            self.pattern = pattern
            self.description = description
        }

        var testDescription: String { pattern }
    }

    private static let references = "Back-references are not supported: they cannot be matched in bounded time."
    private static let lookAround = "Look-around is not supported: it cannot be matched in bounded time."
    private static let number =
        #"A character by number is written \x41, \u0041 or \u{1F600}, and must exist in Unicode."#
    private static let openGroup = "The group that starts here is not closed. Add \")\"."
    private static let openClass = "The class that starts here is not closed. Add \"]\"."

    static let search = [
        Row("(a", "character 1: \(openGroup)"),
        Row("é(?:a", "character 2: \(openGroup)"),
        Row("(?i", "character 1: \(openGroup)"),
        Row("a)", #"character 2: This ")" closes no group. Write "\)" for the character."#),
        Row("*a", #"character 1: There is nothing before "*" to repeat. Write "\*" for the character."#),
        Row("a|+", #"character 3: There is nothing before "+" to repeat. Write "\+" for the character."#),
        Row("{2}", #"character 1: There is nothing before "{" to repeat. Write "\{" for the character."#),
        Row("a**", "character 3: A repetition cannot be repeated. Put it in a group."),
        Row("a{2}{3}", "character 5: A repetition cannot be repeated. Put it in a group."),
        Row(
            "a++",
            "character 3: Possessive repetition is not supported. Leave out the \"+\": the engine never backtracks."
        ),
        Row("^*", #"character 2: A position such as "^" or "\b" cannot be repeated."#),
        Row("a{2,1}", "character 2: This repetition's upper bound is below its lower bound."),
        Row("(?:ab){10,9}?", "character 7: This repetition's upper bound is below its lower bound."),
        Row("a{3,1}", "character 2: This repetition's upper bound is below its lower bound."),
        Row(#"(a)\1"#, "character 4: \(references)"),
        Row(#"\k<n>"#, "character 1: \(references)"),
        Row("(?P=n)", "character 1: \(references)"),
        Row("(?=a)", "character 1: \(lookAround)"),
        Row("(?!a)", "character 1: \(lookAround)"),
        Row("x(?<=a)", "character 2: \(lookAround)"),
        Row("(?<!a)", "character 1: \(lookAround)"),
        Row("(?>a)", #"character 1: Atomic groups are not supported. Use "(?:"."#),
        Row("(?#a)", "character 1: Comments are not supported in a pattern."),
        Row("(?<a-b>x)", #"character 4: A group's name is made of letters, digits and "_", and ends in ">"."#),
        Row(
            "(?x)a",
            #"character 3: "x" is not a flag. The flags are i (ignore case), m (^ and $ at lines) and s (. matches line feeds)."#
        ),
        Row("[a", "character 1: \(openClass)"),
        Row("[]", "character 1: \(openClass)"),
        Row("[b-a]", "character 2: The ends of this range are in the wrong order."),
        Row(#"[a-\d]"#, "character 4: A range in a class must end in a single character."),
        Row(
            "[[:letter:]]",
            "character 2: \"letter\" is not a named class. They are alnum, alpha, ascii, blank, cntrl, digit, graph, lower, "
                + "print, punct, space, upper, word, xdigit."
        ),
        Row("\\", #"character 1: The pattern ends after "\". Write "\\" for the character."#),
        Row(#"a\y"#, #"character 2: There is no escape "\y"."#),
        Row(#"\é"#, #"character 1: There is no escape "\é"."#),
        Row(#"\Z"#, #"character 1: \Z and \G are not supported. Use \A or ^, and \z or $."#),
        Row(#"\x4"#, "character 1: \(number)"),
        Row(#"\uD800"#, "character 1: \(number)"),
        Row(#"\u{110000}"#, "character 1: \(number)"),
        Row(#"\u{41"#, "character 1: \(number)"),
        Row(#"\u{}"#, "character 1: \(number)"),
        Row(#"\x+1"#, "character 1: \(number)"),
        Row(#"\p{Greek}"#, #"character 4: "Greek" is not a general category of Unicode."#),
        Row(#"\p"#, #"character 1: A category is written \pL, \p{Lu} and so on."#),
    ]

    @Test(arguments: search)
    func saysWhatIsWrongInASearchPattern(_ row: Row) {
        let error = #expect(throws: RegexError.self) { try RegexPattern(row.pattern) }
        #expect(error?.description == row.description)
    }

    static let iRegexp = [
        Row("(a", "character 1: \(openGroup)"),
        Row("a)", #"character 2: This ")" closes no group. Write "\)" for the character."#),
        Row("*", #"character 1: There is nothing before "*" to repeat. Write "\*" for the character."#),
        Row("a**", #"character 3: There is nothing before "*" to repeat. Write "\*" for the character."#),
        Row("a+?", #"character 3: There is nothing before "?" to repeat. Write "\?" for the character."#),
        Row("(?:a)", #"character 2: There is nothing before "?" to repeat. Write "\?" for the character."#),
        Row("]", #"character 1: "]" must be written as "\]"."#),
        Row("a}", #"character 2: "}" must be written as "\}"."#),
        Row("a{", #"character 2: A repetition is written {n}, {n,} or {n,m}. Write "\{" for the character."#),
        Row("a{,2}", #"character 2: A repetition is written {n}, {n,} or {n,m}. Write "\{" for the character."#),
        Row("a{1", #"character 2: A repetition is written {n}, {n,} or {n,m}. Write "\{" for the character."#),
        Row("a{1 }", #"character 2: A repetition is written {n}, {n,} or {n,m}. Write "\{" for the character."#),
        Row("[a", "character 1: \(openClass)"),
        Row("[]", "character 1: A class must not be empty."),
        Row("[^]", "character 1: A class must not be empty."),
        Row("[a-c-e]", #"character 5: "-" must be first or last in a class, or written as "\-"."#),
        Row("[a--]", "character 4: A range in a class must end in a single character."),
        Row("a{2,1}", "character 2: This repetition's upper bound is below its lower bound."),
        Row("(ab){1,0}", "character 5: This repetition's upper bound is below its lower bound."),
        Row("x[a-c]{12,3}", "character 7: This repetition's upper bound is below its lower bound."),
        Row("[b-a]", "character 2: The ends of this range are in the wrong order."),
        Row("[c-a]", "character 2: The ends of this range are in the wrong order."),
        Row("[[]", #"character 2: "[" in a class must be written as "\["."#),
        Row(#"[a-\p{L}]"#, "character 4: A range in a class must end in a single character."),
        Row(#"\d"#, #"character 1: I-Regexp (RFC 9485) has no escape "\d"."#),
        Row(#"\w"#, #"character 1: I-Regexp (RFC 9485) has no escape "\w"."#),
        Row(#"\$"#, #"character 1: I-Regexp (RFC 9485) has no escape "\$"."#),
        Row(#"\u0041"#, #"character 1: I-Regexp (RFC 9485) has no escape "\u"."#),
        Row("\\", #"character 1: The pattern ends after "\". Write "\\" for the character."#),
        Row(#"\p{Cs}"#, #"character 4: "Cs" is not a general category of Unicode."#),
        Row(#"\p{IsGreek}"#, #"character 4: "IsGreek" is not a general category of Unicode."#),
        Row(#"\pL"#, #"character 1: A category is written \p{L}, \p{Lu} and so on."#),
        Row(#"\p{L"#, #"character 1: A category is written \p{L}, \p{Lu} and so on."#),
    ]

    @Test(arguments: iRegexp)
    func saysWhatIsWrongInAnIRegexp(_ row: Row) {
        let error = #expect(throws: RegexError.self) { try RegexPattern(row.pattern, dialect: .iRegexp) }
        #expect(error?.description == row.description)
    }

    @Test(
        arguments: [
            "a{20000}", "(a{1000}){1000}", "((((a{99}){99}){99}){99}){99}", "(){99999999999999999999}", "a{10000}",
            "((){1000}){1000}", "(a?){5000}", "a{99999999999999999999,}", "(a{9223372036854775807,}){2}",
            "a{99999999999999999999,99999999999999999999}",
        ]
    )
    func boundsTheSizeOfPatterns(_ pattern: String) {
        for dialect in [RegexPattern.Dialect.search, .iRegexp] {
            let error = #expect(throws: RegexError.self) { try RegexPattern(pattern, dialect: dialect) }
            #expect(
                error?.message
                    == "The pattern is too large: its repetitions expand to over 10000 steps. Lower its counts."
            )
        }
    }

    @Test func boundsTheNestingOfGroups() throws {
        for dialect in [RegexPattern.Dialect.search, .iRegexp] {
            let deepest = String(repeating: "(", count: 200) + "a" + String(repeating: ")", count: 200)
            #expect(try RegexPattern(deepest, dialect: dialect).matchesWhole("a"))
            let error = #expect(throws: RegexError.self) { try RegexPattern("(\(deepest))", dialect: dialect) }
            #expect(error?.description == "character 201: Groups are nested over 200 deep.")
        }
    }
}
