import HTTPVocabulary
import JSONDocument
import Matching

extension CheckIdentifier {
    /// Adds what a check expects of an answer.
    func add(expectationOf checks: [Check], at place: Int, _ secrets: [Secret], to question: inout Question) {
        for part in checks[place].expectation.status.parts {
            switch part {
            case .code(let code):
                question.hash.add(word: UInt64(truncatingIfNeeded: code))
                question.hash.add(word: UInt64(truncatingIfNeeded: code))
            case .range(let range):
                question.hash.add(word: UInt64(truncatingIfNeeded: range.lowerBound))
                question.hash.add(word: UInt64(truncatingIfNeeded: range.upperBound))
            }
        }
        question.hash.add(counted: checks[place].expectation.from.rawValue)
        for header in checks[place].expectation.headers {
            add("header", header.name.spelling.lowercased(), header.matcher, secrets, to: &question)
        }
        if let type = checks[place].expectation.contentType { add("content-type", type, nil, secrets, to: &question) }
        if let body = checks[place].expectation.body { add("body", "", body, secrets, to: &question) }
        for json in checks[place].expectation.json {
            add("json", json.path.description, json.matcher, secrets, to: &question)
        }
        if let bound = checks[place].expectation.maximumDuration {
            let (seconds, attoseconds) = bound.components
            question.hash.add(counted: "max-duration")
            question.hash.add(word: UInt64(truncatingIfNeeded: seconds))
            question.hash.add(word: UInt64(truncatingIfNeeded: attoseconds))
        }
        if let bound = checks[place].expectation.maximumSize {
            question.hash.add(counted: "max-size")
            question.hash.add(word: UInt64(truncatingIfNeeded: bound))
        }
    }

    private func add(
        _ kind: String,
        _ location: String,
        _ matcher: Matcher?,
        _ secrets: [Secret],
        to question: inout Question
    ) {
        question.hash.add(counted: kind)
        question.add(text(location, .expect, secrets), by: mask)
        guard let matcher else { return }
        if mask.hidesValue(at: location) {
            for condition in matcher.conditions { question.hash.add(counted: condition.kind.name) }
            Self.addHidden(matcher.description, .expect, secrets, to: &question)
        } else {
            question.add(text(matcher.description, .expect, secrets), by: mask)
        }
    }
}
