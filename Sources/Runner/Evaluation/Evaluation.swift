import Checks
import DHIS2
import JSONDocument

/// Holds an answer against an expectation, part by part.
struct Evaluation {
    /// Whether verdicts that hold are kept too; without them a passing check costs no text.
    let keepsWhatHolds: Bool
    /// How many nodes one path may visit.
    let visitLimit: Int
    private(set) var verdicts: [Verdict] = []

    init(keepsWhatHolds: Bool, visitLimit: Int = JSONPath.defaultVisitLimit) {
        self.keepsWhatHolds = keepsWhatHolds
        self.visitLimit = visitLimit
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
        verdicts.append(
            Verdict(
                kind,
                location: location(),
                holds: holds,
                expected: expected(),
                actual: found.actual,
                excerpt: found.excerpt
            )
        )
    }

    /// Adds the verdicts of a matcher: one for each condition, or a single one where there is nothing to look at.
    mutating func add(
        _ kind: Mismatch.Kind,
        location: @autoclosure () -> String? = nil,
        _ matcher: Matcher,
        on subject: Subject,
        whenAbsent: @autoclosure () -> Finding
    ) {
        if subject.isAbsent, !matcher.looksAtSeveral {
            let holds = matcher.holds(for: subject)
            add(
                kind,
                location: location(),
                holds: holds,
                expected: matcher.expected(by: subject, holds: holds),
                found: whenAbsent()
            )
            return
        }
        for condition in matcher.conditions {
            add(
                kind,
                location: location(),
                holds: condition.holds(for: subject),
                expected: condition.phrase(subject.isText ? .text : .json),
                found: condition.finding(for: subject)
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

    init(_ actual: String, excerpt: [String] = []) {
        self.actual = actual
        self.excerpt = excerpt
    }

    /// The finding with further lines.
    func adding(_ lines: [String]) -> Self {
        Self(actual, excerpt: excerpt + lines)
    }
}
