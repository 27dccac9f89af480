public import Checks
import FoundationEssentials

/// Joins the reports of runs into one: the shards of a run, and runs of different job files.
///
/// A report that is not divided is taken as it is, also that of a run that was killed. Shards belong together by their
/// places among the reports' suites, and there must be one of each.
public struct ReportMerge: Sendable {
    /// A report, and what to call it in a problem.
    public struct Input: Sendable {
        /// The file's name.
        public var name: String
        /// The report.
        public var report: RunReport

        /// Creates an input.
        public init(name: String, report: RunReport) {
            self.name = name
            self.report = report
        }
    }

    /// One suite of one input.
    struct Piece {
        var input: String
        var shard: Shard?
        /// How much later than the merged run this one began.
        var offset: Duration
        var suite: SuiteReport

        /// The piece and whose it is, for a problem.
        var title: String { "\(input) is \(shard.map { "shard \($0)" } ?? "the whole") of \(suite.file)" }
    }

    private let inputs: [Input]

    /// Prepares to join reports, at least one.
    public init(_ inputs: [Input]) {
        self.inputs = inputs
    }

    /// What to know of the inputs though they can be joined, each a sentence.
    public var remarks: [String] {
        var named: Set<String> = []
        let writers = inputs.filter { named.insert($0.report.toolVersion).inserted }
        guard writers.count > 1 else { return [] }
        let list = writers.map { "\($0.name) by \($0.report.toolVersion)" }.joined(separator: ", ")
        return ["The reports were written by different versions of routecheck: \(list)."]
    }

    /// The one report of all inputs.
    ///
    /// - Throws: ``ReportMergeError`` when two inputs hold the same, when something is missing, or when they do not
    ///   belong together.
    public func report() throws(ReportMergeError) -> RunReport {
        guard let first = inputs.first else { throw ReportMergeError(problems: ["There is no report to merge."]) }
        let start = inputs.map(\.report.startedAt).min() ?? first.report.startedAt
        var groups: [[Piece]] = []
        var divided: [[Piece]] = []
        for input in inputs {
            let offset = Self.duration(from: start, to: input.report.startedAt)
            let pieces = input.report.suites.map { suite in
                Piece(input: input.name, shard: input.report.shard, offset: offset, suite: suite)
            }
            if input.report.shard == nil {
                groups += pieces.map { [$0] }
            } else {
                for (place, piece) in pieces.enumerated() {
                    if place == divided.count { divided.append([]) }
                    divided[place].append(piece)
                }
            }
        }
        groups += divided
        let blank = inputs.compactMap { input -> String? in
            guard input.report.ending.leavesChecksUnknown else { return nil }
            return input.report.ending.sentence.map { "\(input.name) does not hold a run. \($0)" }
        }
        // What such a report lacks besides tells nothing.
        guard blank.isEmpty else { throw ReportMergeError(problems: blank) }
        let empty = inputs.filter(\.report.suites.isEmpty).map { "\($0.name) holds no suite: nothing was run." }
        let problems = empty + groups.flatMap(Self.problems) + Self.repetitions(among: groups)
        guard problems.isEmpty else { throw ReportMergeError(problems: problems) }
        var report = RunReport(
            toolVersion: first.report.toolVersion,
            startedAt: start,
            duration: inputs.map { Self.duration(from: start, to: $0.report.startedAt) + $0.report.duration }.max()
                ?? .zero,
            suites: groups.compactMap(Self.joined)
        )
        report.ending = Self.ending(of: inputs.map(\.report), merged: report)
        report.seed = Set(inputs.map(\.report.seed)).count == 1 ? first.report.seed : nil
        report.repeats = inputs.map(\.report.repeats).max() ?? 1
        report.failure = inputs.lazy.compactMap(\.report.failure).first
        return report
    }

    /// The suite that pieces make together.
    private static func joined(_ pieces: [Piece]) -> SuiteReport? {
        guard let first = pieces.min(by: { $0.suite.startedAt < $1.suite.startedAt }) else { return nil }
        var suite = first.suite
        suite.serverVersion = pieces.lazy.compactMap(\.suite.serverVersion).first
        suite.serverFault = pieces.lazy.compactMap(\.suite.serverFault).first
        for piece in pieces {
            for warning in piece.suite.warnings where !suite.warnings.contains(warning) {
                suite.warnings.append(warning)
            }
        }
        suite.results = pieces.flatMap { piece in piece.suite.results.map { $0.shifted(by: piece.offset) } }
        suite.results.sort { ($0.index, $0.start) < ($1.index, $1.start) }
        if let total = suite.plan?.total { suite.plan?.planned = total }
        // One part that had nothing to check is not made good by another in which nothing had failed.
        suite.plan?.selection?.nothingFailed = pieces.allSatisfy { $0.suite.plan?.selection?.nothingFailed ?? false }
        let end = pieces.map { duration(from: suite.startedAt, to: $0.suite.startedAt) + $0.suite.duration }.max()
        suite.duration = end ?? suite.duration
        return suite
    }

    /// How the merged run ended: as the part that fared worst.
    ///
    /// A run that was killed when all checks of its plan had ended has lost nothing.
    private static func ending(of reports: [RunReport], merged: RunReport) -> RunEnding {
        let endings = reports.map(\.ending)
        let orderly = reports.first { report in
            if case .interrupted = report.ending { !report.isKilled } else { false }
        }
        if let orderly { return orderly.ending }
        let killed = reports.filter(\.isKilled)
        let isPlanKnown = killed.allSatisfy { $0.suites.allSatisfy { $0.plan != nil } }
        if !killed.isEmpty, merged.counts.notRun > 0 || !isPlanKnown { return .interrupted(signal: 9) }
        for ending in [RunEnding.serverUnusable, .deadline, .maximumFailures] where endings.contains(ending) {
            return ending
        }
        return .completed
    }

    static func duration(from start: Date, to end: Date) -> Duration {
        .milliseconds(Int64((end.timeIntervalSince(start) * 1000).rounded()))
    }
}

/// Says why reports cannot be joined.
public struct ReportMergeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Every reason, each a sentence that a person can act on.
    public var problems: [String]

    /// The reasons, one a line.
    public var description: String { problems.joined(separator: "\n") }
}

extension CheckResult {
    /// The result with its times counted from a start that much earlier.
    fileprivate func shifted(by offset: Duration) -> CheckResult {
        guard offset != .zero else { return self }
        var result = self
        // A check that never started has no time to shift.
        if !attempts.isEmpty || start != .zero { result.start += offset }
        for index in result.attempts.indices { result.attempts[index].start += offset }
        return result
    }
}
