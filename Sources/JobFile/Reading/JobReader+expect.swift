internal import Checks
internal import DHIS2Behaviour
internal import HTTPVocabulary
internal import JSONDocument
internal import Matching
internal import SourceDiagnostics
internal import YAMLTree

extension JobReader {
    /// An expectation in its short form, a status set, or as a map.
    mutating func readExpectation(_ value: Layered) -> Expectation? {
        guard value.own.kind == .scalar else { return readOwnExpectation(value) }
        // A row may hold the whole map.
        return following(value.own) { $0.readOwnExpectation(Layered($1)) }
    }

    private mutating func readOwnExpectation(_ value: Layered) -> Expectation? {
        guard value.own.kind == .mapping else {
            return statusSet(value.own, "expect").map {
                var expectation = Expectation()
                expectation.status = $0
                return expectation
            }
        }
        guard let entries = entries(of: value, "expect", as: ExpectKey.self) else { return nil }
        var expectation = Expectation()
        for entry in entries { read(entry, into: &expectation) }
        if expectation.from == .upstream { warnOfResponseHeaders(entries) }
        return expectation
    }

    private mutating func read(_ entry: Entry<ExpectKey>, into expectation: inout Expectation) {
        let node = entry.value.own
        let label = entry.key.rawValue
        switch entry.key {
        case .status: if let status = statusSet(node, label) { expectation.status = status }
        case .from:
            let aliases = ["target": "upstream", "route": "upstream", "server": "dhis2", "all": "any"]
            if let origin = choice(node, label, as: ExpectedOrigin.self, aliases) { expectation.from = origin }
        case .headers: expectation.headers = readHeaderExpectations(entry.value) ?? []
        case .contentType: expectation.contentType = mediaType(node, label)
        case .body: expectation.body = matcher(entry.value, label, of: .text)
        case .json: expectation.json = readJSONExpectations(entry.value) ?? []
        case .maxDuration: expectation.maximumDuration = duration(node, label)
        case .maxSize: expectation.maximumSize = size(node, label)
        }
    }

    private mutating func readHeaderExpectations(_ map: Layered) -> [HeaderExpectation]? {
        let entries = openEntries(of: map, "headers", ignoringCase: true)
        return asked(entries, "headers", "field", in: map)?.compactMap { key, value in
            guard let name = fieldName(key), let matcher = matcher(value, "\"\(key.text)\"", of: .text) else {
                return nil
            }
            return HeaderExpectation(name: name, matcher: matcher)
        }
    }

    private mutating func warnOfResponseHeaders(_ entries: [Entry<ExpectKey>]) {
        guard let headers = entries.first(where: { $0.key == .headers })?.value, headers.own.kind == .mapping,
            let pairs = openEntries(of: headers, "headers", ignoringCase: true)
        else { return }
        for (key, _) in pairs {
            guard let name = HTTPFieldName(key.text), HeaderRules.newest.fate(ofAnswer: name) != .passed else {
                continue
            }
            warning(
                "DHIS2 does not pass \"\(key.text)\" on from the route's target",
                at: key,
                help: "it passes on \(HeaderRules.returnedText)"
            )
        }
    }

    private mutating func mediaType(_ node: YAMLNode, _ label: String) -> String? {
        let expectation = "a media type such as application/json"
        guard let value = scalar(node, label, expectation) else { return nil }
        let type = value.text.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        let parts = type.split(separator: "/", omittingEmptySubsequences: false)
        let isToken = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "!#$&^_.+-".utf8.contains(byte)
                }
        }
        guard parts.count == 2, isToken else {
            mismatch(value, label, expectation)
            return nil
        }
        return type
    }

    private mutating func readJSONExpectations(_ map: Layered) -> [JSONExpectation]? {
        asked(openEntries(of: map, "json"), "json", "path", in: map)?.compactMap { key, value in
            guard let path = jsonPath(key) else { return nil }
            let subject: SubjectKinds = path.isSingular ? .json : .nodes
            return matcher(value, "\"\(key.text)\"", of: subject).map { JSONExpectation(path: path, matcher: $0) }
        }
    }

    /// The entries of a map of expectations; one that expects nothing would never fail.
    private mutating func asked(
        _ entries: [(key: YAMLNode, value: Layered)]?,
        _ label: String,
        _ noun: String,
        in map: Layered
    ) -> [(key: YAMLNode, value: Layered)]? {
        if entries?.isEmpty == true, map.own.pairs.count == 0 {
            error("\(label) must have at least one \(noun)", at: map.own)
        }
        return entries
    }

    private mutating func jsonPath(_ key: YAMLNode) -> JSONPath? {
        do {
            let path = try JSONPath(key.text)
            for problem in path.patternProblems {
                self.warning("a pattern of \"\(key.text)\" can never match: \(problem)", at: key)
            }
            return path
        } catch {
            self.error("\"\(key.text)\" is no JSONPath: \(error)", at: key)
            return nil
        }
    }
}
