internal import Checks
internal import DHIS2Behaviour
internal import Redaction
internal import YAMLTree

extension ValueType<String> {
    /// A personal access token.
    static let token = Self(.token) { context, node, label in
        Secret.written(node, label, in: &context).flatMap {
            Secret.checked(token: $0, label, at: node, in: &context)
        }
    }

    /// The name of a file that holds a token.
    static let tokenFile = Self(.plainText) { context, node, label in
        Secret.kept(node, label, in: &context).flatMap { content, name in
            Secret.checked(token: content, "the token in \"\(name)\"", at: node, in: &context)
        }
    }

    /// A password.
    static let password = Self(.nonEmptyText) { context, node, label in
        Secret.written(node, label, in: &context).flatMap {
            Secret.checked(password: CredentialRules.trimmed(password: $0), label, at: node, in: &context)
        }
    }

    /// The name of a file that holds a password.
    static let passwordFile = Self(.plainText) { context, node, label in
        Secret.kept(node, label, in: &context).flatMap { content, name in
            let password = CredentialRules.trimmed(password: content)
            return Secret.checked(password: password, "the password in \"\(name)\"", at: node, in: &context)
        }
    }
}

/// Reads tokens and passwords.
private enum Secret {
    /// A secret that the job file has written out.
    static func written(_ node: YAMLNode, _ label: String, in context: inout JobContext) -> String? {
        guard let secret = context.credential(label, at: node, { $0.text(node, label) }) else { return nil }
        if secret.hasPrefix("{{") {
            context.warning("\(label) is sent as it stands here", at: node, help: "a variable is written ${NAME}")
        }
        return secret
    }

    /// What a file of a secret holds, and its name.
    static func kept(_ node: YAMLNode, _ label: String, in context: inout JobContext) -> (String, String)? {
        guard let name = context.plainText(node, label) else { return nil }
        // The message comes without a name that may be the secret, and must say what is wrong all the same.
        let help = LiteralSecrets.isOne(inPlaceOfFile: name) ? "\(label) takes the name of a file, not the secret" : nil
        guard let bytes = context.load(name, at: node, help: help) else { return nil }
        guard let content = String(validating: bytes, as: UTF8.self) else {
            let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            context.error(
                "the file \"\(name)\" is not text\(isUTF16 ? " in UTF-8 but in UTF-16" : "")",
                at: node,
                help: isUTF16 ? "save it as UTF-8" : nil
            )
            return nil
        }
        guard !CredentialRules.trimmed(token: content).isEmpty else {
            context.error("the file \"\(name)\" is empty", at: node)
            return nil
        }
        context.outsideSecrets.add(contentOf: content)
        return (content, name)
    }

    static func checked(
        token: String,
        _ label: String,
        at node: YAMLNode,
        in context: inout JobContext
    ) -> String? {
        let token = CredentialRules.trimmed(token: token)
        guard !token.isEmpty else {
            context.error("\(label) must not be empty", at: node)
            return nil
        }
        if let mistake = CredentialRules.mistake(inToken: token) {
            context.error("\(label) \(mistake.clause)", at: node, help: mistake.help)
            return nil
        }
        return token
    }

    static func checked(
        password: String,
        _ label: String,
        at node: YAMLNode,
        in context: inout JobContext
    ) -> String? {
        guard CredentialRules.canSend(password) else {
            context.error("\(label) holds control characters, such as a line break", at: node)
            return nil
        }
        return password
    }
}

extension JobContext {
    /// Reads a credential, which must not come from the command line.
    ///
    /// - Parameters:
    ///   - label: What messages call it.
    ///   - node: Where the job file has it.
    ///   - isSecret: Whether the value is one.
    ///   - read: Reads it.
    mutating func credential<Value>(
        _ label: String,
        at node: YAMLNode,
        where isSecret: (Value) -> Bool = { _ in true },
        _ read: (inout JobContext) -> Value?
    ) -> Value? {
        let (value, name) = notingCommandLine(read)
        guard let value, isSecret(value), let name else { return value }
        error(
            Self.exposure(label, name),
            at: node,
            help: "\(advice(for: name)), or keep the secret in a file"
        )
        return nil
    }

    /// Reads what is sent under a name.
    ///
    /// Where the name is for certain that of a credential, the value must not come from the command line; where that is
    /// only likely, as of most header fields with such a name, a warning says so.
    mutating func sent<Value>(
        under name: String,
        in place: CredentialName.Place,
        at node: YAMLNode,
        _ read: (inout JobContext) -> Value?
    ) -> Value? {
        let (value, variable) = notingCommandLine(read)
        guard let value, let variable else { return value }
        let message = Self.exposure("\"\(name)\"", variable)
        let help = advice(for: variable)
        let isCertain = CredentialName.isCertain(name)
        guard isCertain || place == .field && CredentialName.matches(name, in: place) else { return value }
        // A number or a truth under such a name is data: "max_tokens", "hasPassword".
        let isData = decoder.variables[variable].map { ["true", "false"].contains($0) || Double($0) != nil } ?? false
        guard isCertain, !isData, CredentialName.endsAsCredential(name) else {
            if !isData { warning(message, at: node, help: help) }
            return value
        }
        error(message, at: node, help: help)
        return nil
    }

    /// Reads something, and tells which variable of `--var` it is made of, if it is of any.
    private mutating func notingCommandLine<Value>(
        _ read: (inout JobContext) -> Value?
    ) -> (value: Value?, variable: String?) {
        guard !decoder.variables.isEmpty else { return (read(&self), nil) }
        let outer = trace.beginWatching()
        let value = read(&self)
        return (value, trace.endWatching(goingOnWith: outer).first { decoder.variables[$0] != nil })
    }

    /// Where the value of a variable belongs: the environment, which what the job file itself says would hide.
    private func advice(for variable: String) -> String {
        "set \(variable) in the environment\(variables[variable] == nil ? "" : " and remove it from vars")"
    }

    /// What is said of a credential on the command line, where every user of the machine can see it.
    private static func exposure(_ label: String, _ variable: String) -> String {
        "\(label) comes from --var \(variable), which other users of this machine can read in its process list"
    }
}
