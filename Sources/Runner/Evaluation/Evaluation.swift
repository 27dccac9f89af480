import Checks
import DHIS2
import JSONDocument

/// Holds an answer against an expectation, part by part.
struct Evaluation {
    /// Whether verdicts that hold are kept too; without them a passing check costs no text.
    let keepsWhatHolds: Bool
    /// How many nodes one path may visit.
    let visitLimit: Int
    /// How many steps all patterns together may take.
    let stepLimit: Int
    private(set) var verdicts: [Verdict] = []
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
    mutating func judge(
        _ exchange: HTTPExchange,
        from origin: ResponseOrigin,
        after duration: Duration,
        against expectation: Expectation
    ) {
        judgeStatus(exchange.statusCode, expectation.status)
        judgeOrigin(origin, expectation.from)
        if !expectation.headers.isEmpty { judgeHeaders(exchange, expectation.headers) }
        if let contentType = expectation.contentType { judgeContentType(exchange, contentType) }
        if let matcher = expectation.body { judgeBody(exchange, matcher) }
        if !expectation.json.isEmpty { judgeJSON(exchange, expectation.json) }
        if let bound = expectation.maximumDuration { judgeDuration(duration, bound) }
        if let bound = expectation.maximumSize { judgeSize(exchange.bodySize, bound) }
    }

    /// Adds a verdict; the texts are made only if it is kept.
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
        var verdict = Verdict(
            kind,
            location: location(),
            holds: holds,
            expected: expected(),
            actual: found.actual,
            excerpt: found.excerpt
        )
        if !holds { LookAlike.tellApart(in: &verdict) }
        verdicts.append(verdict)
    }

    /// Adds the verdicts of a matcher: one for each condition, or a single one where there is nothing to look at.
    mutating func add(
        _ kind: Mismatch.Kind,
        location: @autoclosure () -> String? = nil,
        _ matcher: Matcher,
        on subject: Subject,
        whenAbsent: @autoclosure () -> Finding
    ) {
        let (budget, stepLimit) = (budget, stepLimit)
        if subject.isAbsent, !matcher.looksAtSeveral {
            let holds = matcher.holds(for: subject, within: budget)
            add(
                kind,
                location: location(),
                holds: holds,
                expected: matcher.expected(by: subject, holds: holds, within: budget),
                found: !holds && subject.isMissing && matcher.deniesAValue ? whenAbsent().wantingAValue : whenAbsent()
            )
            return
        }
        for condition in matcher.conditions {
            let holds = condition.holds(for: subject, within: budget)
            let isOverrun = budget.takeOverrun()
            add(
                kind,
                location: location(),
                holds: holds && !isOverrun,
                expected: condition.phrase(subject.isText ? .text : .json),
                found: isOverrun
                    ? .givenUp(after: stepLimit)
                    // Which members decide is found out anew, with as much patience.
                    : condition.finding(for: subject, within: PatternBudget(steps: stepLimit))
                        .adding(subject.isAbsent ? whenAbsent().excerpt : [])
            )
        }
    }
}

/// What came, told to a person.
struct Finding {
    /// What came, as a phrase.
    var actual: String
    /// The shortest part of the answer, or a comparison line by line, that shows it; one line an entry.
    var excerpt: [String]
    /// Whether a limit of our own, and nothing in the answer, is why there is no better one.
    var isLimit: Bool

    init(_ actual: String, excerpt: [String] = [], isLimit: Bool = false) {
        self.actual = actual
        self.excerpt = excerpt
        self.isLimit = isLimit
    }

    /// The patterns took too many steps.
    static func givenUp(after steps: Int) -> Self {
        Self("no result: routecheck gave its patterns up after \(steps) steps; make them simpler", isLimit: true)
    }

    /// The finding of nothing where a value is to be another one.
    var wantingAValue: Self {
        Self("\(actual), and \"not\" wants a value; use exists: false if there is to be none", excerpt: excerpt)
    }

    /// The finding with further lines.
    func adding(_ lines: [String]) -> Self {
        Self(actual, excerpt: excerpt + lines, isLimit: isLimit)
    }
}
