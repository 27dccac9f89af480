import Arguments
import Testing

/// Lines that are understood.
@Suite struct ParsingTests {
    private static func make(_ dishes: [String] = ["soup"], _ change: (inout Cooking) -> Void = { _ in }) -> Reading {
        var values = Cooking("make")
        values.dishes = dishes
        change(&values)
        return .run(values)
    }

    private static let lines: [(words: [String], Reading)] = [
        (["soup"], make()),
        (["soup", "salad"], make(["soup", "salad"])),
        (["--limit", "3", "soup"], make { $0.limit = 3 }),
        (["--limit=3", "soup"], make { $0.limit = 3 }),
        (["soup", "--limit", "3"], make { $0.limit = 3 }),
        (["-l", "3", "soup"], make { $0.limit = 3 }),
        (["-l3", "soup"], make { $0.limit = 3 }),
        (["--limit=3", "--limit=4", "soup"], make { $0.limit = 4 }),
        (["-q", "soup"], make { $0.isQuiet = true }),
        (["-qv", "soup"], make { ($0.isQuiet, $0.verbosity) = (true, 1) }),
        (["-vvq", "soup"], make { ($0.isQuiet, $0.verbosity) = (true, 2) }),
        (["-qo", "plate", "soup"], make { ($0.isQuiet, $0.output) = (true, "plate") }),
        (["-qoplate", "soup"], make { ($0.isQuiet, $0.output) = (true, "plate") }),
        (["-oq", "soup"], make { $0.output = "q" }),
        (["-o=plate", "soup"], make { $0.output = "=plate" }),
        (["-o-", "soup"], make { $0.output = "-" }),
        (["-o", "-", "soup"], make { $0.output = "-" }),
        (["-s--x", "soup"], make { $0.spices = ["--x"] }),
        (["--", "soup"], make()),
        (["--", "-q", "--help"], make(["-q", "--help"])),
        (["soup", "--", "--"], make(["soup", "--"])),
        (["-"], make(["-"])),
        (["-", "-q"], make(["-"]) { $0.isQuiet = true }),
        ([""], make([""])),
        (["--spice=", "soup"], make { $0.spices = [""] }),
        (["--spice", "", "soup"], make { $0.spices = [""] }),
        (["--spice", "a", "--spice=b", "-sc", "-s", "d", "soup"], make { $0.spices = ["a", "b", "c", "d"] }),
        (["--spice", "-", "soup"], make { $0.spices = ["-"] }),
        (["--spice", "-1", "soup"], make { $0.spices = ["-1"] }),
        (["--spice", "-zq", "soup"], make { $0.spices = ["-zq"] }),
        (["--spice=-q", "soup"], make { $0.spices = ["-q"] }),
        (["--spice=--x=1", "soup"], make { $0.spices = ["--x=1"] }),
        (["--spice=a=b", "soup"], make { $0.spices = ["a=b"] }),
        (["--spice", "make", "soup"], make { $0.spices = ["make"] }),
        (["--spice=\u{301}x", "soup"], make { $0.spices = ["\u{301}x"] }),
        (["--shuffle", "18446744073709551615", "soup"], make { $0.seed = .max }),
        (["--heat", "high", "soup"], make { $0.heat = .high }),
        (["--garnish", "soup"], make { $0.isGarnished = true }),
        (["--no-garnish", "soup"], make { $0.isGarnished = false }),
        (["--garnish", "--no-garnish", "soup"], make { $0.isGarnished = false }),
        (["--no-garnish", "--garnish", "soup"], make { $0.isGarnished = true }),
        (["-q", "-q", "soup"], make { $0.isQuiet = true }),
        (["--token", "a=b", "soup"], make { $0.secret = "a=b" }),
    ]

    @Test(arguments: lines)
    func understands(words: [String], reading: Reading) {
        #expect(Reading(["make"] + words) == reading)
    }

    @Test func leavesAnOptionalOperandOut() {
        #expect(Reading(["taste"]) == .run(Cooking("taste")))
    }

    @Test func fillsOperandsInTheirOrder() {
        var values = Cooking("compare")
        values.dishes = ["soup"]
        values.heat = .medium
        for words in [["soup", "medium"], ["soup", "--", "medium"], ["--", "soup", "medium"]] {
            #expect(Reading(["compare"] + words) == .run(values))
        }
    }

    @Test(arguments: [
        ["--compare-dishes", "a", "low"], ["--compare-dishes=a", "low"], ["--", "compare", "a", "low"],
    ])
    func takesAnAliasForItsCommand(words: [String]) {
        var values = Cooking("compare")
        values.dishes = ["a"]
        #expect(Reading(words) == .run(values))
    }

    @Test func runsHiddenCommands() {
        #expect(Reading(["secret"]) == .run(Cooking("secret")))
    }

    /// Any line that GNU's conventions allow in two orders means the same in both.
    @Test func theOrderOfOptionsAndOperandsDoesNotMatter() {
        let pieces = [["--limit", "3"], ["-q"], ["soup"], ["--spice=hot"], ["--no-garnish"], ["-oplate"]]
        var generator = SystemRandomNumberGenerator()
        let expected = Reading(["make"] + pieces.flatMap(\.self))
        for _ in 0..<200 {
            #expect(Reading(["make"] + pieces.shuffled(using: &generator).flatMap(\.self)) == expected)
        }
    }

    /// Whatever text is attached with `=` arrives as it is.
    @Test func anAttachedValueIsNeverLookedAt() {
        let alphabet = Array("-=hqv \n\u{301}\u{0}é😀\"'\\$")
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let length = Int.random(in: 0...6, using: &generator)
            let text = String((0..<length).compactMap { _ in alphabet.randomElement(using: &generator) })
            #expect(Reading(["make", "soup", "--spice=\(text)"]) == Self.make { $0.spices = [text] })
        }
    }
}
