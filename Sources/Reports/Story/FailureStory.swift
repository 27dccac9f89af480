import Checks
import SourceDiagnostics
import Text

/// What a person is told about an attempt that did not pass, as lines that every format writes in its own way.
///
/// The lines are as they came from outside: nothing in them is escaped, and a line may hold line feeds.
struct FailureStory {
    /// The lines of a text that a report shows, at most.
    static let textLimit = 16 * 1024

    /// Who is to be called and why, such as `route: The route "chap" exists but is disabled.`.
    var headline: String
    /// Every expectation that did not hold, each with its excerpt.
    var details: [String]
    /// The request line.
    var request: String?
    /// Where the job file has the check, such as `jobs/smoke.yml:12`.
    var location: String

    init(_ attempt: Attempt, of result: CheckResult, file: String) {
        headline = Self.headline(attempt, reason: result.reason)
        details = []
        for mismatch in attempt.mismatches {
            let message = mismatch.message.bounded(to: Self.textLimit)
            if message != headline { details.append(message) }
            details += mismatch.excerpt.map { "  " + $0.bounded(to: Self.textLimit) }
        }
        request = attempt.evidence?.request.bounded(to: Self.textLimit)
        location = "\(file):\(result.position.line)"
    }

    /// The whole story but its headline, ending with the location on a line of its own behind one space.
    ///
    /// That last line is what readers of JUnit XML turn into an annotation at the job file's line.
    var body: [String] {
        details + (request.map { [$0] } ?? []) + [" at \(location)"]
    }

    private static func headline(_ attempt: Attempt, reason: String?) -> String {
        if let fault = attempt.fault {
            let doubt = fault.certainty == .certain ? "" : " (\(fault.certainty.rawValue))"
            return "\(fault.layer.rawValue)\(doubt): \(fault.message.bounded(to: textLimit))"
        }
        if let mismatch = attempt.mismatches.first { return mismatch.message.bounded(to: textLimit) }
        return reason ?? "The attempt ended without an answer."
    }
}

extension FailureStory {
    /// What was sent and what came: the request, the header fields and the beginning of the body.
    static func evidence(_ evidence: Evidence) -> [String] {
        var lines = [evidence.request.bounded(to: textLimit)]
        lines += evidence.headers.map { $0.bounded(to: textLimit) }
        if evidence.isAnswerOmitted {
            lines.append("(left out: the answers of earlier failures fill the report; --report-ndjson holds every one)")
        }
        guard let body = evidence.bodyExcerpt else { return lines }
        lines.append("")
        // Of a body that was cut nobody can say how much is left out: its excerpt is not all of it.
        lines.append(evidence.isExcerptCut ? body.beginning(ofAtMost: textLimit) : body.bounded(to: textLimit))
        if evidence.isExcerptCut { lines.append("… the body goes on") }
        return lines
    }
}

extension String {
    /// The text itself if it has at most so many bytes; its beginning and how much is left out otherwise.
    func bounded(to limit: Int) -> String {
        let beginning = beginning(ofAtMost: limit)
        return beginning.utf8.count == utf8.count
            ? self : "\(beginning)… (\((utf8.count - beginning.utf8.count).counting("byte")) more)"
    }

    /// The text itself if it has at most so many bytes; as many whole characters of it otherwise.
    fileprivate func beginning(ofAtMost limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while end > utf8.startIndex, !isBoundary(end) { end = utf8.index(before: end) }
        return String(self[..<end])
    }

    private func isBoundary(_ index: Index) -> Bool { index.samePosition(in: unicodeScalars) != nil }
}
