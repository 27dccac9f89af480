import Checks
import DHIS2
import HTTPVocabulary
import JSONDocument
import Matching
import Text

extension Evaluation {
    mutating func judgeStatus(_ status: Int, _ expected: StatusSet) {
        add(.status, holds: expected.contains(status), expected: expected.description, found: Finding("\(status)"))
    }

    mutating func judgeOrigin(_ origin: ResponseOrigin, _ expected: ExpectedOrigin) {
        let isExpected = expected.includes(origin.layer)
        // An answer that may as well be another layer's has not shown that the one expected works.
        let doubt =
            origin.certainty == .possible
            ? origin.alternatives.first { expected.includes($0.layer) != isExpected } : nil
        add(
            .from,
            holds: isExpected && doubt == nil,
            expected: expected.rawValue,
            found: Self.finding(origin, or: doubt)
        )
    }

    private static func finding(_ origin: ResponseOrigin, or doubt: ResponseOrigin.Alternative?) -> Finding {
        let layer = origin.layer.rawValue
        let found = origin.layer == .upstream ? layer : "\(layer) (\(origin.reason))"
        guard let doubt else { return Finding(found) }
        return Finding(
            "\(found) or \(doubt.layer.rawValue), which cannot be told apart; use from: any to accept either"
        )
    }

    mutating func judgeHeaders(_ exchange: HTTPExchange, _ expectations: [HeaderExpectation]) {
        let fields = exchange.headerFields
        for expectation in expectations {
            let values = fields.values(of: expectation.name)
            // A field that comes several times is one list (RFC 9110, section 5.3).
            let subject: Subject = values.isEmpty ? .noField : .field(values.joined(separator: ", "))
            add(
                .header,
                location: expectation.name.spelling,
                expectation.matcher,
                on: subject,
                whenAbsent: Finding("no such field")
            )
        }
    }

    mutating func judgeContentType(_ exchange: HTTPExchange, _ expected: String) {
        let field = exchange.header("content-type")
        let isSame = field.map { MediaType.essence(of: $0) == MediaType.essence(of: expected) } ?? false
        add(
            .contentType,
            holds: isSame,
            expected: MediaType.essence(of: expected),
            found: Finding(
                field.map { field in
                    let essence = MediaType.essence(of: field)
                    return essence.isEmpty ? "an empty Content-Type field" : Excerpt.cut(essence)
                } ?? "no Content-Type field"
            )
        )
    }

    mutating func judgeDuration(_ duration: Duration, _ bound: Duration) {
        add(
            .maximumDuration,
            holds: duration <= bound,
            expected: "at most \(AmountText.duration(bound))",
            found: Finding(AmountText.duration(duration))
        )
    }

    mutating func judgeSize(_ size: Int, _ bound: Int) {
        add(
            .maximumSize,
            holds: size <= bound,
            expected: "at most \(AmountText.exactSize(bound))",
            found: Finding(AmountText.exactSize(size))
        )
    }
}

extension Evaluation {
    /// DHIS2 answered itself, because it could not pass the target's answer on, and named no more than its status: there
    /// are no fields and no body that an expectation could be met by, not even that there are none.
    mutating func judgeUnseen(_ expectation: Expectation, after duration: Duration) {
        let found = Finding("an answer that DHIS2 did not pass on: only its status is known")
        for header in expectation.headers {
            add(
                .header,
                location: header.name.spelling,
                holds: false,
                expected: header.matcher.phrase(.text),
                found: found
            )
        }
        if let contentType = expectation.contentType {
            add(.contentType, holds: false, expected: MediaType.essence(of: contentType), found: found)
        }
        if let matcher = expectation.body {
            add(.body, holds: false, expected: matcher.phrase(.text), found: found)
        }
        for json in expectation.json {
            add(.json, location: json.path.source, holds: false, expected: json.matcher.phrase(.json), found: found)
        }
        if let bound = expectation.maximumDuration { judgeDuration(duration, bound) }
        if let bound = expectation.maximumSize {
            add(.maximumSize, holds: false, expected: "at most \(AmountText.exactSize(bound))", found: found)
        }
    }

    mutating func judgeBody(_ exchange: HTTPExchange, _ matcher: Matcher) {
        guard !exchange.isBodyTruncated else {
            add(.body, holds: false, expected: matcher.phrase(.text), found: BodyFinding.cut(exchange))
            return
        }
        let body = BodyText(exchange.body, contentType: exchange.header("content-type"))
        add(.body, matcher, on: body.subject, whenAbsent: Finding("an empty body")) {
            body.fault.map { BodyFinding.notText(exchange.body, $0) }
        }
    }

    mutating func judgeJSON(_ exchange: HTTPExchange, _ expectations: [JSONExpectation]) {
        guard !exchange.isBodyTruncated else {
            add(.json, holds: false, expected: "JSON", found: BodyFinding.cut(exchange))
            return
        }
        let tree: JSONTree
        do {
            tree = try JSONTree(parsing: exchange.body)
        } catch {
            add(.json, holds: false, expected: "JSON", found: BodyFinding.notJSON(exchange.body, error))
            return
        }
        for expectation in expectations { judge(expectation, in: tree) }
    }

    private mutating func judge(_ expectation: JSONExpectation, in tree: JSONTree) {
        let (path, matcher) = (expectation.path, expectation.matcher)
        let selection: JSONPathSelection
        do {
            selection = try path.selection(in: tree, visitLimit: visitLimit)
        } catch {
            add(
                .json,
                location: path.source,
                holds: false,
                expected: matcher.phrase(.json),
                found: Finding(
                    "no result within routecheck's limits: \(Excerpt.withoutFullStop(error.message))",
                    isLimit: true
                )
            )
            return
        }
        let nodes = selection.nodes
        guard nodes.count < 2 || !matcher.needsOneNode else {
            add(
                .json,
                location: path.source,
                holds: false,
                expected: matcher.phrase(.json),
                found: Finding(
                    "\(nodes.count.counting("node")), which only every, any, none or count can judge",
                    excerpt: NodeLines.lines(of: nodes)
                )
            )
            return
        }
        add(
            .json,
            location: path.source,
            matcher,
            on: Subject(selection, isSingular: path.isSingular),
            whenAbsent: Finding(
                "nothing",
                // What one node is to be says itself which path leads nowhere.
                because: path.isSingular ? nil : selection.gaps.first?.sentence,
                excerpt: ["$: " + Excerpt.json(tree.root, limit: 120)]
            )
        )
    }
}
