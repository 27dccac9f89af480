import Checks
import DHIS2
import Testing

@testable import Runner

/// Each matcher, its negation and each quantifier against what is right, wrong, missing, null, of another type, empty.
struct JudgingTableTests {
    @Test(arguments: JudgingRow.members)
    func judgesAMember(_ row: JudgingRow) throws {
        try judge(row, missing: "{}", null: #"{"a":null}"#) { value in
            ("json: {$.a: ", "}", answer(#"{"a":\#(value)}"#))
        }
    }

    @Test(arguments: JudgingRow.selections)
    func judgesSelectedNodes(_ row: JudgingRow) throws {
        try judge(row, missing: #"{"b":[1]}"#, null: #"{"a":null}"#) { value in
            ("json: {'$.a[*]': ", "}", answer(#"{"a":\#(value)}"#))
        }
    }

    @Test(arguments: JudgingRow.fields)
    func judgesAHeaderField(_ row: JudgingRow) throws {
        try judge(row, missing: nil, null: nil) { value in
            ("headers: {X-A: ", "}", answer(headers: "X-A: \(value)\r\n"))
        }
    }

    @Test(arguments: JudgingRow.bodies)
    func judgesABody(_ row: JudgingRow) throws {
        try judge(row, missing: nil, null: nil) { value in ("body: ", "", answer(value)) }
    }

    @Test func hasAtLeastAHundredVerdicts() {
        let rows = JudgingRow.members + JudgingRow.selections + JudgingRow.fields + JudgingRow.bodies
        #expect(rows.reduce(0) { $0 + ($1.verdicts + $1.negated).count { $0 != "_" } } > 800)
        for row in rows { #expect(row.verdicts.count == 6 && row.negated.count == 6, "\(row.matcher)") }
    }

    /// What three verdicts make of a list whose members hold (`11`, `12`), fail (`3`, `4`) or cannot be asked.
    @Test(arguments: [
        //                every any none, and not each of them
        ("[11,12]", "++-", "--+"),
        ("[3,4]", "--+", "++-"),
        ("[11,3]", "-+-", "+-+"),
        (#"["x"]"#, "???", "???"),
        ("[null]", "???", "???"),
        (#"[11,"x"]"#, "?+-", "?-+"),
        (#"["x",11]"#, "?+-", "?-+"),
        (#"["x",3]"#, "-??", "+??"),
        (#"[3,"x"]"#, "-??", "+??"),
        (#"[3,"x",11]"#, "-+-", "+-+"),
        ("[[11]]", "???", "???"),
        ("[]", ".-+", ".+-"),
        (#"{"x":11}"#, "???", "???"),
        ("11", "???", "???"),
        ("null", "???", "???"),
    ])
    func combinesTheVerdictsOnMembers(list: String, verdicts: String, negated: String) throws {
        let quantifiers = ["every", "any", "none"].map { "{\($0): {greater-than: 10}}" }
        for (quantifier, (verdict, negated)) in zip(quantifiers, zip(verdicts, negated)) {
            try expect(verdict, "json: {$.a: \(quantifier)}", on: answer(#"{"a":\#(list)}"#))
            try expect(negated, "json: {$.a: {not: \(quantifier)}}", on: answer(#"{"a":\#(list)}"#))
            // Elements that a wildcard selects are judged like those of the array itself.
            guard list.first == "[" else { continue }
            try expect(verdict, "json: {'$.a[*]': \(quantifier)}", on: answer(#"{"a":\#(list)}"#))
            try expect(negated, "json: {'$.a[*]': {not: \(quantifier)}}", on: answer(#"{"a":\#(list)}"#))
        }
    }

    /// Holds a row's matcher and its negation against its six values.
    private func judge(
        _ row: JudgingRow,
        missing: String?,
        null: String?,
        _ making: (String) -> (opening: String, closing: String, answer: HTTPExchange)
    ) throws {
        let (opening, closing, nothing) = making("")
        let isBody = opening == "body: "
        let answers: [HTTPExchange?] = [
            row.right.map { making($0).answer }, row.wrong.map { making($0).answer },
            missing.map { answer($0) } ?? (isBody ? nil : answer()), null.map { answer($0) },
            row.other.map { isBody ? latin($0) : making($0).answer },
            row.empty.map { isBody ? nothing : making($0).answer },
        ]
        for (answer, (verdict, negated)) in zip(answers, zip(row.verdicts, row.negated)) {
            guard let answer else {
                #expect(verdict == "_" && negated == "_")
                continue
            }
            guard verdict != "_" else { continue }
            try expect(verdict, opening + row.matcher + closing, on: answer)
            try expect(negated, "\(opening){not: \(row.matcher)}\(closing)", on: answer)
        }
    }

    private func latin(_ text: String) -> HTTPExchange {
        HTTPExchange(statusCode: 200, body: text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    }

    private func expect(_ verdict: Character, _ expected: String, on answer: HTTPExchange) throws {
        let messages = try expectation("{\(expected)}").mismatches(answer).map(\.message)
        let comment: Comment = "\(verdict) \(expected) on \(answer.bodyText): \(messages)"
        switch verdict {
        case "+":
            #expect(messages.isEmpty, comment)
        case "-":
            #expect(messages.contains { !$0.contains("does not apply") }, comment)
        case "?":
            #expect(messages.contains { $0.contains("does not apply") }, comment)
        case ".":
            let nothing = ["nothing", "no node", "no such field", "an empty body", "an empty array"]
            #expect(messages.contains { message in nothing.contains { message.contains("got \($0)") } }, comment)
        default:
            Issue.record("no verdict: \(verdict)")
        }
    }
}
