import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// The line of progress, on a terminal that `script` (util-linux) provides.
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
    private func screen(columns: Int, environment: [String: String] = [:], _ options: String = "") async throws
        -> String
    {
        try await ServedJob.with(Self.job) { served in
            var terminal = served.binary
            terminal.environment.merge(["TERM": "xterm"].merging(environment) { $1 }) { $1 }
            terminal.executable = "/usr/bin/script"
            let command = "stty cols \(columns); '\(served.binary.executable)' run job.yaml \(options)"
            let outcome = try await terminal.run("-qec", command, "/dev/null")
            #expect(outcome.status == 1, "\(outcome.errors)")
            // A terminal is sent a carriage return with each line feed, which Swift takes for one character.
            return String(outcome.output.map { $0 == "\r\n" ? "\n" : $0 })
        }
    }

    private static let eraseLine = "\r\u{1B}[2K"

    /// The characters that take a column: everything but escape sequences.
    private func visible(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let escape = rest.firstIndex(of: "\u{1B}") {
            result += rest[..<escape]
            rest = rest[escape...].drop { $0 != "m" && $0 != "K" }.dropFirst()
        }
        return result + rest
    }

    @Test(arguments: [40, 100])
    func fitsTheTerminalAndIsGoneAtTheEnd(columns: Int) async throws {
        let screen = try await screen(columns: columns)
        let pieces = screen.split(separator: Self.eraseLine, omittingEmptySubsequences: false)
        // What follows an erasure up to the next one, or to the end of the line, is a painted line or a result.
        let painted = pieces.dropFirst().filter { !$0.contains("\n") }
        #expect(!painted.isEmpty)
        #expect(painted.allSatisfy { visible($0).count < columns })
        #expect(painted.contains { $0.contains("/4") })
        // Three checks take 0.6 s each, and there are at most ten paintings a second.
        #expect(painted.count <= 60)
        let last = try #require(pieces.last)
        #expect(last.contains("FAILED"))
        #expect(last.hasSuffix("\n"))
    }

    @Test func followsTheTerminalsWidth() async throws {
        try await ServedJob.with(Self.job) { served in
            #expect(mkfifo(served.path("go"), 0o600) == 0)
            var terminal = served.binary
            terminal.environment["TERM"] = "xterm"
            terminal.executable = "/usr/bin/script"
            let narrowing = "(read word < go; stty cols 30 < /dev/tty) &"
            let command = "stty cols 100; \(narrowing) '\(served.binary.executable)' run job.yaml"
            let running = try terminal.start(["-qec", command, "/dev/null"])
            // Two requests look at the server; by the fourth, a check has taken its time and been painted.
            try await served.simulator.waitForRequests(4)
            try Data("now\n".utf8).write(to: URL(filePath: served.path("go")))
            let outcome = try await running.outcome()
            #expect(outcome.status == 1)
            let painted = outcome.output.split(separator: Self.eraseLine).filter { !$0.contains("\r\n") }.map(visible)
            #expect(painted.contains { $0.count > 30 })
            let last = try #require(painted.last)
            #expect(last.count < 30)
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

    @Test func isNotThereWhenAskedToBeQuiet() async throws {
        let screen = try await screen(columns: 100, "-q --color never")
        #expect(!screen.contains("\u{1B}"))
    }
}
