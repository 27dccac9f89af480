import HTTPVocabulary
import JSONDocument
import Matching

extension CheckIdentifier {
    /// Adds what is expected of an answer.
    func add(_ expectation: borrowing Expectation, _ secrets: [Secret], to hash: inout FNV1a) {
        for part in expectation.status.parts {
            switch part {
            case .code(let code):
                hash.add(word: UInt64(truncatingIfNeeded: code))
                hash.add(word: UInt64(truncatingIfNeeded: code))
            case .range(let range):
                hash.add(word: UInt64(truncatingIfNeeded: range.lowerBound))
                hash.add(word: UInt64(truncatingIfNeeded: range.upperBound))
            }
        }
        hash.add(counted: expectation.from.rawValue)
        for header in expectation.headers {
            add("header", header.name.spelling.lowercased(), header.matcher, secrets, to: &hash)
        }
        if let type = expectation.contentType { add("content-type", type, nil, secrets, to: &hash) }
        if let body = expectation.body { add("body", "", body, secrets, to: &hash) }
        for json in expectation.json { add("json", json.path.description, json.matcher, secrets, to: &hash) }
        if let bound = expectation.maximumDuration {
            let (seconds, attoseconds) = bound.components
            hash.add(counted: "max-duration")
            hash.add(word: UInt64(truncatingIfNeeded: seconds))
            hash.add(word: UInt64(truncatingIfNeeded: attoseconds))
        }
        if let bound = expectation.maximumSize {
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
