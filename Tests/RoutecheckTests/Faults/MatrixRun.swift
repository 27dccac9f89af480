import Checks
import DHIS2Simulator

/// A run of the built binary with a job that has one check a route.
struct MatrixRun {
    /// What the process left behind.
    var process: BuiltBinary.Outcome
    /// Its only suite, as the JSON report has it.
    var suite: SuiteReport

    /// Routes that are well, each with its own check.
    static let others = ["health", "chap", "fhir", "empty", "html", "compressed", "private"]

    /// A job that checks them, and the route `echo` as its fourth.
    ///
    /// - Parameters:
    ///   - top: Lines of the job file beside its checks.
    ///   - keys: Further keys of the check of `echo`.
    static func job(_ top: String = "concurrency: 4", echo keys: String = "") -> String {
        var checks = others.map { "  - {route: \($0)}" }
        // In the midst of the others, so that some are in flight with it whatever the order.
        checks.insert("  - {route: echo\(keys.isEmpty ? "" : ", " + keys)}", at: 3)
        return "\(top)\nchecks:\n\(checks.joined(separator: "\n"))\n"
    }

    /// Runs `job.yaml` to its end.
    ///
    /// - Parameter change: What the binary is to have otherwise, such as another server.
    init(of served: ServedJob, change: (inout BuiltBinary) -> Void = { _ in }) async throws {
        var binary = served.binary
        change(&binary)
        process = try await binary.run("run", "job.yaml", "--report-json", "r.json")
        suite = try served.report("r.json").suites[0]
    }

    /// The results of all checks but that of `echo`.
    var otherResults: [CheckResult] { suite.results.filter { $0.route != "echo" } }

    /// Why the server could not be used, with the server's port as PORT.
    func serverFault(of served: ServedJob) -> Fault? {
        var fault = suite.serverFault
        fault?.message.replace("\(served.simulator.port)", with: "PORT")
        return fault
    }
}
