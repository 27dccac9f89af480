import SourceDiagnostics
import Testing

@testable import JobFile

/// What the rows of keys say, held against what the decoder does.
struct KeyTests {
    @Test(arguments: KeyRow.all)
    func aDefaultIsWhatLeavingTheKeyOutMeans(row: KeyRow) throws {
        guard case .value(let text)? = row.absence else { return }
        #expect(try plan(row.file("\(row.name): \(text)")) == plan(row.file("")))
    }

    /// The limits of the schema are those of the reader and of its message.
    @Test(arguments: KeyRow.all)
    func wholeNumbersAreTakenWithinTheirLimitsOnly(row: KeyRow) throws {
        guard case .integer(let range) = row.schema else { return }
        let hasUpperLimit = range.upperBound < Int.max
        for number in [range.lowerBound, range.upperBound] { _ = try plan(row.file("\(row.name): \(number)")) }
        for number in [range.lowerBound - 1] + (hasUpperLimit ? [range.upperBound + 1] : []) {
            let limits =
                hasUpperLimit ? "from \(range.lowerBound) to \(range.upperBound)" : ", at least \(range.lowerBound)"
            let message = "\(row.name) must be a whole number\(hasUpperLimit ? " " : "")\(limits), not \(number)"
            #expect(problems(row.file("\(row.name): \(number)")) == [message])
        }
    }

    @Test(arguments: KeyRow.all)
    func namesAreTakenAndNothingElse(row: KeyRow) throws {
        guard case .choice(let names) = row.schema else { return }
        for name in names { _ = try plan(row.file("\(row.name): \(name)")) }
        #expect(
            problems(row.file("\(row.name): zzzzzzzzzz"))
                == ["\(row.name) must be one of \(names.joined(separator: ", ")), not \"zzzzzzzzzz\""]
        )
    }

    @Test(arguments: KeyRow.all)
    func anAliasNamesItsKey(row: KeyRow) {
        for alias in row.aliases {
            let problems = problems(row.file("\(alias): 1"))
            #expect(problems.contains("unknown key \"\(alias)\"; did you mean \"\(row.name)\"?"))
        }
    }

    /// The nearest name would say the opposite.
    @Test(arguments: KeyRow.all)
    func aDenialOfAKeyIsNotTakenForIt(row: KeyRow) {
        let words = row.name.split(separator: "-")
        let camel = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        let joined = words.joined()
        for denial in [
            "not-\(row.name)", "no-\(row.name)", "\(row.name)-not", "not_\(row.name)", "no\(camel)", "no\(joined)",
            "\(joined)not",
        ] {
            let problems = problems(row.file("\(denial): 1"))
            #expect(problems.contains { $0.hasPrefix("unknown key \"\(denial)\"") }, "\(problems)")
            #expect(!problems.contains { $0.contains("did you mean \"\(row.name)\"") }, "\(problems)")
        }
    }

    @Test(arguments: KeyRow.all)
    func aKeyIsWrittenAsAllAre(row: KeyRow) {
        #expect(row.name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") })
        #expect(row.since == "0.1.0")
        #expect(row.summary.hasSuffix(".") && !row.summary.hasSuffix(".."))
    }

    @Test func namesAndAliasesOfASectionAreToldApart() {
        for (section, rows) in Dictionary(grouping: KeyRow.all, by: \.section) {
            let names = rows.flatMap { [$0.name] + $0.aliases }
            #expect(Set(names).count == names.count, "\(section)")
        }
    }

    private func plan(_ text: String) throws -> String {
        var decoder = JobDecoder(files: .none)
        decoder.requiresServer = false
        return planText(try decoder.decode(SourceText(name: "job.yaml", text: text)).job)
    }

    private func problems(_ text: String) -> [String] {
        var decoder = JobDecoder(files: .none)
        decoder.requiresServer = false
        do {
            _ = try decoder.decode(SourceText(name: "job.yaml", text: text))
            return []
        } catch {
            return error.diagnostics.map(\.message)
        }
    }
}

/// What a key's row says, whatever its map is read into.
struct KeyRow: Sendable, CustomTestStringConvertible {
    let section: String
    let name: String
    let aliases: [String]
    let summary: String
    let absence: KeyDefault?
    let schema: Schema
    let since: String
    /// A job file with some more lines in the key's map.
    let file: @Sendable (String) -> String

    var testDescription: String { "\(section) \(name)" }

    /// Every key of the language but the conditions of matchers, which have tables of their own.
    static let all: [KeyRow] =
        rows("the job file", RootKeys.section) { "\($0)\nchecks: [{route: a}]\n" }
        + rows("server", ServerKeys.section) { "server: {\($0)}\nchecks: [{route: a}]\n" }
        + rows("tls", TLSKeys.section) { "server: {tls: {\($0)}}\nchecks: [{route: a}]\n" }
        + rows("a check", CheckKeys.section) { "checks: [{route: a, \($0)}]\n" }
        + rows("retry", RetryKeys.section) { "checks: [{route: a, retry: {\($0)}}]\n" }
        + rows("expect", ExpectKeys.section) { "checks: [{route: a, expect: {\($0)}}]\n" }

    private static func rows<Draft>(
        _ section: String,
        _ keys: Section<Draft>,
        file: @escaping @Sendable (String) -> String
    ) -> [KeyRow] {
        keys.keys.map { key in
            KeyRow(
                section: section,
                name: key.name,
                aliases: key.aliases,
                summary: key.summary,
                absence: key.absence,
                schema: key.schema,
                since: key.since,
                file: file
            )
        }
    }
}
