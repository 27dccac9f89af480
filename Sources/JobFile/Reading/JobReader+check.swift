internal import Checks
internal import DHIS2Behaviour
internal import HTTPVocabulary
internal import JSONDocument
internal import SourceDiagnostics
internal import YAMLTree

extension JobReader {
    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

    /// Reads one key of a check into its draft; a wrong value leaves the draft as it was.
    mutating func apply(_ entry: Entry<CheckKey>, to draft: inout CheckDraft) {
        let node = entry.value.own
        switch entry.key {
        case .route:
            guard let route = plainText(node, "route") else { return }
            warnOfOddCode(route, at: node)
            draft.check.route = route
        case .path: if let path = readPath(node) { draft.check.path = path }
        case .params: if let parameters = readParameters(entry.value) { draft.check.parameters = parameters }
        case .method:
            if let name = choice(node, "method", among: Self.methods), let method = HTTPMethod(rawValue: name) {
                draft.check.method = method
            }
        case .headers:
            if let fields = headerFields(entry.value, "headers", isForwarded: true) {
                draft.check.headerFields = fields
            }
            draft.headersEntry = entry
        case .body, .bodyFile:
            let body = entry.key == .body ? readBody(entry.value) : readBodyFile(node)
            if let body { draft.check.body = body }
            draft.bodyKey = entry.isDefault ? nil : entry.keyNode
        case .name:
            draft.nameNode = node
            if let name = plainText(node, "name") { draft.check.name = name }
        case .tags:
            if let tags = readTags(node) { draft.check.tags = tags }
        case .timeout: if let timeout = readTimeout(node) { draft.check.timeout = timeout }
        case .retry: if let retry = readRetry(entry.value) { draft.check.retry = retry }
        case .skip: draft.check.skip = waiver(node, "skip")
        case .only:
            draft.onlyKey = entry.keyNode
            if let only = boolean(node, "only") { draft.check.only = only }
        case .allowFailure: draft.check.allowFailure = waiver(node, "allow-failure")
        case .expect:
            if let expectation = readExpectation(entry.value) { draft.check.expectation = expectation }
            draft.expectEntry = entry
        case .matrix, .rows: break
        }
    }

    private mutating func readTags(_ node: YAMLNode) -> [String]? {
        guard node.kind != .scalar || node.isMarked || node.text.isEmpty else {
            mismatch(node, "tags", "a list", help: "write [\(node.text)]")
            return nil
        }
        return list(node, "tags", "a list") { $0.plainText($1, "a tag") }
    }

    private mutating func readPath(_ node: YAMLNode) -> String? {
        guard let value = scalar(node, "path", "text") else { return nil }
        let path: String
        do {
            path = try SubPath.parse(value.text)
        } catch {
            self.error("path \(error.reason)", at: node)
            return nil
        }
        if let name = ErrorFormat.brokenEnding(of: path) {
            warning(
                "a path that ends in \"\(name)\" keeps DHIS2 from writing its own errors, which are JSON",
                at: node,
                help: "errors of DHIS2 then arrive as a 500 without a message"
            )
        }
        if !SubPathRules.isPlain(path),
            let character = path.unicodeScalars.first(where: { !PathCharacter($0).isEverPassedOn })
        {
            warning(
                "no DHIS2 version passes a path with \(Self.shown(character)) on to a route's target",
                at: node,
                help: "the check cannot be sent; put the value into params"
            )
        }
        return path
    }

    private static func shown(_ character: Unicode.Scalar) -> String {
        character.isASCII ? "\"\(character)\"" : "U+" + String(character.value, radix: 16, uppercase: true)
    }

    private mutating func readParameters(_ map: Layered) -> [QueryParameter]? {
        guard let entries = openEntries(of: map, "params") else { return nil }
        var parameters: [QueryParameter] = []
        parameters.reserveCapacity(entries.count)
        for (key, value) in entries {
            let name = key.text
            following(value.own) { $0.readParameter(name, $1, into: &parameters) }
        }
        return parameters
    }

    private mutating func readParameter(_ name: String, _ node: YAMLNode, into parameters: inout [QueryParameter]) {
        guard node.kind == .sequence else {
            guard let value = scalar(node, "\"\(name)\"", "a scalar or a list of scalars") else { return }
            parameters.append(QueryParameter(name: name, value: value.text))
            return
        }
        let values = list(node, "\"\(name)\"") { $0.scalar($1, "an item of \"\(name)\"", "a scalar")?.text }
        for value in values ?? [] { parameters.append(QueryParameter(name: name, value: value)) }
    }

    private mutating func readBody(_ value: Layered) -> RequestBody? {
        if value.own.kind == .scalar, !standsForContainer(value.own) {
            guard let scalar = scalar(value.own, "body", "text, a map or a list") else { return nil }
            return RequestBody(bytes: Array(scalar.text.utf8), contentType: .text)
        }
        guard let json = json(value) else { return nil }
        var bytes: [UInt8] = []
        json.write(into: &bytes)
        return RequestBody(bytes: bytes, contentType: .json)
    }

    private mutating func readBodyFile(_ node: YAMLNode) -> RequestBody? {
        guard let name = plainText(node, "body-file"), let bytes = load(name, at: node) else { return nil }
        let isJSON = name.lowercased().hasSuffix(".json")
        return RequestBody(bytes: bytes, contentType: isJSON ? .json : .bytes)
    }

    private mutating func readTimeout(_ node: YAMLNode) -> Duration? {
        guard let timeout = duration(node, "timeout") else { return nil }
        if timeout > RouteBehaviour.longestResponse {
            warning("DHIS2 ends every route's response after 5m, so a longer timeout waits for nothing", at: node)
        }
        return timeout
    }

    /// Texts that look like a truth value and are none, mostly because they are quoted.
    private static let truthWords: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "0", "1"]

    /// `true` or a reason; `false` is as good as leaving the key out.
    private mutating func waiver(_ node: YAMLNode, _ label: String) -> Waiver? {
        guard let value = scalar(node, label, "true, false or a reason") else { return nil }
        if let truth = Self.truth(value) { return truth ? Waiver() : nil }
        guard !value.text.isEmpty, value.core != .null else {
            mismatch(value, label, "true, false or a reason")
            return nil
        }
        guard !Self.truthWords.contains(value.text.lowercased()) else {
            // A waiver by accident would hide a failure for good.
            error("\(label) is the text \"\(value.text)\"; write true, false or a reason", at: node)
            return nil
        }
        return Waiver(reason: value.text)
    }
}
