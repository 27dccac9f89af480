internal import Checks
internal import YAMLTree

extension ServerReader {
    /// Credentials, which a job that is not run may also do without.
    struct Credentials {
        var value: ServerCredentials?
    }

    /// The credentials of the command line and the environment, or else of the file; `nil` where they are wrong.
    static func credentials(_ draft: ServerDraft, map: YAMLNode?, in context: inout JobContext) -> Credentials? {
        let overrides = context.decoder.overrides
        if let token = overrides.token { return checked(token: token, in: &context) }
        if !overrides.hasCredentials {
            if let token = draft.token { return token.read(in: &context).map { Credentials(value: .token($0)) } }
            guard draft.username != nil || draft.password != nil else {
                return withoutCredentials(map: map, in: &context)
            }
        }
        let username = overrides.username ?? draft.username?.read(in: &context)
        let password = overrides.password ?? draft.password?.read(in: &context)
        if overrides.username == nil, draft.username == nil {
            let message = "a password needs a \"username\""
            reportMissing(message, fromEnvironment: "DHIS2_USERNAME", map: map, in: &context)
            return nil
        }
        if overrides.password == nil, draft.password == nil {
            let message = "a username needs a \"password\""
            reportMissing(message, fromEnvironment: "DHIS2_PASSWORD", map: map, in: &context)
            return nil
        }
        guard let username, let password else { return nil }
        guard !username.contains(":") else {
            let message = "a username must not hold a colon, which ends it in HTTP Basic"
            if let own = draft.username, overrides.username == nil {
                context.error(message, at: own.node)
            } else {
                context.error(message)
            }
            return nil
        }
        return Credentials(value: .basic(username: username, password: password))
    }

    private static func reportMissing(
        _ message: String,
        fromEnvironment name: String,
        map: YAMLNode?,
        in context: inout JobContext
    ) {
        let help = "write it beside the other, or set \(name)"
        if let map, !context.decoder.overrides.hasCredentials {
            context.reportMissing(message, in: map, help: help)
        } else {
            context.error(message, help: help)
        }
    }

    /// What a job without credentials amounts to: DHIS2 runs no route for somebody it does not know.
    private static func withoutCredentials(map: YAMLNode?, in context: inout JobContext) -> Credentials? {
        guard context.decoder.requiresServer else { return Credentials(value: nil) }
        let message = "the job has no credentials"
        let help = "write server.token, or server.username and server.password, or set DHIS2_PAT"
        if let map, map.pairs.count > 0 {
            context.reportMissing(message, in: map, help: help)
        } else {
            context.error(message, help: help)
        }
        return nil
    }

    private static func checked(token: String, in context: inout JobContext) -> Credentials? {
        guard Secret.canBeSent(token) else {
            context.error("the token of DHIS2_PAT holds characters that a header field cannot carry, such as a blank")
            return nil
        }
        return Credentials(value: .token(token))
    }
}

extension ValueType<String> {
    /// A personal access token.
    static let token = Self(.token) { context, node, label in
        Secret.written(node, label, in: &context).flatMap { Secret.checked(token: $0, node, label, in: &context) }
    }

    /// The name of a file that holds a token.
    static let tokenFile = Self(.plainText) { context, node, label in
        Secret.kept(node, label, in: &context).flatMap { Secret.checked(token: $0, node, label, in: &context) }
    }

    /// A password.
    static let password = Self(.nonEmptyText) { context, node, label in
        Secret.written(node, label, in: &context)
    }

    /// The name of a file that holds a password.
    static let passwordFile = Self(.plainText) { context, node, label in
        Secret.kept(node, label, in: &context)
    }
}

/// Reads tokens and passwords.
private enum Secret {
    /// A secret that the job file has written out.
    static func written(_ node: YAMLNode, _ label: String, in context: inout JobContext) -> String? {
        guard let secret = context.text(node, label) else { return nil }
        if secret.hasPrefix("{{") {
            context.warning("\(label) is sent as it stands here", at: node, help: "a variable is written ${NAME}")
        }
        return secret
    }

    /// A secret that a file holds; the file's last line break does not belong to it.
    static func kept(_ node: YAMLNode, _ label: String, in context: inout JobContext) -> String? {
        guard let name = context.plainText(node, label), let bytes = context.load(name, at: node) else { return nil }
        guard let content = String(validating: bytes, as: UTF8.self) else {
            context.error("the file \"\(name)\" is not text", at: node)
            return nil
        }
        guard let secret = ServerOverrides.secret(content) else {
            context.error("the file \"\(name)\" is empty", at: node)
            return nil
        }
        return secret
    }

    static func checked(token: String, _ node: YAMLNode, _ label: String, in context: inout JobContext) -> String? {
        guard canBeSent(token) else {
            context.error("\(label) holds characters that a header field cannot carry, such as a line break", at: node)
            return nil
        }
        return token
    }

    static func canBeSent(_ token: String) -> Bool {
        token.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
