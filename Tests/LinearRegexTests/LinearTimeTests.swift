import Testing

@testable import LinearRegex

/// Counts steps instead of seconds: twice the text must cost about twice the steps.
@Suite struct LinearTimeTests {
    static let catastrophic = [
        "(a+)+$", "(a|a)*b", "(.*)*x", "(a|aa)+$", "(a*)*b", "((a+)+)+b", "^(a?){25}a{25}$", "(.*a){20}b",
        "(?:a|b|ab)*c", "(\\w+\\s?)*!", "a*a*a*a*a*b", "([a-z]+)*@", ".*.*=.*", "(?i)(a+)+z", "(a?)*?$x", "x*y*a*$^",
    ]

    @Test(arguments: catastrophic)
    func stepsGrowWithTheText(_ source: String) throws {
        let pattern = try RegexPattern(source)
        for length in [100, 2_000] {
            let (single, double) = (steps(pattern, length), steps(pattern, 2 * length))
            #expect(
                double <= 2 * single + single / 4 + 2_000,
                "\(single) steps for \(length), \(double) for twice that"
            )
            #expect(single <= 3 * (length + 2) * (pattern.program.instructions.count + 2) * 2)
        }
    }

    /// The steps of all four kinds of search together.
    private func steps(_ pattern: RegexPattern, _ length: Int) -> Int {
        let text = Array(repeating: UInt8(ascii: "a"), count: length)
        var steps = 0
        _ = pattern.matchesWhole(text.span, steps: &steps)
        _ = pattern.containsMatch(in: text.span, steps: &steps)
        _ = pattern.firstMatch(in: text.span, from: 0, steps: &steps)
        _ = ThreadMachine.run(pattern.program, on: text.span, from: 0, goal: .leftmost, steps: &steps)
        return steps
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
        var random = SeededRandom(seed: seed)
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

    private static func pattern(depth: Int, _ random: inout SeededRandom) -> String {
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

/// Repeatable pseudo-random numbers (SplitMix64).
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(bound))
    }
}
