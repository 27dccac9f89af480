import Checks
import DHIS2
import JSONDocument
import Matching
import Testing

@testable import Runner

/// What holds of every body, path and matcher; each seed makes 500 of them.
struct JudgingPropertyTests {
    private static let cases = 500

    /// What is true of a matcher, its negation, and the negation of that, whatever they judge.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func aMatcherAndItsNegationNeverPassTogether(seed: UInt64) async throws {
        var random = RandomJudging(seed: seed)
        var tally = (passed: 0, negated: 0, undone: 0)
        for number in 1...Self.cases {
            // Other tests wait for answers meanwhile.
            await Task.yield()
            let (body, text) = (random.value(), random.path())
            let path = try JSONPath(text.description)
            let matcher = path.isSingular ? random.matcher() : random.quantifier()
            let comment: Comment = "seed \(seed), case \(number): \(text), \(matcher) on \(body.text())"
            let found = try judge(body, path, [matcher, .not(matcher), .not(.not(matcher))])
            let (plain, negated) = (found[0], found[1])
            #expect(!(plain.isEmpty && negated.isEmpty), comment)
            #expect(found[2].isEmpty == plain.isEmpty, comment)
            if plain.isEmpty {
                tally.passed += 1
            } else if negated.isEmpty {
                tally.negated += 1
            } else {
                tally.undone += 1
                let reasons = ["does not apply to ", "nothing", "an empty array", "no node"]
                for messages in [plain, negated] {
                    #expect(messages.contains { message in reasons.contains { message.contains($0) } }, comment)
                }
            }
        }
        // All three verdicts come up, or this shows nothing.
        #expect(tally.passed > 20 && tally.negated > 20 && tally.undone > 20, "\(tally)")
    }

    /// No quantifier, no count and no negation of them passes on a path that leads nowhere; on one that leads to an
    /// empty list `none` passes.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func nothingPassesOnAPathThatLeadsNowhere(seed: UInt64) async throws {
        var random = RandomJudging(seed: seed)
        var tally = (nowhere: 0, empty: 0)
        for number in 1...Self.cases {
            // Other tests wait for answers meanwhile.
            await Task.yield()
            let (body, text) = (random.value(), random.path())
            let (path, tree) = (try JSONPath(text.description), try JSONTree(body))
            let comment: Comment = "seed \(seed), case \(number): \(text) on \(body.text())"
            let quantifier = random.quantifier()
            let count = Matcher.count(.atMost(Matcher.Operand(value: 1000, text: "1000")))
            let anything = Matcher.exists(true)
            let found = try judge(
                body,
                path,
                [quantifier, .not(quantifier), count, .not(count), .none(anything), .not(.any(anything))]
            )
            if try !text.leadsSomewhere(in: tree, counting: false) {
                tally.nowhere += 1
                #expect(!found[0].isEmpty && !found[1].isEmpty, comment)
            } else if try !path.isSingular && path.nodes(in: tree).isEmpty {
                tally.empty += 1
                #expect(found[4].isEmpty && found[5].isEmpty, comment)
            }
            let isCounted = try text.leadsSomewhere(in: tree, counting: true)
            #expect(found[2].isEmpty == isCounted, comment)
            #expect(!found[3].isEmpty, comment)
        }
        #expect(tally.nowhere > 50 && tally.empty > 10, "\(tally)")
    }

    /// A name that no body has, as the first of a path, passes nothing but a count of the nodes that this name alone selects.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func noQuantifierPassesWhereTheFirstNameIsMisspelt(seed: UInt64) async throws {
        var random = RandomJudging(seed: seed)
        for number in 1...Self.cases {
            // Other tests wait for answers meanwhile.
            await Task.yield()
            var text = random.path()
            let name = PathText.Selector(text: "'misspelt'", kind: .child)
            text.segments.insert(PathText.Segment(isDescendant: false, selectors: [name]), at: 0)
            let (body, quantifier) = (random.value(), random.quantifier())
            let count = Matcher.count(.equals(Matcher.Operand(value: 0, text: "0")))
            let comment: Comment = "seed \(seed), case \(number): \(text), \(quantifier) on \(body.text())"
            // Of a last name alone there may be none.
            let counts = text.segments.count > 1 ? [count, .not(count)] : []
            let matchers = [quantifier, .not(quantifier)] + counts
            let found = try judge(body, try JSONPath(text.description), matchers)
            #expect(found.allSatisfy { !$0.isEmpty }, comment)
            for messages in found { #expect(messages.contains { $0.hasSuffix("['misspelt'] found nothing") }, comment) }
        }
    }

    /// The quantifiers agree with each other, with their matcher on each member, and in any order of conditions.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func quantifiersAgree(seed: UInt64) async throws {
        var random = RandomJudging(seed: seed)
        for number in 1...Self.cases {
            // Other tests wait for answers meanwhile.
            await Task.yield()
            let (first, second) = (random.matcher(), random.matcher())
            let members = (0...2).map { _ in random.value(depth: 1) }
            let comment: Comment = "seed \(seed), case \(number): \(first), \(second) on \(members.map { $0.text() })"
            let root = try JSONPath("$")
            let lists = try judge(
                .array(members),
                root,
                [.none(first), .every(.not(first)), .any(first), .not(.none(first)), .every(first), .none(.not(first))]
            ).map(\.isEmpty)
            #expect(lists[0] == lists[1] && lists[2] == lists[3] && lists[4] == lists[5], comment)
            let single = try members.map { try judge($0, root, [first, .not(first)]).map(\.isEmpty) }
            #expect(lists[4] == single.allSatisfy { $0[0] }, comment)
            #expect(lists[2] == single.contains { $0[0] }, comment)
            #expect(lists[0] == single.allSatisfy { $0[1] }, comment)
            let orders = [Matcher(all: [first, second]), Matcher(all: [second, first])]
            let both = try judge(members[0], root, orders + orders.map { .not($0) }).map(\.isEmpty)
            #expect(both[0] == both[1] && both[2] == both[3], comment)
            let other = try judge(members[0], root, [second])[0].isEmpty
            #expect(both[0] == (single[0][0] && other), comment)
        }
    }

    /// What does not hold of one body, for each matcher.
    private func judge(_ body: JSONValue, _ path: JSONPath, _ matchers: [Matcher]) throws -> [[String]] {
        let exchange = answer(body.text())
        return matchers.map { matcher in
            var expectation = Checks.Expectation()
            expectation.json = [JSONExpectation(path: path, matcher: matcher)]
            return expectation.mismatches(exchange).map(\.message)
        }
    }
}
