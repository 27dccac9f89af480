import Matching
import SourceDiagnostics
import TestNumbers
import Testing

@testable import JobFile

/// A key that is written is in the plan or named in a diagnostic, however its value is written.
struct WrittenKeyTests {
    @Test func everyKeyOfTheLanguageIsAmongThem() {
        let written = Set(WrittenKey.all.map { "\($0.place.rawValue) \($0.key)" })
        let own: (String, [String]) -> Set<String> = { place, names in Set(names.map { "\(place) \($0)" }) }
        // Maps are written through the keys in them.
        let expected = own("the job file", RootKeys.section.keys.map(\.name))
            .subtracting(own("the job file", ["vars", "server", "defaults", "checks"]))
            .union(own("server", ServerKeys.section.keys.map(\.name)).subtracting(own("server", ["headers", "tls"])))
            .union(own("tls", TLSKeys.section.keys.map(\.name)))
            .union(
                own("check", CheckKeys.section.keys.map(\.name))
                    .subtracting(own("check", ["params", "headers", "retry"]))
            )
            .union(own("retry", RetryKeys.section.keys.map(\.name)))
            .union(
                own("expect", ExpectKeys.section.keys.map(\.name)).subtracting(own("expect", ["headers", "json"]))
            )
            .union(own("matcher", ConditionKind.all.map(\.name)))
        #expect(expected.subtracting(written) == [])
    }

    @Test(arguments: WrittenKey.all)
    func aValueIsInThePlanOrInADiagnostic(key: WrittenKey) async {
        for way in WrittenWay.allCases {
            await Task.yield()
            expectNothingLost([(key, way)])
        }
    }

    /// Every way in which a sample reaches a key that takes it means the same as the sample itself.
    @Test(arguments: WrittenKey.all.filter(\.isScalar))
    func aVariableMeansTheValueThatItHas(key: WrittenKey) throws {
        let text = WrittenFile([(key, .quoted)]).outcome().plan
        let value = WrittenFile([(key, .literal)]).outcome().plan
        let typed = withoutPlaces(try #require(value))
        let ways: [WrittenWay] = [
            .set, .setWithDefault, .setWithMessage, .unsetWithDefault, .emptyWithDefault, .commandLine,
            .ownName, .ownNameFromEnvironment,
        ]
        // A credential must not come from the command line.
        let isCredential = key.place == .server && ["token", "password"].contains(key.key)
        for way in ways where way != .commandLine || !isCredential {
            let plan = withoutPlaces(try #require(WrittenFile([(key, way)]).outcome().plan, "\(way)"))
            // Text from outside stays text where a value has a type.
            #expect(plan == typed || plan == text.map(withoutPlaces), "\(way)")
        }
    }

    @Test func twoThousandFilesLoseNoKey() async {
        var random = SeededNumbers(seed: 17)
        for number in 0..<2_000 {
            // Other tests wait for answers meanwhile.
            await Task.yield()
            var entries: [WrittenFile.Entry] = []
            var taken: Set<String> = []
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                guard let key = WrittenKey.all.randomElement(using: &random),
                    let way = WrittenWay.allCases.randomElement(using: &random),
                    !taken.contains(key.slot), !key.rivals.contains(where: taken.contains)
                else { continue }
                taken.insert(key.slot)
                entries.append((key, way))
            }
            expectNothingLost(entries, "file \(number)")
        }
    }

    /// Takes away what is refused until a plan is left; every key must be in one or the other.
    private func expectNothingLost(_ entries: [WrittenFile.Entry], _ name: String = "") {
        var refused: Set<Int> = []
        while true {
            let file = WrittenFile(entries, without: refused)
            let outcome = file.outcome()
            #expect(!outcome.isInternal, "\(name)\n\(file.text)\(outcome.diagnostics)")
            guard let plan = outcome.plan else {
                let named = file.named(by: outcome.diagnostics.filter { $0.severity == .error })
                #expect(!named.isEmpty, "\(name)\n\(file.text)\(outcome.diagnostics)")
                guard !named.isEmpty else { return }
                refused.formUnion(named)
                continue
            }
            let warned = file.named(by: outcome.diagnostics)
            for number in entries.indices where !refused.contains(number) && !warned.contains(number) {
                guard !isDefault(entries[number]) else { continue }
                // A name without its password, of which there is a warning, makes no credentials.
                let isHalf = entries[number].key.key == "username"
                if isHalf, warned.contains(where: { entries[$0].key.key.hasPrefix("password") }) { continue }
                let other = WrittenFile(entries, without: refused.union([number])).outcome().plan
                #expect(other != plan, "\(name) loses \(entries[number])\n\(file.text)\(plan)")
            }
            return
        }
    }

    /// Whether a value is what leaving the key out means.
    private func isDefault(_ entry: WrittenFile.Entry) -> Bool {
        switch (entry.key.key, entry.way) {
        case ("path", .emptyText): true
        case (_, .nothing): entry.key.suffix == "]" && ["redact", "tags", "sort"].contains(entry.key.key)
        case ("probe", .truth), ("session", .truth), ("verify", .truth): true
        default: false
        }
    }
}

extension WrittenKey {
    /// What a file has once.
    fileprivate var slot: String { "\(place) \(key)" }

    /// What hides it or cannot stand in the same file: one of two forms, or a name that does not show the row.
    fileprivate var rivals: [String] {
        switch (place, key) {
        case (.check, "expect"): WrittenKey.all.filter(\.isInExpect).map(\.slot)
        case (.check, "matrix"), (.check, "rows"): ["check name"]
        case (.check, "name"): ["check matrix", "check rows"]
        default: isInExpect ? ["check expect"] : []
        }
    }

    private var isInExpect: Bool { [.expect, .expectHeaders, .json, .matcher].contains(place) }
}

/// A plan without the lines and columns of its checks, which further variables move.
private func withoutPlaces(_ plan: String) -> String {
    plan.split(separator: "\n").map { line in
        line.first?.isNumber == true ? String(line.drop { $0 != " " }) : String(line)
    }.joined(separator: "\n")
}
