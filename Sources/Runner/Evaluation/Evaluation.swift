package import Checks
package import DHIS2
import JSONDocument
import Matching

/// Holds an answer against an expectation, part by part.
///
/// Every part adds its own result; a matcher adds one for each of its conditions. `BodyFinding` says why a body could
/// not be judged, and `LookAlike` makes visible in what two texts differ that look the same.
struct Evaluation {
    /// Whether results of what holds are kept too; without them a passing check costs no text.
    let keepsWhatHolds: Bool
    /// How many nodes one path may visit.
    let visitLimit: Int
    /// How many steps all patterns together may take.
    let stepLimit: Int
    private(set) var results: [ExpectationResult] = []
    /// Whether something does not hold.
    private(set) var hasFailed = false
    /// Whether the first part that does not hold was given up because of a limit of our own, and may hold all the same.
    private(set) var isUndecided = false
    private lazy var budget = PatternBudget(steps: stepLimit)

    init(
        keepsWhatHolds: Bool,
        visitLimit: Int = JSONPath.defaultVisitLimit,
        stepLimit: Int = PatternBudget.standardSteps
    ) {
        self.keepsWhatHolds = keepsWhatHolds
        self.visitLimit = visitLimit
        self.stepLimit = stepLimit
    }

    /// Judges every part of an expectation, in the order of the job language's keys.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - origin: Which layer it came from; it may know that no more than the status is the target's.
    ///   - duration: How long the attempt took.
    ///   - expectation: What is expected.
    mutating func judge(
        _ exchange: HTTPExchange,
        from origin: ResponseOrigin,
        after duration: Duration,
        against expectation: Expectation
    ) {
        judgeStatus(origin.status(of: exchange), expectation.status)
        judgeOrigin(origin, expectation.from)
        guard origin.targetStatus == nil else {
            judgeUnseen(expectation, after: duration)
            return
        }
        if !expectation.headers.isEmpty { judgeHeaders(exchange, expectation.headers) }
        if let contentType = expectation.contentType { judgeContentType(exchange, contentType) }
        if let matcher = expectation.body { judgeBody(exchange, matcher) }
        if !expectation.json.isEmpty { judgeJSON(exchange, expectation.json) }
        if let bound = expectation.maximumDuration { judgeDuration(duration, bound) }
        if let bound = expectation.maximumSize { judgeSize(exchange.bodySize, bound) }
    }

    /// Adds the result of a part; the texts are made only if it is kept.
    mutating func add(
        _ kind: Mismatch.Kind,
        location: @autoclosure () -> String? = nil,
        holds: Bool,
        expected: @autoclosure () -> String,
        found: @autoclosure () -> Finding
    ) {
        guard !holds || keepsWhatHolds else { return }
        let found = found()
        if !holds, !hasFailed { (hasFailed, isUndecided) = (true, found.isLimit) }
        var result = ExpectationResult(
            kind,
            location: location(),
            holds: holds,
            expected: expected(),
            actual: found.actual,
            excerpt: found.excerpt
        )
        if !holds { LookAlike.tellApart(in: &result) }
        results.append(result)
    }

    /// Adds the results of a matcher: one for each condition, or a single one where there is nothing to look at.
    mutating func add(
        _ kind: Mismatch.Kind,
        location: @autoclosure () -> String? = nil,
        _ matcher: Matcher,
        on subject: Subject,
        whenAbsent: @autoclosure () -> Finding,
        whenUndecoded: () -> Finding? = { nil }
    ) {
        let (budget, stepLimit) = (budget, stepLimit)
        if !subject.exists, !matcher.judgesNodes {
            let holds = matcher.holds(for: subject, within: budget)
            add(
                kind,
                location: location(),
                holds: holds,
                expected: matcher.expected(by: subject, holds: holds, within: budget),
                found: Self.finding(of: matcher, thatHasNo: subject, whenAbsent(), within: budget)
            )
            return
        }
        for condition in matcher.conditions {
            let holds = condition.answer(for: subject, within: budget) == .holds
            let isOverrun = budget.takeOverrun()
            let fault = holds ? nil : whenUndecoded()
            add(
                kind,
                location: location(),
                holds: holds && !isOverrun,
                expected: condition.phrase(subject.isText ? .text : .json).text,
                found: isOverrun
                    ? .givenUp(after: stepLimit)
                    // Which members decide is found out anew, with as much patience.
                    : condition.finding(for: subject, within: PatternBudget(steps: stepLimit))
                        .adding(subject.exists ? [] : whenAbsent().excerpt)
                        .of(fault)
            )
        }
    }
}

extension Evaluation {
    /// What is told of a value that is not there.
    private static func finding(
        of matcher: Matcher,
        thatHasNo subject: Subject,
        _ absence: Finding,
        within budget: PatternBudget
    ) -> Finding {
        if absence.reason != nil { return absence }
        if matcher.deniesAValue(thatIsMissing: subject, within: budget) { return absence.wantingAValue }
        var finding = absence
        finding.reason = matcher.obstacle(to: subject, within: budget)
        return finding
    }
}

extension Expectation {
    /// Whether the text of a body decides anything.
    var readsBody: Bool { body != nil || !json.isEmpty }

    /// Whether an answer is judged within microseconds, so that no other answer waits for that on the thread that
    /// receives them.
    ///
    /// What is judged so is small, and is looked at once by each matcher: patterns, quantifiers and paths that search
    /// may take a second for a kilobyte.
    ///
    /// - Parameter size: The size of the answer's body in bytes.
    func isQuick(toJudge size: Int) -> Bool {
        let looks = (body == nil ? 0 : 1) + json.count
        guard looks * size <= Self.quickBytes else { return false }
        return (body?.isQuick ?? true) && headers.allSatisfy(\.matcher.isQuick)
            && json.allSatisfy { $0.path.isSingular && $0.matcher.isQuick }
    }

    /// How many bytes are read in a time that is short beside that of a request.
    private static let quickBytes = 16 * 1024

    /// Every part of the expectation that an answer does not meet, in the order of the job language's keys.
    ///
    /// The body is read only where something is expected of it, and parsed once however many paths look into it.
    func mismatches(
        with exchange: HTTPExchange,
        from origin: ResponseOrigin,
        after duration: Duration
    ) -> [Mismatch] {
        var evaluation = Evaluation(keepsWhatHolds: false)
        evaluation.judge(exchange, from: origin, after: duration, against: self)
        return evaluation.results.isEmpty ? [] : evaluation.results.compactMap(\.mismatch)
    }

    /// What came of every part of the expectation, held or not, in the order of the job language's keys.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - origin: Which layer it came from.
    ///   - duration: How long the attempt took.
    package func results(
        on exchange: HTTPExchange,
        from origin: ResponseOrigin,
        after duration: Duration
    ) -> [ExpectationResult] {
        var evaluation = Evaluation(keepsWhatHolds: true)
        evaluation.judge(exchange, from: origin, after: duration, against: self)
        return evaluation.results
    }
}

extension ExpectedOrigin {
    /// Whether an answer of a layer is an answer of the one that was expected.
    func includes(_ layer: ResponseOrigin.Layer) -> Bool {
        switch self {
        case .upstream: layer == .upstream
        case .dhis2: layer == .dhis2 || layer == .route
        case .any: true
        }
    }
}
