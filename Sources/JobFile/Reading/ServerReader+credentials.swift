internal import Checks
internal import DHIS2Behaviour
internal import YAMLTree

extension ServerReader {
    /// Credentials, which a job that is not run may also do without.
    struct Credentials {
        var value: ServerCredentials?
    }

    /// The credentials of the file, or else of the environment; `nil` where they are wrong.
    static func credentials(
        _ draft: ServerDraft,
        for url: ServerURL?,
        map: YAMLNode?,
        in context: inout JobContext
    ) -> Credentials? {
        let fallback = isEntitled(draft, to: url, in: context) ? context.decoder.fallback : ServerEnvironment()
        guard draft.hasCredentials else {
            return fallback.hasCredentials
                ? environmentCredentials(fallback, in: &context)
                : withoutCredentials(map: map, in: &context)
        }
        if let other = otherServer(of: draft, than: url, in: context) {
            return credentials(of: fallback, insteadOf: draft, other: other, url: url, in: &context)
        }
        if let token = draft.token { return token.read(in: &context).map { Credentials(value: .token($0)) } }
        context.origin.usesEnvironmentCredentials =
            draft.username == nil && fallback.username != nil || draft.password == nil && fallback.password != nil
        let username = draft.username?.read(in: &context) ?? (draft.username == nil ? fallback.username : nil)
        let password = draft.password?.read(in: &context) ?? (draft.password == nil ? fallback.password : nil)
        if username == nil, draft.username == nil {
            return incomplete("a password needs a \"username\"", "DHIS2_USERNAME", map: map, in: &context)
        }
        if password == nil, draft.password == nil {
            return incomplete("a username needs a \"password\"", "DHIS2_PASSWORD", map: map, in: &context)
        }
        guard let username, let password else { return nil }
        for (name, text, own) in [
            ("DHIS2_USERNAME", username, draft.username), ("DHIS2_PASSWORD", password, draft.password),
        ] where own == nil && !CredentialRules.canSend(text) {
            context.error("\(name) holds control characters, such as a line break")
            return nil
        }
        return basic(username, password, at: draft.username?.node, in: &context)
    }

    /// Whether the environment's credentials may go to a job's server.
    ///
    /// They go to their own URL, and to files that name neither a URL nor credentials. Where they have no URL,
    /// ``JobDecoder/problems(among:)`` sees to it that there is one server.
    private static func isEntitled(_ draft: ServerDraft, to url: ServerURL?, in context: JobContext) -> Bool {
        guard let own = context.decoder.fallback.url else { return true }
        if draft.url == nil, !draft.hasCredentials { return true }
        return url != nil && (try? ServerURL(own))?.identity == url?.identity
    }

    /// The host that a file's credentials are for, where the command line names another one and they may not go along.
    private static func otherServer(
        of draft: ServerDraft,
        than url: ServerURL?,
        in context: JobContext
    ) -> String? {
        guard context.origin.source == .commandLine, let url, let own = draft.url, let secret = draft.secret,
            !secret.node.hasReference
        else { return nil }
        // In a copy: what is wrong with an address that is not used is not reported.
        var context = context
        guard let own = own.read(in: &context) else { return "the file's own server" }
        return own.host.lowercased() == url.host.lowercased() ? nil : own.host
    }

    /// The environment's credentials where those of the file stay behind.
    private static func credentials(
        of fallback: ServerEnvironment,
        insteadOf draft: ServerDraft,
        other: String,
        url: ServerURL?,
        in context: inout JobContext
    ) -> Credentials? {
        guard let secret = draft.secret else { return nil }
        let message = "\(secret.label) belongs to \(other) and is not sent to \(url?.host ?? "another server")"
        let help = "write it as ${NAME} if --server may name any server"
        guard fallback.hasCredentials else {
            context.absence(message, at: secret.node, help: help)
            return nil
        }
        context.warning(
            "\(message); \(fallback.credentialNames) \(fallback.verb) used instead",
            at: secret.node,
            help: help
        )
        return environmentCredentials(fallback, in: &context)
    }

    private static func environmentCredentials(
        _ fallback: ServerEnvironment,
        in context: inout JobContext
    ) -> Credentials? {
        context.origin.usesEnvironmentCredentials = true
        if let token = fallback.token { return checked(token: token, in: &context) }
        guard let username = fallback.username else {
            return incomplete("a password needs a \"username\"", "DHIS2_USERNAME", map: nil, in: &context)
        }
        guard let password = fallback.password else {
            return incomplete("a username needs a \"password\"", "DHIS2_PASSWORD", map: nil, in: &context)
        }
        for (name, text) in [("DHIS2_USERNAME", username), ("DHIS2_PASSWORD", password)]
        where !CredentialRules.canSend(text) {
            context.error("\(name) holds control characters, such as a line break")
            return nil
        }
        return basic(username, password, at: nil, in: &context)
    }

    private static func basic(
        _ username: String,
        _ password: String,
        at node: YAMLNode?,
        in context: inout JobContext
    ) -> Credentials? {
        guard !username.contains(":") else {
            let message = "a username must not hold a colon, which ends it in HTTP Basic"
            if let node {
                context.error(message, at: node)
            } else {
                context.error("\(message), as DHIS2_USERNAME does")
            }
            return nil
        }
        return Credentials(value: .basic(username: username, password: password))
    }

    /// Reports that one half of the credentials is missing; another machine's environment may have it.
    private static func incomplete(
        _ message: String,
        _ name: String,
        map: YAMLNode?,
        in context: inout JobContext
    ) -> Credentials? {
        let isSet =
            name == "DHIS2_PASSWORD"
            ? context.decoder.fallback.password != nil : context.decoder.fallback.username != nil
        let key = name == "DHIS2_PASSWORD" ? "password" : "username"
        let help =
            isSet
            ? "the environment's \(name) is sent only to DHIS2_URL; write \(key): ${\(name)} if that is meant here"
            : "write it beside the other, or set \(name)"
        let node = map.flatMap { $0.pairs.first { _ in true }?.key }
        guard let node else {
            context.error(message, help: help)
            return nil
        }
        context.absence(message, at: node, help: help)
        return nil
    }

    /// What a job without credentials amounts to: DHIS2 runs no route for somebody it does not know.
    private static func withoutCredentials(map: YAMLNode?, in context: inout JobContext) -> Credentials? {
        guard context.decoder.requiresServer else { return Credentials(value: nil) }
        let message = "the job has no credentials"
        let fallback = context.decoder.fallback
        let help =
            fallback.hasCredentials
            ? """
            the environment's \(fallback.credentialNames) \(fallback.verb) sent only to DHIS2_URL; write \(fallback.credentialKeys) \
            if that is meant for this server
            """
            : "write server.token, or server.username and server.password, or set DHIS2_PAT"
        if let map, map.pairs.count > 0 {
            context.reportMissing(message, in: map, help: help)
        } else {
            context.error(message, help: help)
        }
        return nil
    }

    private static func checked(token: String, in context: inout JobContext) -> Credentials? {
        if let mistake = CredentialRules.mistake(inToken: token) {
            context.error("the token of DHIS2_PAT \(mistake.clause)", help: mistake.help)
            return nil
        }
        return Credentials(value: .token(token))
    }
}

extension ServerDraft {
    /// Whether the file names credentials, or a part of them.
    fileprivate var hasCredentials: Bool { token != nil || username != nil || password != nil }

    /// What of the credentials is secret, or names the file that holds it.
    fileprivate var secret: Unread<String>? { token ?? password }
}

extension YAMLNode {
    /// Whether a scalar refers to a variable.
    fileprivate var hasReference: Bool {
        isMarked && (try? Template(text[...]))?.references.isEmpty == false
    }
}
