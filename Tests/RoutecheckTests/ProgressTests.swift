import DHIS2Simulator
import Glibc
import Testing

/// The line of progress, on a terminal.
@Suite(.timeLimit(.minutes(5)))
struct ProgressTests {
    private static let job = """
        concurrency: 1
        checks:
          - {route: slow, name: a check whose name is far too long for such a narrow terminal}
          - {route: slow, name: second}
          - {route: failing, name: third}
          - {route: slow, name: fourth}
        """

    /// Runs the job on a terminal of so many columns; returns what came to it.
    private func screen(columns: UInt16, environment: [String: String] = [:], _ options: String...) async throws
        -> String
    {
        try await ServedJob.with(Self.job) { served in
            let terminal = try PseudoTerminal(columns: columns)
            var binary = served.binary
            binary.environment.merge(["TERM": "xterm"].merging(environment) { $1 }) { $1 }
            let running = try binary.start(["run", "job.yaml"] + options, standardOutput: terminal.far)
            terminal.startReading()
            let screen = await terminal.text()
            let outcome = try await running.outcome()
            #expect(outcome.status == 1, "\(outcome.errors)")
            return screen
        }
    }

    private static let eraseLine = "\r\u{1B}[2K"

    /// The characters that take a column: everything but escape sequences.
    private func visible(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let escape = rest.firstIndex(of: "\u{1B}") {
            result += rest[..<escape]
            rest = rest[escape...].drop { !"mKAJ".contains($0) }.dropFirst()
        }
        return result + rest
    }

    @Test(arguments: [40, 100] as [UInt16])
    func fitsTheTerminalAndIsGoneAtTheEnd(columns: UInt16) async throws {
        let screen = try await screen(columns: columns)
        let pieces = screen.split(separator: Self.eraseLine, omittingEmptySubsequences: false)
        // What follows an erasure up to the next one, or to the end of the line, is a painted line or a result.
        let painted = pieces.dropFirst().filter { !$0.contains("\n") }
        #expect(!painted.isEmpty)
        #expect(painted.allSatisfy { visible($0).count < Int(columns) })
        #expect(painted.contains { $0.contains("/4") })
        // Three checks take 0.6 s each, and there are at most ten paintings a second.
        #expect(painted.count <= 60)
        let last = try #require(pieces.last)
        #expect(last.contains("FAILED"))
        // The table drops what does not fit, and never wraps.
        #expect(last.contains("p50") == (columns == 100))
        let table = last.split(separator: "\n").filter { $0.contains("route  ") || $0.contains("slow  ") }
        #expect(!table.isEmpty && table.allSatisfy { visible($0).count <= Int(columns) })
        #expect(last.hasSuffix("\n"))
    }

    @Test func followsTheTerminalsWidth() async throws {
        let hang = FaultRule(route: "slow", fault: .hang)
        let job = Self.job.replacing("slow,", with: "slow, timeout: 1h,")
        try await ServedJob.with(job, on: ServedJob.server(hang)) { served in
            let terminal = try PseudoTerminal(columns: 100)
            var binary = served.binary
            binary.environment["TERM"] = "xterm"
            let running = try binary.start(["run", "job.yaml"], standardOutput: terminal.far)
            terminal.startReading()
            func painted(_ screen: String) -> [String] {
                screen.split(separator: Self.eraseLine).filter { !$0.contains("\n") }.map(visible)
            }
            let wide = await terminal.text { painted($0).last.map { $0.count > 30 } ?? false }
            terminal.resize(columns: 30)
            let narrow = await terminal.text { screen in
                painted(screen).dropFirst(painted(wide).count).last.map { !$0.isEmpty && $0.count < 30 } ?? false
            }
            #expect(painted(narrow).count > painted(wide).count)
            // The terminal has wrapped the wide line into several, all of which go.
            let end = try #require(narrow.firstRange(of: "A\u{1B}[J"))
            let before = try #require(narrow[..<end.lowerBound].split(separator: Self.eraseLine).last)
            let columns = visible(before.prefix { $0 != "\r" }).count
            #expect(columns > 30 && before.hasSuffix("\r\u{1B}[\((columns - 1) / 30)"))
            running.signal(SIGINT)
            let outcome = try await running.outcome()
            #expect(outcome.status == 130, "\(outcome.errors)")
        }
    }

    @Test func aFailureIsToldBeforeTheNextCheckEnds() async throws {
        let screen = try await screen(columns: 100)
        let failure = try #require(screen.firstRange(of: "third"))
        let laterProgress = screen[failure.upperBound...].firstRange(of: "3/4")
        #expect(laterProgress != nil)
    }

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
    func hasNoColoursWhereTheyAreNotWanted(environment: [String: String]) async throws {
        let screen = try await screen(columns: 100, environment: environment)
        #expect(!screen.replacing(Self.eraseLine, with: "").contains("\u{1B}"))
    }

    @Test func isNotThereWhereNothingCanBeTakenAway() async throws {
        let screen = try await screen(columns: 100, environment: ["TERM": "dumb"])
        #expect(!screen.contains("\r") && !screen.contains("\u{1B}"))
        #expect(screen.contains("FAILED"))
    }

    @Test func isNotThereWhenAskedToBeQuiet() async throws {
        let screen = try await screen(columns: 100, "-q", "--color", "never")
        #expect(!screen.contains("\u{1B}"))
    }
}
