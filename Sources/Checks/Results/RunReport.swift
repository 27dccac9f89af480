public import FoundationEssentials

/// A whole run: what every report is a rendering of.
///
/// It holds a ``SuiteReport`` for each job, that a ``CheckResult`` for each check, and that an ``Attempt`` for each
/// time it was tried. Whether any of them counts as passed is decided in one place: ``Standing`` for a check,
/// ``RunVerdict`` for the rest.
public struct RunReport: Sendable {
    /// The version of routecheck that ran.
    public var toolVersion: String
    /// When the run began.
    public var startedAt: Date
    /// How long it took.
    public var duration: Duration
    /// How it ended.
    public var ending: RunEnding
    /// Which part of the checks ran, if only a part did.
    public var shard: Shard?
    /// What the order of the checks was shuffled with, if it was.
    public var seed: UInt64?
    /// How often each check ran, at least 1.
    public var repeats = 1
    /// Whether a check that passed only after a retry fails the run; asked for when a report is made, and in none.
    public var failsOnFlaky = false
    /// Why the run has failed apart from what its checks and servers show, if it has.
    public var failure: RunFailure?
    /// One suite for each job file, in the order given.
    public var suites: [SuiteReport]

    /// Creates a report.
    public init(
        toolVersion: String,
        startedAt: Date,
        duration: Duration,
        ending: RunEnding = .completed,
        suites: [SuiteReport]
    ) {
        self.toolVersion = toolVersion
        self.startedAt = startedAt
        self.duration = duration
        self.ending = ending
        self.suites = suites
    }

    /// The counts of all suites together.
    public var counts: OutcomeCounts {
        suites.reduce(into: OutcomeCounts()) { $0.add($1.counts) }
    }

    /// Whether the report was read from one that says how its run ended, and not from events that break off.
    ///
    /// Events that break off after the last check has ended have lost nothing; an end that was written stands.
    package var isReadWhole = false

    /// Whether the run was killed, so that its report was rebuilt from its events.
    package var isKilled: Bool { !isReadWhole && ending == .interrupted(signal: 9) }
}

/// One of several parts that a run's checks were divided into.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// The part's number, counted from 1.
    public var index: Int
    /// How many parts there are, ``largestCount`` at most.
    public var count: Int

    /// The most parts that a run can be divided into.
    public static let largestCount = 100_000

    /// Creates a part.
    public init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }

    /// The part as the command line takes it, such as `2/4`.
    public var description: String { "\(index)/\(count)" }
}

/// How a run ended.
public enum RunEnding: Sendable, Hashable {
    /// Every check of the plan ended.
    case completed
    /// A signal ended it; the number is the signal's.
    case interrupted(signal: Int32)
    /// The job's deadline passed.
    case deadline
    /// The bound on failures was reached.
    case maximumFailures
    /// A server was unreachable, refused the credentials or is not of the version that the job file pins.
    case serverUnusable
    /// It has not: it is still going on, or it broke off without a word.
    case unfinished
    /// There was no run: a job file, or a report to read, is invalid or cannot be read.
    case invalidInput

    /// Whether a report with this ending says nothing of the checks, so that one that it does not hold may be there all
    /// the same.
    package var leavesChecksUnknown: Bool { self == .unfinished || self == .invalidInput }
}

/// What came of one job file.
public struct SuiteReport: Sendable {
    /// The suite's name.
    public var name: String
    /// The job file's path as it was given.
    public var file: String
    /// What the job is for, in the author's words.
    public var description: String?
    /// The base URL of DHIS2, without credentials.
    public var serverURL: String
    /// The version DHIS2 gave, if it was asked.
    public var serverVersion: String?
    /// Why the server was unusable, if it was.
    public var serverFault: Fault?
    /// What was noticed of the server that may matter to its checks, each a sentence.
    public var warnings: [String] = []
    /// What the report is to hold, if whoever ran the suite said so.
    public var plan: PlanSummary?
    /// Which job file it is of and which server it asked, from run to run; `nil` in a report that does not say.
    package var identity: SuiteIdentity?
    /// When the suite began.
    public var startedAt: Date
    /// How long it took.
    public var duration: Duration
    /// The results, in the job file's order; the repeats of one check beside each other.
    public var results: [CheckResult]

    /// Creates a suite.
    public init(
        name: String,
        file: String,
        description: String? = nil,
        serverURL: String,
        serverVersion: String? = nil,
        serverFault: Fault? = nil,
        startedAt: Date,
        duration: Duration,
        results: [CheckResult],
        plan: PlanSummary? = nil
    ) {
        self.name = name
        self.file = file
        self.description = description
        self.serverURL = serverURL
        self.serverVersion = serverVersion
        self.serverFault = serverFault
        self.startedAt = startedAt
        self.duration = duration
        self.results = results
        self.plan = plan
    }

    /// How many checks ended how.
    public var counts: OutcomeCounts {
        var counts = OutcomeCounts()
        // Field by field, as a report may be large and whole results are costly to copy.
        for place in results.indices {
            counts.count(
                results[place].outcome,
                attempts: results[place].attempts.count,
                isAllowed: results[place].allowFailure != nil
            )
        }
        return counts
    }
}

/// What a suite's report is to hold, so that the reports of a divided run can be told to belong together and to be
/// whole.
public struct PlanSummary: Sendable, Hashable {
    /// Sixteen hexadecimal digits that stand for the job file and the checks selected from it, whatever the shard.
    public var fingerprint: String
    /// How many results this run's report holds.
    public var planned: Int
    /// How many results the reports of all shards hold together.
    public var total: Int
    /// What the checks were selected by; `nil` where all of the job file's are meant, or in a report that does not say.
    public var selection: SelectionRecord?

    /// Creates a summary.
    public init(fingerprint: String, planned: Int, total: Int, selection: SelectionRecord? = nil) {
        self.fingerprint = fingerprint
        self.planned = planned
        self.total = total
        self.selection = selection
    }
}

/// What happens during a run, as it happens.
public enum RunEvent: Sendable {
    /// A suite's server was looked at and its checks are about to start.
    case suiteStarted(SuiteReport)
    /// A check's first attempt starts; the numbers are the suite's and the check's places, counted from 0.
    case checkStarted(suite: Int, check: Int)
    /// An attempt ended and another one follows.
    case attemptFinished(suite: Int, check: Int, Attempt)
    /// A check ended.
    case checkFinished(suite: Int, CheckResult)
    /// Every check of the suite has ended.
    case suiteFinished(SuiteReport)
}
