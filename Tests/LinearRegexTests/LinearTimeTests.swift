import TestNumbers
import Testing

@testable import LinearRegex

/// Counts steps instead of seconds: twice the text must cost about twice the steps.
@Suite struct LinearTimeTests {
    static let catastrophic = [
        "(a+)+$", "(a|a)*b", "(.*)*x", "(a|aa)+$", "(a*)*b", "((a+)+)+b", "^(a?){25}a{25}$", "(.*a){20}b",
        "(?:a|b|ab)*c", "(\\w+\\s?)*!", "a*a*a*a*a*b", "([a-z]+)*@", ".*.*=.*", "(?i)(a+)+z", "(a?)*?$x", "x*y*a*$^",
    ]

    static let scalars: [Unicode.Scalar] = ["a", "é", "語", "😀"]

    @Test(arguments: catastrophic, scalars)
    func stepsGrowWithTheText(_ source: String, _ scalar: Unicode.Scalar) throws {
        // A range would not end where it begins any more.
        let source = source.contains("a-") ? source : String(source.map { $0 == "a" ? Character(scalar) : $0 })
        let pattern = try RegexPattern(source)
        for length in [100, 2_000] {
            let single = steps(pattern, scalar, length)
            let double = steps(pattern, scalar, 2 * length)
            #expect(
                double <= 2 * single + single / 4 + 2_000,
                "\(single) steps for \(length), \(double) for twice that"
            )
            #expect(single <= 3 * (length + 2) * (pattern.program.instructions.count + 2) * 2)
        }
    }

    /// The steps of all four kinds of search together.
    private func steps(_ pattern: RegexPattern, _ scalar: Unicode.Scalar, _ length: Int) -> Int {
        let text = Array(String(repeating: Character(scalar), count: length).utf8)
        var steps = 0
        _ = pattern.matchesWhole(text.span, steps: &steps)
        _ = pattern.containsMatch(in: text.span, steps: &steps)
        _ = pattern.firstMatch(in: text.span, from: 0, steps: &steps)
        _ = ThreadMachine.run(pattern.program, on: text.span, from: 0, goal: .leftmost, steps: &steps)
        return steps
    }

    /// What a large program does once it has seen what comes costs a step a scalar, whatever the script.
    @Test(
        arguments: [
            ("[ab]{1000}x", "a"), ("[éè]{1000}x", "é"), ("[\\p{L}]{1000}x", "é語"), ("(?i)É{1000}x", "é"),
            ("[α-ω]{1000}x", "αβγδεζηθικλμνξοπρστυφχψω"), (".{1000}\\n", "語😀é"),
        ]
    )
    func aLongTextCostsAStepAScalar(_ source: String, _ scalars: String) throws {
        let pattern = try RegexPattern(source)
        let unit = String(repeating: scalars, count: 10_000 / scalars.unicodeScalars.count)
        let costs = [5, 25].map { times in
            var steps = 0
            let text = Array(String(repeating: unit, count: times).utf8)
            #expect(!pattern.containsMatch(in: text.span, steps: &steps))
            return steps
        }
        #expect(costs[1] - costs[0] <= 20 * 10_000)
    }

    @Test func moreGroupsThanAreKeptAreToldApartAllTheSame() throws {
        let letters = (Array(0x3B1...0x3C9) + Array(0x430...0x44F) + Array(0x5D0...0x5EA))
            .compactMap { Unicode.Scalar($0 as Int) }
        let source = letters.map { "\($0)x|" }.joined() + "語y"
        let pattern = try RegexPattern("^(\(source))*$")
        let text = String(repeating: letters.reversed().map { "\($0)x" }.joined(), count: 10)
        #expect(pattern.matchesWhole(text))
        #expect(pattern.containsMatch(in: text + "語y"))
        #expect(!pattern.containsMatch(in: text + "語x"))
    }

    @Test func givesUpWhenTheStepsAreUsedUp() throws {
        let pattern = try RegexPattern("(é?è?){900}[^éè]")
        let short = String(repeating: "é", count: 100)
        let long = String(repeating: "éè", count: 2_000)
        for text in [short, long] {
            var stepsLeft = 10_000
            #expect(pattern.containsMatch(in: text, stepsLeft: &stepsLeft) == nil)
            #expect(stepsLeft < 0)
            // It stops soon after the limit, not at the end of the text.
            #expect(stepsLeft > -10_000)
            #expect(pattern.containsMatch(in: "x", stepsLeft: &stepsLeft) == nil)
            stepsLeft = 10_000
            #expect(pattern.firstMatch(in: text, stepsLeft: &stepsLeft) == nil)
            stepsLeft = 10_000
            #expect(pattern.matchesWhole(text, stepsLeft: &stepsLeft) == nil)
        }
        var stepsLeft = 100_000_000
        #expect(pattern.containsMatch(in: long + "x", stepsLeft: &stepsLeft) == true)
        #expect(pattern.matchesWhole("x", stepsLeft: &stepsLeft) == true)
        #expect(pattern.matchesWhole("xx", stepsLeft: &stepsLeft) == false)
        #expect(pattern.firstMatch(in: "éx", stepsLeft: &stepsLeft) == 0..<3)
    }

    @Test func aLargeProgramStaysWithinItsBound() throws {
        let pattern = try RegexPattern("(a?b?){900}[^ab]")
        let text = Array(repeating: UInt8(ascii: "a"), count: 3_000)
        var steps = 0
        #expect(!pattern.containsMatch(in: text.span, steps: &steps))
        #expect(steps <= text.count * (pattern.program.instructions.count + 2))
    }

    /// The automata must agree with each other on random patterns and texts.
    @Test(arguments: 0..<400)
    func bothAutomataAgree(_ seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let pattern = try RegexPattern(Self.pattern(depth: 4, &random))
        for _ in 0..<4 {
            let text = Array(
                (0..<random.below(40)).map { _ in ["a", "b", "c", " ", "\n", "é", "A"][random.below(7)] }.joined().utf8
            )
            var steps = 0
            var search = LazyAutomaton(pattern.program, isSearch: true)
            var whole = LazyAutomaton(pattern.program, isSearch: false)
            let first = ThreadMachine.run(pattern.program, on: text.span, from: 0, goal: .leftmost, steps: &steps)
            let idle = search.search(text.span, from: 0)
            let all = ThreadMachine.run(pattern.program, on: text.span, from: 0, goal: .whole, steps: &steps)
            #expect((idle != nil) == (first != nil), "\(pattern)")
            #expect(whole.matchesWhole(text.span) == (all != nil), "\(pattern)")
            guard let first, let idle else { continue }
            #expect(idle <= first.lowerBound)
            let later = ThreadMachine.run(pattern.program, on: text.span, from: idle, goal: .leftmost, steps: &steps)
            #expect(later == first, "\(pattern)")
        }
    }

    private static func pattern(depth: Int, _ random: inout SeededNumbers) -> String {
        let atoms = ["a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\s", "é", "^", "$", "\\b", "\\B", "(?m:^)", "(?i:a)"]
        guard depth > 0 else { return atoms[random.below(atoms.count)] }
        let inner = pattern(depth: depth - 1, &random)
        switch random.below(6) {
        case 0: return atoms[random.below(atoms.count)]
        case 1: return "(\(inner)|\(pattern(depth: depth - 1, &random)))"
        case 2: return "(?:\(inner))" + ["*", "+", "?", "{2}", "{1,3}", "*?", "+?", "??"][random.below(8)]
        default: return inner + pattern(depth: depth - 1, &random)
        }
    }
}
