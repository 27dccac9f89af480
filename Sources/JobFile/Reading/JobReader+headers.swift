internal import HTTPTypes
internal import YAMLTree

extension JobReader {
    /// Header fields of requests; `isForwarded` says that they are meant for the route's target.
    mutating func headerFields(_ map: Layered, _ label: String, isForwarded: Bool) -> HTTPFields? {
        guard let entries = openEntries(of: map, label, ignoringCase: true) else { return nil }
        var fields = HTTPFields()
        for (key, value) in entries {
            guard let name = fieldName(key) else { continue }
            if let first = entries.first(where: { $0.key.text.lowercased() == name.canonicalName })?.key,
                !first.isIdentical(to: key), first.text != key.text
            {
                let notes = [note("\"\(first.text)\" is here", at: first)]
                error(
                    "the header field \"\(key.text)\" stands twice, since case does not matter",
                    at: key,
                    notes: notes
                )
                continue
            }
            guard !HeaderRules.framing.contains(name.canonicalName) else {
                error("\"\(key.text)\" cannot be set, since it belongs to the connection", at: key)
                continue
            }
            guard !HeaderRules.credentials.contains(name.canonicalName) else {
                error(
                    "\"\(key.text)\" cannot be set, since DHIS2 would take the request for somebody else's",
                    at: key,
                    help: "credentials belong to the server's token, username and password"
                )
                continue
            }
            guard let text = fieldValue(value.own, key.text) else { continue }
            fields[name] = text
            if isForwarded { warnOfHeader(name, text, key: key, value: value.own) }
        }
        return fields
    }

    /// A header field's name.
    mutating func fieldName(_ key: YAMLNode) -> HTTPField.Name? {
        guard let name = HTTPField.Name(key.text) else {
            error("\"\(key.text)\" cannot be the name of a header field", at: key)
            return nil
        }
        return name
    }

    private mutating func fieldValue(_ node: YAMLNode, _ name: String) -> String? {
        guard let value = scalar(node, "\"\(name)\"", "text") else { return nil }
        guard !value.text.unicodeScalars.contains(where: HeaderRules.cannotBeSent) else {
            error("a header field cannot carry line breaks, NUL or other control characters", at: node)
            return nil
        }
        return value.text
    }

    private mutating func warnOfHeader(_ name: HTTPField.Name, _ text: String, key: YAMLNode, value: YAMLNode) {
        if !HeaderRules.isForwarded(name.canonicalName) {
            warning(
                "DHIS2 does not forward \"\(key.text)\" to the route's target",
                at: key,
                help: "it forwards \(HeaderRules.forwardedText); set others in the route itself"
            )
        } else if name == .accept, !HeaderRules.acceptsJSON(text) {
            warning(
                "this Accept keeps DHIS2 from writing its own errors, which are JSON",
                at: value,
                help: "add \"application/json;q=0.1\" or \"*/*;q=0.1\""
            )
        }
    }
}
