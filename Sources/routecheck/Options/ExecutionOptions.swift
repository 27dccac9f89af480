import ArgumentParser
import Checks
import JobFile

/// How a run is executed, if not as the job file says.
struct ExecutionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many checks may be in flight, 1 to 512.", valueName: "n"))
    var concurrency: Int?

    @Option(help: ArgumentHelp("How many checks may be in flight to one route, 1 to 512.", valueName: "n"))
    var routeConcurrency: Int?

    @Option(help: ArgumentHelp("How many requests may start, such as 50/s or 600/min.", valueName: "rate"))
    var rate: RateArgument?

    @Option(help: ArgumentHelp("End the whole run after so long, such as 90s or 10m.", valueName: "duration"))
    var deadline: DurationArgument?

    @Option(help: ArgumentHelp("Start no further check after so many have failed.", valueName: "n"))
    var maxFailures: Int?

    @Flag(help: "Let a check that passed only after a retry fail the run.")
    var failOnFlaky = false

    mutating func validate() throws {
        for (name, value) in [("--concurrency", concurrency), ("--route-concurrency", routeConcurrency)] {
            if let value, !(1...512).contains(value) {
                throw ValidationError("\(name) takes a number from 1 to 512, not \(value).")
            }
        }
        if let maxFailures, maxFailures < 1 {
            throw ValidationError("--max-failures takes a number from 1 on, not \(maxFailures).")
        }
    }

    /// The job as these options change it; what bounds the whole run is left to ``bounds``.
    func applied(to job: Job) -> Job {
        var job = job
        if let concurrency { job.concurrency = concurrency }
        if let routeConcurrency { job.routeConcurrency = routeConcurrency }
        if let rate { job.rate = rate.value }
        if deadline != nil { job.deadline = nil }
        if maxFailures != nil { job.maximumFailures = nil }
        return job
    }

    /// What bounds the whole run, all job files together.
    var bounds: RunBounds {
        RunBounds(deadline: deadline?.value, maximumFailures: maxFailures)
    }
}

/// What bounds a whole run, all job files together.
struct RunBounds: Sendable {
    /// How long the run may take.
    var deadline: Duration?
    /// After how many failures no further check starts.
    var maximumFailures: Int?
}
