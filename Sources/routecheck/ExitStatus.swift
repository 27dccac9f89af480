import Checks
import Glibc

/// What the process tells the one who started it.
struct ExitStatus: Hashable {
    let code: Int32

    static let passed = Self(code: 0)
    static let failed = Self(code: 1)
    static let invalidJob = Self(code: 2)
    static let serverUnusable = Self(code: 3)
    static let nothingToRun = Self(code: 4)
    static let reportNotWritten = Self(code: 5)
    /// `EX_USAGE` of sysexits.h.
    static let usage = Self(code: 64)
    /// `EX_SOFTWARE` of sysexits.h.
    static let internalError = Self(code: 70)
    /// What a shell says of a program that a broken pipe has ended.
    static let readerGone = Self(code: 128 + SIGPIPE)
    static func interrupted(signal: Int32) -> Self { Self(code: 128 + signal) }

    /// Each status as help shows it, and what it means.
    static let meanings: [(codes: [Self], meaning: String)] = [
        ([.passed], "Every check passed or was allowed to fail."),
        ([.failed], "A check failed, had an error or did not run, or the run ended early."),
        ([.invalidJob], "A job file, or a report to read, is invalid or cannot be read."),
        (
            [.serverUnusable],
            "A server is unreachable, rejects the credentials, or is not of the version that the job file pins."
        ),
        ([.nothingToRun], "Nothing to run: no check is selected."),
        ([.reportNotWritten], "A report or the output could not be written."),
        ([.usage], "Wrong usage."),
        ([.internalError], "Internal error."),
        ([.interrupted(signal: SIGHUP)], "Interrupted by SIGHUP, unless it is ignored, as under nohup."),
        ([.interrupted(signal: SIGINT), .interrupted(signal: SIGTERM)], "Interrupted by SIGINT or SIGTERM."),
        ([.readerGone], "Nobody reads the output, which was all that the command was called for."),
    ]

    /// What a finished run amounts to, where several things hold the gravest.
    ///
    /// - Parameters:
    ///   - report: The run.
    ///   - reportsWritten: Whether every report that was asked for is there.
    init(of report: RunReport, reportsWritten: Bool) {
        self =
            if case .interrupted(let signal) = report.ending, SignalWatcher.signals.contains(signal) {
                .interrupted(signal: signal)
            } else if !reportsWritten {
                .reportNotWritten
            } else if report.hasUnusableServer {
                .serverUnusable
            } else {
                switch report.verdict {
                case .passed: .passed
                case .failed, .incomplete: .failed
                // One part of a run may be empty, the whole must not be.
                case .nothingChecked: report.shard == nil ? .nothingToRun : .passed
                }
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
