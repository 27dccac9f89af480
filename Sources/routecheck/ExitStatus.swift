import Checks
import Glibc

/// What the process tells the one who started it.
struct ExitStatus: Hashable {
    let code: Int32

    /// Every check passed or was allowed not to.
    static let passed = Self(code: 0)
    /// A check failed or had an error.
    static let failed = Self(code: 1)
    /// A job file is invalid.
    static let invalidJob = Self(code: 2)
    /// A server was unreachable or refused the credentials.
    static let serverUnusable = Self(code: 3)
    /// No check was selected.
    static let nothingToRun = Self(code: 4)
    /// A report could not be written.
    static let reportNotWritten = Self(code: 5)
    /// The command line is wrong (`EX_USAGE` of sysexits.h).
    static let usage = Self(code: 64)
    /// Something is wrong with routecheck itself or the machine (`EX_SOFTWARE`).
    static let internalError = Self(code: 70)
    /// A signal ended the run.
    static func interrupted(signal: Int32) -> Self { Self(code: 128 + signal) }

    /// What a finished run amounts to, where several things hold the gravest.
    ///
    /// - Parameters:
    ///   - report: The run.
    ///   - reportsWritten: Whether every report that was asked for is there.
    init(of report: RunReport, reportsWritten: Bool) {
        self =
            if case .interrupted(let signal) = report.ending, signal == SIGINT || signal == SIGTERM {
                .interrupted(signal: signal)
            } else if !reportsWritten {
                .reportNotWritten
            } else if report.suites.contains(where: { $0.serverFault != nil }) {
                .serverUnusable
            } else if report.counts.failing > 0 || report.counts.notRun > 0 || report.isKilled {
                .failed
            } else if report.failsOnFlaky, report.counts.flaky > 0 {
                .failed
            } else {
                .passed
            }
    }

    private init(code: Int32) {
        self.code = code
    }

    /// Ends the command with this status if it is not success.
    func throwIfFailure() throws(CommandFailure) {
        if self != .passed { throw CommandFailure(self) }
    }
}
