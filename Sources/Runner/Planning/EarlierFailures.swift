public import Checks
import Text

/// The checks of some jobs that an earlier run has not shown to pass, which `--last-failed` runs again.
///
/// Only a real pass spares a check: of the same question, in the same job file, on the same server. A check that failed
/// although it may, was skipped, was cut off, or asks or expects something else now has not passed, and neither has one
/// that the report does not hold. A report without identities, as version 0.1 wrote them, spares nothing.
public struct EarlierFailures: Sendable {
    /// What the report says of one job.
    private struct Findings {
        /// The names of the job's checks that have passed; names are unique in a job.
        var passed: Set<String> = []
        /// How many of the job's checks the report does not hold as they are now.
        var unknownCount = 0
        /// Whether the report's run may have left such checks out.
        var isSelection = false
        /// Whether the report says that the suite's run passed.
        var isGood = false
        /// Why nothing of the report counts for the job.
        var obstacle: Obstacle?
        /// Failures of checks that the job has no more, by their names in the report, each once.
        var goneFailures: [String] = []

        /// Takes what a suite says of the job's checks.
        ///
        /// - Parameters:
        ///   - refusesFlaky: Whether a check that passed only after a retry has not passed.
        ///   - unpassed: Takes the names of those that it holds, and that have not passed.
        mutating func take(
            _ suite: SuiteReport,
            _ keys: [CheckKey],
            refusesFlaky: Bool,
            unpassed: inout Set<String>
        ) {
            // A check that the report has without its identity is none that can be known again.
            let known = RepeatedResults.all(of: suite.results).filter { $0.key.identity != nil }
            let isPassed: (RepeatedResults) -> Bool = { results in
                results.places.allSatisfy { place in
                    let result = suite.results[place]
                    return result.standing.isPass && !(result.isFlaky && refusesFlaky)
                }
            }
            // Nobody can tell checks apart that ask the same under the same name: all of them have passed or none has.
            var held: [CheckIdentity: (count: Int, havePassed: Bool)] = [:]
            for results in known {
                guard let identity = results.key.identity else { continue }
                let others = held[identity] ?? (0, true)
                held[identity] = (others.count + 1, others.havePassed && isPassed(results))
            }
            let wanted = Dictionary(keys.compactMap(\.identity).map { ($0, 1) }, uniquingKeysWith: +)
            for key in keys {
                guard let identity = key.identity, let twins = held[identity] else { continue }
                if twins.havePassed, twins.count >= wanted[identity] ?? 1 {
                    passed.insert(key.name)
                } else {
                    unpassed.insert(key.name)
                }
            }
            let names = Set(keys.compactMap(\.identity?.name))
            var told = Set(goneFailures)
            for results in known where !isPassed(results) {
                let isFailure = results.places.contains { place in
                    suite.results[place].failsRun || suite.results[place].standing == .notRun
                }
                guard isFailure, let identity = results.key.identity, !names.contains(identity.name),
                    told.insert(results.key.name).inserted
                else { continue }
                goneFailures.append(results.key.name)
            }
        }
    }

    private enum Obstacle {
        case unknownFile, noIdentity, otherServer, unknownServer, unknownChecks
    }

    private var findings: [String: Findings] = [:]
    private let shard: Shard?

    /// Takes the checks of some jobs that have not passed in a run.
    ///
    /// The jobs must know their identities (`Redactor.identify(_:)`).
    ///
    /// - Parameters:
    ///   - report: The run.
    ///   - jobs: The jobs.
    ///   - refusesFlaky: Whether a check that passed only after a retry has not passed.
    public init(in report: RunReport, of jobs: [Job], refusesFlaky: Bool = false) {
        shard = report.shard
        for job in jobs { findings[job.file] = Self.findings(in: report, of: job, refusesFlaky) }
    }

    private static func findings(in report: RunReport, of job: Job, _ refusesFlaky: Bool) -> Findings {
        var findings = Findings()
        guard !report.ending.leavesChecksUnknown else {
            findings.obstacle = .unknownChecks
            return findings
        }
        guard let identity = job.suiteIdentity else {
            findings.obstacle = .noIdentity
            return findings
        }
        let suites = report.suites.filter { $0.identity?.file == identity.file }
        guard !suites.isEmpty else {
            let isNamed = report.suites.contains { $0.identity == nil && $0.file == job.file }
            findings.obstacle = isNamed ? .noIdentity : .unknownFile
            return findings
        }
        guard identity.server != SuiteIdentity.unknownServer else {
            findings.obstacle = .unknownServer
            return findings
        }
        let ofServer = suites.filter { $0.identity?.server == identity.server }
        guard !ofServer.isEmpty else {
            findings.obstacle = .otherServer
            return findings
        }
        findings.isGood = ofServer.allSatisfy { report.verdict(of: $0) == .passed }
        let keys = job.checkKeys
        var unpassed: Set<String> = []
        for suite in ofServer { findings.take(suite, keys, refusesFlaky: refusesFlaky, unpassed: &unpassed) }
        // More than one suite may hold the check, if reports of several selections were merged.
        findings.passed.subtract(unpassed)
        findings.isSelection =
            report.verdict == .nothingChecked || ofServer.allSatisfy { $0.plan?.selection?.leavesChecksOut ?? false }
        findings.unknownCount = keys.count { !findings.passed.contains($0.name) && !unpassed.contains($0.name) }
        return findings
    }

    /// Whether a check of a job has not passed.
    public func contains(_ check: Check, of job: Job) -> Bool {
        findings[job.file].map { !$0.passed.contains(check.name) } ?? true
    }

    /// Whether every check of some plans has passed, at least one, and so did their runs.
    ///
    /// - Parameter plans: All that is selected, whether it has passed or not.
    public func areNone(of plans: [RunPlan]) -> Bool {
        plans.contains { !$0.entries.isEmpty }
            && plans.allSatisfy { plan in
                guard !plan.entries.isEmpty else { return true }
                guard let findings = findings[plan.job.file], findings.isGood else { return false }
                return plan.entries.allSatisfy { findings.passed.contains(plan.job.checks[$0.check].name) }
            }
    }

    /// What a person has to know of the jobs' checks that run again, and of those that do not; each a sentence.
    public func remarks(on jobs: [Job]) -> [String] {
        var remarks: [String] = []
        if let shard {
            remarks.append("The report holds shard \(shard) only; checks of other shards count as not passed.")
        }
        for job in jobs {
            guard let findings = findings[job.file] else { continue }
            switch findings.obstacle {
            case .unknownFile:
                remarks.append("The report does not know \(job.file), so all of its checks run.")
                continue
            case .noIdentity:
                remarks.append(
                    """
                    The report does not say which checks of \(job.file) it is about, as reports of version 0.1 do not, so \
                    all of them run.
                    """
                )
                continue
            case .unknownServer:
                remarks.append(
                    """
                    The server's URL holds a secret, so whether the report is about this server cannot be told, and all \
                    checks of \(job.file) run.
                    """
                )
                continue
            case .unknownChecks:
                remarks.append(
                    """
                    The report says nothing of the checks of \(job.file), since its run did not come to its end, so all of \
                    them run.
                    """
                )
                continue
            case .otherServer:
                remarks.append(
                    "The report is about another server than \(job.server.url), so all checks of \(job.file) run."
                )
                continue
            case nil: break
            }
            if !findings.isGood, findings.passed.count == job.checks.count {
                remarks.append(
                    "Every check of \(job.file) passed in the report, but its run did not pass: run all of them."
                )
            }
            if findings.unknownCount > 0, shard == nil {
                let (be, they) = findings.unknownCount == 1 ? ("is", "it runs") : ("are", "they run")
                let leftOut = "not in the report, whose run left checks out"
                let reason = findings.isSelection ? leftOut : "new or changed since the report"
                remarks.append(
                    "\(findings.unknownCount.counting("check")) of \(job.file) \(be) \(reason), so \(they)."
                )
            }
            remarks += findings.goneFailures.map {
                "\(job.file) no longer has the check \"\($0)\", which did not pass; if it has another name now, it runs as new."
            }
        }
        return remarks
    }
}
