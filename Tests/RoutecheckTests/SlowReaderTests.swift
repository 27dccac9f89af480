import Checks
import FoundationEssentials
import Glibc
import Reports
import Testing

/// A run whose output is read late or never: by a pager, say, or on a terminal held with Ctrl-S.
@Suite(.timeLimit(.minutes(5)))
struct SlowReaderTests {
    /// Checks that fail and have more to say than a pipe holds.
    private static let job = """
        checks:
          - route: health
            expect: 418
            matrix: {number: [\((1...500).map(String.init).joined(separator: ", "))]}
        """

    /// Runs the job with nobody reading; calls back with the end to read from once all checks are done and reported.
    private func withReader(
        _ options: [String] = [],
        isBlocking: Bool = true,
        _ body: (ServedJob, RunningBinary, Int32) async throws -> Void
    ) async throws {
        try await ServedJob.with(Self.job) { served in
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            defer { close(ends[0]) }
            if !isBlocking { #expect(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0) }
            let running = try served.binary.start(
                ["run", "job.yaml", "--report-json", "r.json"] + options,
                standardOutput: ends[1]
            )
            close(ends[1])
            let report = try await served.finishedReport("r.json")
            #expect(report.counts.failed == 500)
            try await body(served, running, ends[0])
        }
    }

    private func readAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    @Test(arguments: [true, false])
    func theChecksGoOnAndAllIsShownInTheEnd(isBlocking: Bool) async throws {
        try await withReader(isBlocking: isBlocking) { _, running, descriptor in
            let text = String(decoding: readAll(descriptor), as: UTF8.self)
            #expect(text.utf8.count > 1 << 16)
            #expect(text.split(separator: "\n").count { $0.hasPrefix("✗") || $0.hasPrefix("x ") } == 500)
            #expect(text.contains("FAILED  500 checks"))
            let outcome = try await running.outcome()
            #expect(outcome.status == 1)
        }
    }

    @Test(arguments: [true, false])
    func theStreamOfEventsIsWhole(isBlocking: Bool) async throws {
        try await withReader(["--report-ndjson", "-"], isBlocking: isBlocking) { _, running, descriptor in
            let report = try RunReport(reading: readAll(descriptor))
            #expect(report.counts.failed == 500)
            #expect(report.ending == .completed)
            let outcome = try await running.outcome()
            #expect(outcome.status == 1)
        }
    }

    @Test func annotationsWaitForTheirTurn() async throws {
        try await withReader(["--github-annotations"]) { _, running, descriptor in
            let lines = String(decoding: readAll(descriptor), as: UTF8.self).split(separator: "\n")
            let lastCheck = try #require(lines.lastIndex { $0.hasPrefix("✗") })
            let firstAnnotation = try #require(lines.firstIndex { $0.hasPrefix("::error ") })
            let verdict = try #require(lines.lastIndex { $0.hasPrefix("FAILED") })
            #expect(lastCheck < firstAnnotation)
            #expect(firstAnnotation < verdict)
            #expect(lines.count { $0.hasPrefix("✗") } == 500)
            let outcome = try await running.outcome()
            #expect(outcome.status == 1)
        }
    }

    @Test func aSignalEndsTheWaitForAReader() async throws {
        try await withReader { _, running, _ in
            running.signal(SIGTERM)
            let outcome = try await running.outcome()
            #expect(outcome.status == 143)
        }
    }
}
