import Arguments
import Checks
import RouteChecks

/// How a run is executed, if not as the job file says.
struct ExecutionOptions {
    var concurrency: Int?
    var routeConcurrency: Int?
    var rate: RequestRate?
    var deadline: Duration?
    var maximumFailures: Int?
    var bodyMemory = JobRun.usualBodyMemory
    var failsOnFlaky = false

    static var group: OptionGroup<Self> {
        OptionGroup(
            "Execution",
            [
                .value(
                    "concurrency",
                    .number(Job.concurrencyLimits),
                    """
                    Run up to this many checks at once, \(Job.concurrencyLimits.lowerBound) to \
                    \(Job.concurrencyLimits.upperBound).
                    """
                ) { $0.concurrency = $1 },
                .value(
                    "route-concurrency",
                    .number(Job.concurrencyLimits),
                    "Run up to this many checks of one route at once."
                ) { $0.routeConcurrency = $1 },
                .value("rate", .rate, "Start at most this many requests, e.g. 50/s or 600/min.") { $0.rate = $1 },
                .value("deadline", .duration, "End the whole run after this long, e.g. 90s or 10m.") {
                    $0.deadline = $1
                },
                .value("max-failures", .number(1...Int.max), "Stop starting checks after this many failures.") {
                    $0.maximumFailures = $1
                },
                .value(
                    "body-memory",
                    .size(atLeast: 1 << 20, "1MiB"),
                    default: "256MiB",
                    """
                    Use at most this much memory for all response bodies in flight, e.g. 64MiB. Transfers pause while it \
                    is full; a body of more than half of it is an error.
                    """
                ) { $0.bodyMemory = $1 },
                failOnFlaky { $0.failsOnFlaky = true },
            ]
        )
    }

    /// The option that `merge` has too.
    static func failOnFlaky<Values>(_ change: @escaping @Sendable (inout Values) -> Void) -> Option<Values> {
        .flag("fail-on-flaky", "Fail the run if any check passed only after a retry.", change: change)
    }

    /// The job as these options change it; what bounds the whole run is left to ``bounds``.
    func applied(to job: Job) -> Job {
        var job = job
        if let concurrency { job.concurrency = concurrency }
        if let routeConcurrency { job.routeConcurrency = routeConcurrency }
        if let rate { job.rate = rate }
        if deadline != nil { job.deadline = nil }
        if maximumFailures != nil { job.maximumFailures = nil }
        return job
    }

    /// What is to be warned of in the options, each a clause with what to do about it.
    var warnings: [(message: String, help: String)] {
        guard let message = concurrency.flatMap(ServerCapacity.warning(ofConcurrency:)) else { return [] }
        return [("--concurrency: \(message)", ServerCapacity.help)]
    }

    /// What bounds the whole run, all job files together.
    var bounds: RunBounds {
        RunBounds(deadline: deadline, maximumFailures: maximumFailures)
    }
}
