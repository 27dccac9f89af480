import JSONDocument
import LinearRegex
import Testing

@testable import Matching

/// Every condition of the list against every kind of value.
struct ConditionTableTests {
    /// What conditions are held against, in the order of the columns of ``oracle``.
    static let samples: [(name: String, kinds: SubjectKinds, subject: Subject)] = [
        ("no field", .absence, .noField),
        ("empty field", .text, .field("")),
        ("field abc", .text, .field("abc")),
        ("field 5", .text, .field(" 5\t")),
        ("field é", .text, .field("e\u{301}\u{1F600}")),
        ("empty body", .text, .body("")),
        ("huge body", .text, .body(String(repeating: "abc ", count: 300_000))),
        ("path to nothing", .absence, .nothing(gaps: [])),
        ("null", .null, node("null")),
        ("true", .boolean, node("true")),
        ("5", .number, node("5")),
        ("5.0", .number, node("5.0")),
        ("1e1000", .number, node("1e1000")),
        ("empty string", .string, node(#""""#)),
        ("string abc", .string, node(#""abc""#)),
        ("string é", .string, node(#""\u0065\u0301😀""#)),
        ("empty array", .array, node("[]")),
        ("array", .array, node(#"[5,"abc"]"#)),
        ("huge array", .array, node("[5\(String(repeating: ",5", count: 20_000))]")),
        ("empty object", .object, node("{}")),
        ("object", .object, node(#"{"abc":5}"#)),
        ("no nodes", [.nodes, .absence], .nodes([], gaps: [])),
        ("one node", [.nodes, .number], .nodes(nodes("[5]"), gaps: [])),
        ("two nodes", [.nodes, .absence], .nodes(nodes(#"[5,"abc"]"#), gaps: [])),
        ("amount 0", .amount, .amount(0)),
        ("amount 5", .amount, .amount(5)),
    ]

    /// `+` holds, `-` fails, `.` does not apply; a column for each sample, in groups: fields and bodies between two that
    /// are not there, JSON values by type, nodes of a path that can select several, amounts.
    static let oracle: [(matcher: Matcher, answers: String)] = [
        (.equals(five), ". ---- -- .  -- ++- --- --- --  .+. -+"),
        (.equals(text("abc")), ". -+-- -- .  -- --- -+- --- --  .-. --"),
        (.equals(text("")), ". +--- +- .  -- --- +-- --- --  .-. --"),
        (.not(.equals(five)), ". ++++ ++ .  ++ --+ +++ +++ ++  .-. +-"),
        (.not(.exists(true)), "+ ---- +- +  -- --- --- --- --  +-- .."),
        (.not(.contains(text("abc"))), ". +-++ +- .  .. ... +-+ +-+ +-  ... .."),
        (.not(.greaterThan(five)), ". ..+. .. .  .. ++- ... ... ..  .+. ++"),
        (.not(.every(.equals(five))), ". .... .. .  .. ... ... .+- ..  .-+ .."),
        (.not(.none(.equals(five))), ". .... .. .  .. ... ... -++ ..  -++ .."),
        (.not(.not(.startsWith("abc"))), ". -+-- -+ .  .. ... -+- ... ..  ... .."),
        (.contains(text("abc")), ". -+-- -+ .  .. ... -+- -+- -+  ... .."),
        (.startsWith("abc"), ". -+-- -+ .  .. ... -+- ... ..  ... .."),
        (.endsWith("\u{301}\u{1F600}"), ". ---+ -- .  .. ... --+ ... ..  ... .."),
        (.matches(pattern), ". -+++ -+ .  .. ... -++ ... ..  ... .."),
        (.oneOf([five, text("abc")]), ". -+-- -- .  -- ++- -+- --- --  .+. -+"),
        (.exists(true), "- ++++ -+ -  ++ +++ +++ +++ ++  -++ .."),
        (.exists(false), "+ ---- +- +  -- --- --- --- --  +-- .."),
        (.type(.integer), ". .... .. .  -- +++ --- --- --  .+. .."),
        (.type(.string), ". .... .. .  -- --- +++ --- --  .-. .."),
        (.length(.equals(number(3))), ". -+++ -- .  .. ... -++ --- --  ... .."),
        (.length(.atLeast(number(1))), ". -+++ -+ .  .. ... -++ -++ -+  ... .."),
        (.greaterThan(number(4)), ". ..+. .. .  .. +++ ... ... ..  .+. -+"),
        (.greaterThan(text("abc")), ". ---+ -+ .  .. ... --+ ... ..  ... .."),
        (.greaterThan(five), ". ..-. .. .  .. --+ ... ... ..  .-. --"),
        (.atLeast(text("abc")), ". -+-+ -+ .  .. ... -++ ... ..  ... .."),
        (.atLeast(five), ". ..+. .. .  .. +++ ... ... ..  .+. -+"),
        (.lessThan(five), ". ..-. .. .  .. --- ... ... ..  .-. +-"),
        (.lessThan(text("abc")), ". +-+- +- .  .. ... +-- ... ..  ... .."),
        (.atMost(five), ". ..+. .. .  .. ++- ... ... ..  .+. ++"),
        (.atMost(text("abc")), ". +++- +- .  .. ... ++- ... ..  ... .."),
        (.every(.equals(five)), ". .... .. .  .. ... ... .-+ ..  .+- .."),
        (.any(.equals(text("abc"))), ". .... .. .  .. ... ... -+- ..  --+ .."),
        (.none(.equals(five)), ". .... .. .  .. ... ... +-- ..  +-- .."),
        (.count(.equals(number(1))), ". .... .. -  ++ +++ +++ +++ ++  -+- .."),
    ]

    @Test func everyConditionHasARow() {
        let named = Set(Self.oracle.flatMap { $0.matcher.conditions.map(\.kind.name) })
        #expect(named == Set(ConditionKind.all.map(\.name)))
    }

    @Test(arguments: oracle.indices)
    func answersAsTheTableSays(row: Int) throws {
        let (matcher, answers) = Self.oracle[row]
        let condition = try #require(matcher.conditions.first)
        var found = ""
        for sample in Self.samples {
            switch condition.answer(for: sample.subject, within: PatternBudget(steps: 10_000_000)) {
            case .holds: found += "+"
            case .fails: found += "-"
            case .doesNotApply: found += "."
            }
        }
        #expect(found == answers.filter { $0 != " " }, "\(matcher)")
    }

    @Test(arguments: oracle.indices)
    func appliesToNothingThatItDoesNotName(row: Int) throws {
        let condition = try #require(Self.oracle[row].matcher.conditions.first)
        for sample in Self.samples where condition.kind.applies.isDisjoint(with: sample.kinds) {
            let answer = condition.answer(for: sample.subject, within: PatternBudget(steps: 10_000_000))
            #expect(answer == .doesNotApply, "\(condition.kind.name) of \(sample.name)")
        }
    }

    /// What a condition names is not there for show: some operand gives an answer.
    @Test(arguments: ConditionKind.all.indices)
    func answersForEachKindThatItNames(index: Int) {
        let kind = ConditionKind.all[index]
        let rows = Self.oracle.compactMap { $0.matcher.conditions.first }.filter { $0.kind.name == kind.name }
        for bit in 0..<UInt16.bitWidth where kind.applies.rawValue & (1 << bit) != 0 {
            let named = SubjectKinds(rawValue: 1 << bit)
            let answers = Self.samples.filter { !$0.kinds.isDisjoint(with: named) }.flatMap { sample in
                rows.map { $0.answer(for: sample.subject, within: PatternBudget(steps: 10_000_000)) }
            }
            #expect(answers.contains { $0 != .doesNotApply }, "\(kind.name) and kind \(bit)")
        }
    }

    /// Whatever is held against whatever, a person is told on lines of bounded length.
    @Test(arguments: oracle.indices)
    func showsWhatItExpectsAndWhatCame(row: Int) throws {
        let condition = try #require(Self.oracle[row].matcher.conditions.first)
        for style in [OperandStyle.text, .json] {
            let phrase = condition.phrase(style)
            #expect(!phrase.text.isEmpty && !phrase.clause.isEmpty)
        }
        for sample in Self.samples {
            let finding = condition.finding(for: sample.subject, within: PatternBudget(steps: 10_000_000))
            #expect(!finding.actual.isEmpty && !finding.isLimit)
            for line in [finding.actual] + finding.excerpt {
                #expect(line.unicodeScalars.count <= 200 && !line.contains("\n"), "\(sample.name)")
            }
        }
    }

    @Test func namesAndAliasesAreToldApart() {
        let names = ConditionKind.all.flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
    }

    @Test func summariesAreSentences() {
        for kind in ConditionKind.all { #expect(kind.summary.hasSuffix("."), "\(kind.name)") }
    }

    // MARK: Making operands and values

    private static let pattern: RegexPattern = {
        guard let pattern = try? RegexPattern("^(abc|\\s*5|e\u{301})") else { preconditionFailure("a pattern") }
        return pattern
    }()

    private static let five = number(5)

    private static func number(_ number: Int) -> Matcher.Operand {
        Matcher.Operand(value: .number(JSONNumber(number)), text: "\(number)")
    }

    private static func text(_ text: String) -> Matcher.Operand {
        Matcher.Operand(value: .string(text), text: text)
    }

    private static func node(_ json: String) -> Subject {
        guard let tree = try? JSONTree(parsing: json) else { preconditionFailure("JSON") }
        return .node(tree.root)
    }

    private static func nodes(_ json: String) -> [JSONNode] {
        guard case .node(let node) = node(json) else { return [] }
        return node.children
    }
}
