import FoundationEssentials
import Glibc
import Testing

/// The look-alike as a user starts it.
@Suite(.timeLimit(.minutes(5)))
struct SimulateTests {
    /// The folder with the examples.
    private static let jobs = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/jobs"

    /// Starts a look-alike, and lets a binary use it.
    private func simulate(_ arguments: [String], for binary: inout BuiltBinary) throws -> RunningBinary {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let running = try binary.start(["simulate"] + arguments, standardOutput: ends[1])
        close(ends[1])
        var printed = ""
        var byte: UInt8 = 0
        while printed.count(where: { $0 == "\n" }) < 2, read(ends[0], &byte, 1) == 1 {
            printed.unicodeScalars.append(Unicode.Scalar(byte))
        }
        close(ends[0])
        for line in printed.split(separator: "\n") {
            let parts = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1).map(String.init)
            binary.environment[parts[0]] = parts[1]
        }
        return running
    }

    @Test func theExamplesFitTogether() async throws {
        try await withTemporaryFolder { folder in
            var binary = BuiltBinary(folder: folder)
            let running = try simulate(["--config", "\(Self.jobs)/simulator.json"], for: &binary)
            let outcome = try await binary.run("run", "\(Self.jobs)/simulated.yaml")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("4 checks: 4 passed (1 flaky)"))
            running.signal(SIGTERM)
            #expect(try await running.outcome().status == 0)
        }
    }

    @Test func theHelpListsTheConfigurationsKeys() async throws {
        let help = try await BuiltBinary(folder: "/").run("simulate", "--help")
        for word in ["allow-listed", "delay-ms", "status-in-front", "retry-after", "jobs/simulator.json"] {
            #expect(help.output.contains(word))
        }
    }

    @Test func servesAConfigurationUntilInterrupted() async throws {
        try await withTemporaryFolder { folder in
            let configuration = #"{"routes":[{"code":"mine","upstream":{"json":{"fine":true}}}]}"#
            try Data(configuration.utf8).write(to: URL(filePath: "\(folder)/sim.json"))
            try Data("checks: [{route: mine}]".utf8).write(to: URL(filePath: "\(folder)/job.yaml"))
            var binary = BuiltBinary(folder: folder)
            let running = try simulate(["--config", "sim.json", "--era", "b"], for: &binary)
            let outcome = try await binary.run("run", "job.yaml")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("DHIS2 2.41.9"))
            running.signal(SIGTERM)
            #expect(try await running.outcome().status == 0)
            let refused = try await binary.run("simulate", "--config", "job.yaml")
            #expect(refused.status == 2)
            #expect(refused.errors == "error: job.yaml: the configuration is not valid JSON\n")
        }
    }
}
