internal import Checks
internal import DHIS2Behaviour
internal import HTTPVocabulary
internal import JSONDocument
internal import YAMLTree

// What the values of a check's own keys can be.

extension ValueType<String> {
    /// The code of a route.
    static let routeCode = Self(.plainText) { context, node, label in
        guard let code = context.plainText(node, label) else { return nil }
        context.warnOfOddCode(code, at: node)
        return code
    }

    /// The sub-path behind `/run/`.
    static let subPath = Self(.path) { context, node, label in
        guard let value = context.scalar(node, label, "text", refusesEmptyParts: true) else { return nil }
        guard value.core != .null else {
            context.mismatch(value, label, "text", help: "write \"\" to call /run itself, or leave the key out")
            return nil
        }
        let path: String
        do throws(SubPath.Refusal) {
            path = try SubPath.parse(value.text)
        } catch {
            context.error("path \(error.reason)", at: node)
            return nil
        }
        if let name = ErrorFormat.brokenEnding(of: path) {
            context.warning(
                "a path that ends in \"\(name)\" keeps DHIS2 from writing its own errors, which are JSON",
                at: node,
                help: "they then arrive as a 500 with an HTML page"
            )
        }
        if !SubPathRules.isPlain(path),
            let character = path.unicodeScalars.first(where: { !PathCharacter($0).isEverPassedOn })
        {
            context.warning(
                "no DHIS2 version passes a path with \(shown(character)) on to a route's target",
                at: node,
                help: "the check cannot be sent; put the value into params"
            )
        } else {
            context.warnOfUnsendablePath(path, at: node)
        }
        return path
    }

    private static func shown(_ character: Unicode.Scalar) -> String {
        character.isASCII ? "\"\(character)\"" : "U+" + String(character.value, radix: 16, uppercase: true)
    }
}

extension ValueType<HTTPMethod> {
    /// An HTTP method.
    static let method = Self(.choice(methods)) { context, node, label in
        context.choice(node, label, among: methods).flatMap(HTTPMethod.init(rawValue:))
    }

    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
}

extension ValueType<[QueryParameter]> {
    /// Query parameters; a list repeats its key.
    static let parameters = Self.layered(
        .map(of: .anyOf([.text, .list(of: .text, atLeast: 0)]))
    ) { context, map, label in
        var parameters: [QueryParameter] = []
        let values: [Void]? = context.openValues(of: map, label) { context, key, value in
            let name = key.text
            return context.following(value.own) { read(name, $1, into: &parameters, in: &$0) }
        }
        return values.map { _ in parameters }
    }

    private static func read(
        _ name: String,
        _ node: YAMLNode,
        into parameters: inout [QueryParameter],
        in context: inout JobContext
    ) -> Void? {
        guard node.kind == .sequence else {
            let expectation = "a scalar or a list of scalars"
            let scalar = context.sent(under: name, in: .parameter, at: node) {
                $0.scalar(node, "\"\(name)\"", expectation, orEmpty: true)
            }
            guard let value = scalar else { return nil }
            context.warnOfUnsendableParameter(name, value.text, at: node)
            return parameters.append(QueryParameter(name: name, value: value.text))
        }
        let values = context.list(node, "\"\(name)\"") { context, item in
            let scalar = context.sent(under: name, in: .parameter, at: item) {
                $0.scalar(item, "an item of \"\(name)\"", "a scalar", orEmpty: true)
            }
            guard let value = scalar else { return String?.none }
            context.warnOfUnsendableParameter(name, value.text, at: item)
            return value.text
        }
        guard let values else { return nil }
        context.warnOfLostOrder(name, count: values.count, at: node)
        for value in values { parameters.append(QueryParameter(name: name, value: value)) }
        return ()
    }
}

extension ValueType<RequestBody> {
    /// Text, or a map or list that is sent as JSON.
    static let body = Self.layered(.notNull) { context, value, label in
        if value.own.kind == .scalar, !context.standsForContainer(value.own) {
            let expectation = "text, a map or a list"
            guard let scalar = context.scalar(value.own, label, expectation, orEmpty: true) else { return nil }
            guard scalar.core != .null else {
                context.mismatch(
                    scalar,
                    label,
                    expectation,
                    help: "write \"\" for an empty body, or \"null\" for the word"
                )
                return nil
            }
            return RequestBody(bytes: Array(scalar.text.utf8), contentType: .text)
        }
        guard let json = context.json(value, isSent: true) else { return nil }
        var bytes: [UInt8] = []
        json.write(into: &bytes)
        return RequestBody(bytes: bytes, contentType: .json)
    }

    /// The name of a file that holds the body.
    static let bodyFile = Self(.plainText) { context, node, label in
        guard let name = context.plainText(node, label), let bytes = context.load(name, at: node) else { return nil }
        let isJSON = name.lowercased().hasSuffix(".json")
        return RequestBody(bytes: bytes, contentType: isJSON ? .json : .bytes)
    }
}

extension ValueType<[String]> {
    /// Labels.
    static let tags = Self(.list(of: .plainText, atLeast: 0)) { context, node, label in
        guard node.kind != .scalar || node.isMarked || node.text.isEmpty else {
            context.mismatch(node, label, "a list", help: "write [\(node.text)]")
            return nil
        }
        return context.list(node, label, "a list") { $0.plainText($1, "a tag") }
    }
}

extension ValueType<Int> {
    /// How many checks may be in flight at once.
    static let concurrency = Self(.integer(Job.concurrencyLimits)) { context, node, label in
        guard let concurrency = context.integer(node, label, in: Job.concurrencyLimits) else { return nil }
        if let message = ServerCapacity.warning(ofConcurrency: concurrency) {
            context.warning(message, at: node, help: ServerCapacity.help)
        }
        return concurrency
    }
}

extension ValueType<Duration> {
    /// The bound on one attempt.
    static let timeout = Self(duration.schema) { context, node, label in
        guard let timeout = context.duration(node, label) else { return nil }
        if timeout > RouteBehaviour.longestResponse {
            let message = "DHIS2 ends every route's response after 5m, so a longer timeout waits for nothing"
            context.warning(message, at: node)
        }
        return timeout
    }
}

/// The sub-path of a check, after `/run/`.
enum SubPath {
    /// Says in a clause what is wrong with a path.
    struct Refusal: Error, Equatable {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    /// The path without its leading slash; a trailing one is kept, since targets can tell `items/` from `items`.
    ///
    /// What DHIS2 refuses in whatever form is refused here, so that no reading of a path leaves `/run/`. A path that is
    /// nothing but a slash is `/run` itself: DHIS2 would take `/run/` for a sub-path, which not every route allows.
    static func parse(_ text: String) throws(Refusal) -> String {
        let path = SubPathRules.relative(text)
        guard !path.isEmpty else { return path }
        let sorts = SubPathRules.sorts(in: path)
        guard !sorts.contains(.control) else { throw Refusal("must not hold control characters") }
        guard !sorts.contains(.end) else {
            throw Refusal("must not hold \"?\" or \"#\"; the query goes into params")
        }
        guard !sorts.contains(.backslash) else { throw Refusal("must not hold a backslash") }
        guard !sorts.contains(.disguise) else {
            throw Refusal("must not hold \"%\" or \";\", which DHIS2 refuses; write it as plain text")
        }
        guard !SubPathRules.isGist(path) else { throw Refusal("must not be \"\(path)\": \(SubPathRules.gistReason)") }
        switch SubPathRules.segmentFault(in: path) {
        case .dots: throw Refusal("must not have \".\" or \"..\" segments")
        case .empty: throw Refusal("must not have empty segments")
        case nil: return path
        }
    }
}
