public import Checks

/// The checks of an earlier run that did not pass, by the job files they came from.
public struct EarlierFailures: Sendable {
    /// What the report says of the checks of one job, by their names.
    private struct Names {
        var known: Set<String> = []
        var failed: Set<String> = []
        /// Whether their run has shown that all is well.
        var hasPassed = false
        /// Those that failed, each once, in the report's order.
        var failedInOrder: [String] = []

        mutating func add(_ result: CheckResult) {
            known.insert(result.name)
            guard result.failsRun || result.standing == .notRun else { return }
            if failed.insert(result.name).inserted { failedInOrder.append(result.name) }
        }
    }

    /// A job that the report does not know is not among them.
    private var names: [SuiteMatching.Identity: Names] = [:]
    private let shard: Shard?

    /// Takes the checks of some jobs that failed the run, and those that the end of the run cut off.
    ///
    /// A job file that has moved since is known by its suite's name, if that is clear.
    public init(in report: RunReport, of jobs: [Job]) {
        shard = report.shard
        let matching = SuiteMatching(earlier: report.suites.map(\.identity), later: jobs.map(\.identity))
        for job in jobs {
            guard let place = matching.place(of: job.identity) else { continue }
            var names = Names()
            names.hasPassed = report.verdict(of: report.suites[place]) == .passed
            for result in report.suites[place].results { names.add(result) }
            self.names[job.identity] = names
        }
    }

    /// Whether a check of a job is among them; every check is of a job that the report does not know.
    public func contains(_ check: Check, of job: Job) -> Bool {
        names[job.identity]?.failed.contains(check.name) ?? true
    }

    /// Whether the earlier run had all checks of the jobs, none of them failed, and the run passed.
    public func areNone(of jobs: [Job]) -> Bool {
        jobs.allSatisfy { job in
            guard let names = names[job.identity], names.failed.isEmpty, names.hasPassed else { return false }
            return job.checks.allSatisfy { names.known.contains($0.name) }
        }
    }

    /// What a person has to know of the jobs' checks that run again, and of those that do not; each a sentence.
    public func remarks(on jobs: [Job]) -> [String] {
        var remarks: [String] = []
        if let shard { remarks.append("The report holds shard \(shard) alone, so checks of other shards do not run.") }
        for job in jobs {
            guard let earlier = names[job.identity] else {
                remarks.append("The report does not know \(job.file), so all of its checks run.")
                continue
            }
            if earlier.failed.isEmpty, !earlier.hasPassed {
                remarks.append(
                    "No check of \(job.file) failed in the report, but its run did not pass: run all of them."
                )
            }
            let present = Set(job.checks.map(\.name))
            let unknown = present.subtracting(earlier.known).count
            if unknown > 0, shard == nil {
                remarks.append(
                    unknown == 1
                        ? "1 check of \(job.file) is not in the report, so it does not run."
                        : "\(unknown) checks of \(job.file) are not in the report, so they do not run."
                )
            }
            remarks += earlier.failedInOrder.filter { !present.contains($0) }.map {
                "\(job.file) no longer has the check \"\($0)\", which failed; if it has another name now, it does not run."
            }
        }
        return remarks
    }
}
