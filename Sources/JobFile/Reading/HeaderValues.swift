internal import Checks
internal import DHIS2Behaviour
internal import HTTPVocabulary
internal import YAMLTree

extension ValueType<HTTPFields> {
    /// Header fields of requests.
    ///
    /// - Parameters:
    ///   - label: What messages call them.
    ///   - areForwarded: Whether they are meant for the route's target.
    static func headerFields(label: String, areForwarded: Bool) -> Self {
        Self.layered(.headers(.headerText)) { context, map, _ in
            context.headerFields(map, label, areForwarded: areForwarded)
        }
    }
}

extension JobContext {
    /// Header fields of requests; `areForwarded` says that they are meant for the route's target.
    fileprivate mutating func headerFields(_ map: Layered, _ label: String, areForwarded: Bool) -> HTTPFields? {
        guard let entries = openEntries(of: map, label, ignoringCase: true) else { return nil }
        var fields = HTTPFields()
        let values = openValues(of: entries) { context, key, value in
            context.headerField(key, value.own, among: entries, areForwarded: areForwarded)
        }
        for field in values { fields.set(field) }
        return fields
    }

    private mutating func headerField(
        _ key: YAMLNode,
        _ value: YAMLNode,
        among entries: [(key: YAMLNode, value: Layered)],
        areForwarded: Bool
    ) -> HTTPField? {
        guard let name = fieldName(key) else { return nil }
        if let first = entries.first(where: { HTTPFieldName($0.key.text) == name })?.key,
            !first.isIdentical(to: key), first.text != key.text
        {
            let notes = [note("\"\(first.text)\" is here", at: first)]
            error(
                "the header field \"\(key.text)\" stands twice, since case does not matter",
                at: key,
                notes: notes
            )
            return nil
        }
        guard !RefusedFields.framing.contains(name) else {
            error("\"\(key.text)\" cannot be set, since it belongs to the connection", at: key)
            return nil
        }
        guard !RefusedFields.credentials.contains(name) else {
            error(
                "\"\(key.text)\" cannot be set, since DHIS2 would take the request for somebody else's",
                at: key,
                help: "credentials belong to the server's token, username and password"
            )
            return nil
        }
        guard name != RefusedFields.crossOrigin else {
            error(
                "\"\(key.text)\" cannot be set: with it, DHIS2 2.42 and later answer 200 without calling the route",
                at: key,
                help: "DHIS2 never forwards it; set it in the route itself if the target needs it"
            )
            return nil
        }
        guard let field = field(name, value) else { return nil }
        if areForwarded { warnOfHeader(field, key: key, value: value) }
        return field
    }

    /// A header field's name.
    mutating func fieldName(_ key: YAMLNode) -> HTTPFieldName? {
        guard let name = HTTPFieldName(key.text) else {
            error("\"\(key.text)\" cannot be the name of a header field", at: key)
            return nil
        }
        return name
    }

    private mutating func field(_ name: HTTPFieldName, _ node: YAMLNode) -> HTTPField? {
        let scalar = sent(under: name.spelling, in: .field, at: node) {
            $0.scalar(node, "\"\(name)\"", "text", orEmpty: true)
        }
        guard let value = scalar else { return nil }
        guard let field = HTTPField(name: name, value: Self.withoutOuterBlanks(value.text)) else {
            error("a header field cannot carry line breaks, NUL or other control characters", at: node)
            return nil
        }
        return field
    }

    /// A value without the spaces and tabs at its ends, which are no part of a field (RFC 9110, section 5.5).
    private static func withoutOuterBlanks(_ text: String) -> String {
        func isBlank(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard isBlank(text.utf8.first) || isBlank(text.utf8.last) else { return text }
        var rest = text.utf8[...]
        while isBlank(rest.first) { rest.removeFirst() }
        while isBlank(rest.last) { rest.removeLast() }
        return String(Substring(rest))
    }

    private mutating func warnOfHeader(_ field: HTTPField, key: YAMLNode, value: YAMLNode) {
        if HeaderRules.newest.fate(ofRequest: field.name) != .passed {
            warning(
                "DHIS2 does not forward \"\(key.text)\" to the route's target",
                at: key,
                help: "it forwards \(HeaderRules.forwardedText); set others in the route itself"
            )
        } else if field.name == .accept, !ErrorFormat.isAccepted(by: field.value) {
            warning(
                "an Accept without JSON keeps DHIS2 from writing its own errors, which are JSON",
                at: value,
                help: "they then arrive as a 500 with an HTML page; add \"application/json;q=0.1\" or \"*/*;q=0.1\""
            )
        }
    }
}

/// Header fields that a job file cannot set, each for a reason of its own.
enum RefusedFields {
    /// Fields that say how a message is framed; a job that set them could smuggle a second request.
    static let framing: Set<HTTPFieldName> = Set(
        ["Connection", "Content-Length", "Host", "TE", "Trailer", "Transfer-Encoding", "Upgrade"].map {
            HTTPFieldName(constant: $0)
        }
    )

    /// Fields that only the server's settings may fill: with others DHIS2 would see somebody else.
    static let credentials: Set<HTTPFieldName> = [.authorization, .cookie]

    /// The field with which DHIS2 does not call the route.
    static let crossOrigin = HeaderRules.crossOrigin
}
