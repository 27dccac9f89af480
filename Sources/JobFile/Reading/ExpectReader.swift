internal import Checks
internal import DHIS2Behaviour
internal import HTTPVocabulary
internal import JSONDocument
internal import Matching
internal import YAMLTree

/// The keys of the map form of `expect`.
enum ExpectKeys {
    static let headers = Key<Expectation>(
        "headers",
        .headerExpectations,
        "What response header fields must be like.",
        into: { $0.headers = $1 }
    )

    static let section = Section<Expectation>([
        Key(
            "status",
            .status,
            default: .value("2xx"),
            "A status, a class, a range or a list of them.",
            into: { $0.status = $1 }
        ),
        Key(
            "from",
            .choice(aliases: ["target": "upstream", "route": "upstream", "server": "dhis2", "all": "any"]),
            default: .value("upstream"),
            "Which layer must have answered.",
            into: { (expectation: inout Expectation, origin: ExpectedOrigin) in expectation.from = origin }
        ),
        headers,
        Key(
            "content-type",
            .mediaType,
            "The media type, parameters ignored.",
            into: { $0.contentType = $1 }
        ),
        Key("body", .textMatcher, "What the body's text must be like.", into: { $0.body = $1 }),
        Key(
            "json",
            .jsonExpectations,
            "JSONPath (RFC 9535) to what the selected nodes must be like.",
            into: { $0.json = $1 }
        ),
        Key(
            "max-duration",
            .duration,
            "The longest time from the start of the attempt to the last byte.",
            into: { $0.maximumDuration = $1 }
        ),
        Key("max-size", .size, "The largest body.", into: { $0.maximumSize = $1 }),
    ])
}

extension ValueType<Expectation> {
    /// An expectation in its short form, a status set, or as a map; a row may hold the whole map.
    static let expectation = Self.layered(
        .anyOf([.reference("status"), .reference("expect")])
    ) { context, value, label in
        guard value.own.kind == .scalar else { return ExpectReader.expectation(value, label, in: &context) }
        return context.following(value.own) { context, node in
            ExpectReader.expectation(Layered(node), label, in: &context)
        }
    }
}

/// Reads `expect`.
private enum ExpectReader {
    static func expectation(_ value: Layered, _ label: String, in context: inout JobContext) -> Expectation? {
        var expectation = Expectation()
        guard value.own.kind == .mapping else {
            guard let status = context.statusSet(value.own, label) else { return nil }
            expectation.status = status
            return expectation
        }
        guard let entries = context.entries(of: value, label, ExpectKeys.section) else { return nil }
        for entry in entries { entry.key.read(entry, into: &expectation, in: &context) }
        if expectation.from == .upstream, let headers = entries.first(where: { $0.key === ExpectKeys.headers }) {
            warnOfResponseHeaders(headers.value, in: &context)
        }
        return expectation
    }

    private static func warnOfResponseHeaders(_ headers: Layered, in context: inout JobContext) {
        guard headers.own.kind == .mapping,
            let pairs = context.openEntries(of: headers, "headers", ignoringCase: true)
        else { return }
        for (key, _) in pairs {
            guard let name = HTTPFieldName(key.text), HeaderRules.newest.fate(ofAnswer: name) != .passed else {
                continue
            }
            context.warning(
                "DHIS2 does not pass \"\(key.text)\" on from the route's target",
                at: key,
                help: "it passes on \(HeaderRules.returnedText)"
            )
        }
    }

    /// The entries of a map of expectations; one that expects nothing would never fail.
    static func entries(
        of map: Layered,
        _ label: String,
        _ noun: String,
        ignoringCase: Bool = false,
        in context: inout JobContext
    ) -> [(key: YAMLNode, value: Layered)]? {
        let entries = context.openEntries(of: map, label, ignoringCase: ignoringCase)
        if entries?.isEmpty == true, map.own.pairs.count == 0 {
            context.error("\(label) must have at least one \(noun)", at: map.own)
        }
        return entries
    }

    static func path(_ key: YAMLNode, in context: inout JobContext) -> JSONPath? {
        do {
            let path = try JSONPath(key.text)
            for problem in path.patternProblems {
                context.error("a pattern of \"\(key.text)\" can never match: \(problem)", at: key)
            }
            for remark in path.patternRemarks {
                context.warning(
                    "\(remark.message)",
                    at: key,
                    help:
                        "match() compares the whole text and search() looks for a part; write [$] or \\^ for the character"
                )
            }
            return path.patternProblems.isEmpty ? path : nil
        } catch {
            // What begins a segment needs no dot in front.
            let meant = key.text.first.map { ".[".contains($0) } == true ? "$\(key.text)" : "$.\(key.text)"
            let isMeant = (try? JSONPath(meant)) != nil
            context.error(
                "\"\(key.text)\" is not a JSONPath: \(error)",
                at: key,
                help: isMeant ? "write \"\(meant)\"" : nil,
                replacement: isMeant ? meant : nil
            )
            return nil
        }
    }
}

extension ValueType<[HeaderExpectation]> {
    /// Header fields with what they must be like.
    static let headerExpectations = Self.layered(
        .headers(ValueType<Matcher>.textMatcher.schema)
    ) { context, map, label in
        guard let entries = ExpectReader.entries(of: map, label, "field", ignoringCase: true, in: &context) else {
            return nil
        }
        return context.openValues(of: entries) { context, key, value in
            guard let name = context.fieldName(key),
                let matcher = ValueType<Matcher>.textMatcher.read(&context, value, "\"\(key.text)\"")
            else { return nil }
            return HeaderExpectation(name: name, matcher: matcher)
        }
    }
}

extension ValueType<[JSONExpectation]> {
    /// JSONPaths with what the selected nodes must be like.
    static let jsonExpectations = Self.layered(.paths(.reference("matcher"))) { context, map, label in
        guard let entries = ExpectReader.entries(of: map, label, "path", in: &context) else { return nil }
        return context.openValues(of: entries) { context, key, value in
            guard let path = ExpectReader.path(key, in: &context) else { return nil }
            let subject: SubjectKinds = path.isSingular ? .json : .nodes
            return MatcherReader.matcher(value, "\"\(key.text)\"", of: subject, in: &context)
                .map { JSONExpectation(path: path, matcher: $0) }
        }
    }
}

extension ValueType<String> {
    /// A media type, without its parameters.
    static let mediaType = Self(
        .pattern(#"^\s*[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+\s*(;.*)?$"#)
    ) { context, node, label in
        let expectation = "a media type such as application/json"
        guard let value = context.scalar(node, label, expectation) else { return nil }
        let type = value.text.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        let parts = type.split(separator: "/", omittingEmptySubsequences: false)
        let isToken = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "!#$&^_.+-".utf8.contains(byte)
                }
        }
        guard parts.count == 2, isToken else {
            context.mismatch(value, label, expectation)
            return nil
        }
        return type
    }
}
