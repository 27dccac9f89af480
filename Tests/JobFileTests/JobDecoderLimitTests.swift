import Checks
import JobFile
import SourceDiagnostics
import Testing

@Suite struct JobDecoderLimitTests {
    /// What is wrong with a job file, each problem in one line; empty where nothing is.
    private func problems(_ text: String) -> [String] {
        do {
            _ = try JobDecoder(files: .none).withoutServer.decode(SourceText(name: "a", text: text)).job
            return []
        } catch {
            return error.diagnostics.map(\.summary)
        }
    }

    @Test func refusesAnAliasBombAtOnce() {
        var bomb = "vars: {a: &a0 [x, x, x, x, x, x, x, x, x]}\nchecks:\n  - route: a\n    params:\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            bomb += "      p\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(bomb.utf8.count < 1024)
        #expect(
            problems(bomb) == ["a:10:16: error: the file has more than 1000000 nodes when its aliases are expanded"]
        )
    }

    /// Each takes a part of the stack.
    @Test func refusesAChainOfThousandsOfVariables() {
        func chain(_ count: Int) -> String {
            let links = (0..<count).map { "  v\($0): \"${v\($0 + 1)}\"\n" }.joined()
            return "vars:\n\(links)  v\(count): x\nchecks: [{route: \"${v0}\"}]\n"
        }
        #expect(problems(chain(200)) == [])
        let found = problems(chain(20_000))
        #expect(found.first == "a:258:9: error: \"vars\" refer to each other more than 256 deep")
    }

    @Test func refusesTenThousandLevels() {
        let text = "checks: " + String(repeating: "[", count: 10_000)
        #expect(problems(text) == ["a:1:72: error: maps and lists are nested more than 64 deep"])
    }

    @Test func refusesThirtyThreeMebibytes() {
        let text = "checks: [{route: a}]\n" + String(repeating: "#", count: 33 * 1024 * 1024)
        #expect(problems(text) == ["a: error: the file is larger than 32 MiB (34603029 bytes)"])
    }

    @Test func countsTheChecksOfTheWholeFile() throws {
        let axis = "[\((0..<100).map(String.init).joined(separator: ","))]"
        let million = "{route: r, matrix: {a: \(axis), b: \(axis), c: \(axis)}}"
        let message = "the file has more than 1000000 checks when its rows are expanded"
        #expect(problems("checks: [{route: s}, \(million)]") == ["a:1:33: error: \(message)"])
        var decoder = JobDecoder(files: .none).withoutServer
        decoder.checkLimit = 101
        let hundred = "{route: r, matrix: {a: \(axis)}}"
        let fitting = SourceText(name: "a", text: "checks: [{route: s}, \(hundred)]")
        #expect(try decoder.decode(fitting).job.checks.count == 101)
    }

    @Test func countsRowsThatWouldOverflow() {
        let axes = (0..<12).map { "n\($0): [\((0..<100).map(String.init).joined(separator: ","))]" }
        let text = "checks: [{route: r, matrix: {\(axes.joined(separator: ", "))}}]"
        #expect(problems(text) == ["a:1:21: error: the file has more than 1000000 checks when its rows are expanded"])
    }

    @Test func refusesVariablesThatGrowWithoutEnd() {
        var text = "vars:\n  v0: xxxxxxxxxx\n"
        for level in 1...40 { text += "  v\(level): \(String(repeating: "${v\(level - 1)}", count: 10))\n" }
        let message = "the text is longer than 1 MiB when its variables are filled in"
        #expect(problems(text + "checks: [{route: a}]\n") == ["a:8:7: error: \(message)"])
    }

    @Test func stopsCollectingAtTenThousandProblems() {
        let text = "checks: [\(Array(repeating: "{rout: a}", count: 10_050).joined(separator: ", "))]"
        let found = problems(text)
        #expect(found.count == 10_001)
        #expect(found.first == "a: error: the file has more than 10000 problems; the rest is left out")
    }

    @Test func reportsAProblemOfAnAnchorOnce() {
        let text = "checks:\n  - &a {route: r, timeout: x}\n" + String(repeating: "  - *a\n", count: 1000)
        let message = "timeout must be a duration such as 250ms, 10s, 1m30s or 2h, not \"x\""
        #expect(problems(text) == ["a:2:28: error: \(message)"])
    }
}
