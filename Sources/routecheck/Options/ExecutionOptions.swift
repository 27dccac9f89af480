import ArgumentParser
import Checks

/// How a run is executed, if not as the job file says.
struct ExecutionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many checks may be in flight, 1 to 512.", valueName: "n"))
    var concurrency: Int?

    mutating func validate() throws {
        if let concurrency, !(1...512).contains(concurrency) {
            throw ValidationError("--concurrency takes a number from 1 to 512, not \(concurrency).")
        }
    }

    /// The job as these options change it.
    func applied(to job: Job) -> Job {
        var job = job
        if let concurrency { job.concurrency = concurrency }
        return job
    }
}
