import Checks
import DHIS2Simulator
import FoundationEssentials
import Reports

/// A job file in a folder of its own, and a server for it.
struct ServedJob {
    var binary: BuiltBinary
    var simulator: DHIS2Simulator

    /// Runs a body beside a server, with the job as `job.yaml`.
    ///
    /// - Parameter host: A loopback address of its own for a server that goes away: the kernel may give its port to
    ///   another server otherwise.
    static func with<Result>(
        _ job: String,
        on configuration: SimulatorConfiguration = .standard,
        host: String = "127.0.0.1",
        _ body: (ServedJob) async throws -> Result
    ) async throws -> Result {
        try await DHIS2Simulator.with(configuration, host: host) { simulator in
            try await withTemporaryFolder { folder in
                try Data(job.utf8).write(to: URL(filePath: "\(folder)/job.yaml"))
                var binary = BuiltBinary(folder: folder)
                binary.environment["DHIS2_URL"] = simulator.baseURL
                binary.environment["DHIS2_PAT"] = SimulatorConfiguration.standardToken
                return try await body(ServedJob(binary: binary, simulator: simulator))
            }
        }
    }

    /// The same ahead of the tests that only compute: what acts on a run before it ends of its own accord must not wait for
    /// them.
    static func ahead<Result: Sendable>(
        _ job: String,
        on configuration: SimulatorConfiguration = .standard,
        _ body: @escaping @Sendable (ServedJob) async throws -> Result
    ) async throws -> Result {
        try await Task(priority: .high) { try await with(job, on: configuration, body) }.value
    }

    /// Forty checks of one route, three of which fail: those with the numbers 5, 21 and 37.
    static let forty: String = {
        let checks = (0..<40).map { number in
            "  - {route: health, name: check \(number), expect: \(number % 16 == 5 ? 418 : 200)}"
        }
        return "checks:\n" + checks.joined(separator: "\n")
    }()

    /// The standard server with faults.
    static func server(_ faults: FaultRule...) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = faults
        return configuration
    }

    /// The path of a file in the job's folder.
    func path(_ name: String) -> String { "\(binary.folder)/\(name)" }

    /// A file in the job's folder.
    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
    }

    /// A JSON report or event stream in the job's folder.
    func report(_ name: String) throws -> RunReport {
        try RunReport(reading: Array(Data(contentsOf: URL(filePath: path(name)))))
    }

    /// The same once the run that writes it has come to its end.
    func finishedReport(_ name: String) async throws -> RunReport {
        while true {
            if let report = try? report(name), report.ending != .unfinished { return report }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
