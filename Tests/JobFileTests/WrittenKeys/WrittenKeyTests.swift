import Matching
import SourceDiagnostics
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
    func aValueIsInThePlanOrInADiagnostic(key: WrittenKey) {
        for way in WrittenWay.allCases { expectNothingLost([(key, way)]) }
    }

    /// Every way in which a sample reaches a key that takes it means the same as the sample itself.
    @Test(arguments: WrittenKey.all.filter(\.isScalar))
    func aVariableMeansTheValueThatItHas(key: WrittenKey) throws {
        let literal = try #require(
            WrittenFile([(key, .quoted)]).outcome().plan ?? WrittenFile([(key, .literal)]).outcome().plan
        )
        let ways: [WrittenWay] = [
            .set, .setWithDefault, .setWithMessage, .unsetWithDefault, .emptyWithDefault, .commandLine,
            .ownName, .ownNameFromEnvironment,
        ]
        for way in ways {
            let outcome = WrittenFile([(key, way)]).outcome()
            #expect(outcome.plan == literal, "\(way)")
        }
    }

    @Test func twoThousandFilesLoseNoKey() {
        var random = SplitMix(state: 17)
        for number in 0..<2_000 {
            var entries: [WrittenFile.Entry] = []
            var taken: Set<String> = []
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                guard let key = WrittenKey.all.randomElement(using: &random),
                    let way = WrittenWay.allCases.randomElement(using: &random),
                    taken.insert("\(key.place) \(key.key)").inserted
                else { continue }
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
        case ("probe", .truth), ("session", .truth), ("verify", .truth): true
        default: false
        }
    }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
