public import Checks

/// The checks of an earlier run that did not pass, by the job files they came from.
public struct EarlierFailures: Sendable {
    private struct Suite {
        var file: String
        var name: String
        /// The names of the checks that did not pass, each once, in the report's order.
        var failed: [String] = []
    }

    private var suites: [Suite] = []
    private let shard: Shard?

    /// Takes the checks that failed the run, and those that the end of the run cut off.
    public init(in report: RunReport) {
        shard = report.shard
        for suite in report.suites {
            var seen: Set<String> = []
            let names = suite.results.filter { $0.failsRun || $0.outcome == .notRun }.map(\.name)
            let failed = names.filter { seen.insert($0).inserted }
            suites.append(Suite(file: suite.file, name: suite.name, failed: failed))
        }
    }

    /// Whether no check of the report failed or was cut off, so that nothing of its job files is to run again.
    public var isEmpty: Bool { suites.allSatisfy(\.failed.isEmpty) }

    /// Whether a check of a job is among them; every check is of a job that the report does not know.
    public func contains(_ check: Check, of job: Job) -> Bool {
        failed(of: job)?.contains(check.name) ?? true
    }

    /// What a person has to know of the jobs' checks that run again, and of those that do not; each a sentence.
    public func remarks(on jobs: [Job]) -> [String] {
        var remarks: [String] = []
        if let shard { remarks.append("The report holds shard \(shard) alone, so checks of other shards do not run.") }
        for job in jobs {
            guard let failed = failed(of: job) else {
                remarks.append("The report does not know \(job.file), so all of its checks run.")
                continue
            }
            let names = Set(job.checks.map(\.name))
            remarks += failed.filter { !names.contains($0) }.map {
                "\(job.file) no longer has the check \"\($0)\", which failed; if it has another name now, it does not run."
            }
        }
        return remarks
    }

    /// The names of a job's checks that did not pass; `nil` when the report does not know the job.
    ///
    /// A job file that has moved since is known by its suite's name, if only one suite has it.
    private func failed(of job: Job) -> [String]? {
        let byFile = suites.filter { $0.file == job.file }
        guard byFile.isEmpty else { return byFile.flatMap(\.failed) }
        let byName = suites.filter { $0.name == job.name }
        return byName.count == 1 ? byName[0].failed : nil
    }
}
