import HTTPVocabulary
import JSONDocument
import Matching

extension CheckIdentifier {
    /// Adds what a check expects of an answer.
    func add(expectationOf checks: [Check], at place: Int, _ secrets: [Secret], to hash: inout FNV1a) {
        for part in checks[place].expectation.status.parts {
            switch part {
            case .code(let code):
                hash.add(word: UInt64(truncatingIfNeeded: code))
                hash.add(word: UInt64(truncatingIfNeeded: code))
            case .range(let range):
                hash.add(word: UInt64(truncatingIfNeeded: range.lowerBound))
                hash.add(word: UInt64(truncatingIfNeeded: range.upperBound))
            }
        }
        hash.add(counted: checks[place].expectation.from.rawValue)
        for header in checks[place].expectation.headers {
            add("header", header.name.spelling.lowercased(), header.matcher, secrets, to: &hash)
        }
        if let type = checks[place].expectation.contentType { add("content-type", type, nil, secrets, to: &hash) }
        if let body = checks[place].expectation.body { add("body", "", body, secrets, to: &hash) }
        for json in checks[place].expectation.json {
            add("json", json.path.description, json.matcher, secrets, to: &hash)
        }
        if let bound = checks[place].expectation.maximumDuration {
            let (seconds, attoseconds) = bound.components
            hash.add(counted: "max-duration")
            hash.add(word: UInt64(truncatingIfNeeded: seconds))
            hash.add(word: UInt64(truncatingIfNeeded: attoseconds))
        }
        if let bound = checks[place].expectation.maximumSize {
            hash.add(counted: "max-size")
            hash.add(word: UInt64(truncatingIfNeeded: bound))
        }
    }

    private func add(
        _ kind: String,
        _ location: String,
        _ matcher: Matcher?,
        _ secrets: [Secret],
        to hash: inout FNV1a
    ) {
        hash.add(counted: kind)
        hash.add(counted: text(location, .expect, secrets))
        guard let matcher else { return }
        if mask.hidesValue(at: location) {
            for condition in matcher.conditions { hash.add(counted: condition.kind.name) }
            addHidden(.expect, secrets, to: &hash)
        } else {
            hash.add(counted: mask.masked(text(matcher.description, .expect, secrets)))
        }
    }
}
