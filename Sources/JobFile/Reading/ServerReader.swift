internal import Checks
internal import DHIS2Behaviour
internal import Redaction
internal import SourceDiagnostics
internal import YAMLTree

/// What `server` is read into.
struct ServerDraft {
    var settings = ServerSettings(url: "")
    var url: Unread<ServerURL>?
    var tls = TLSDraft()
    // What the command line says can win over these, so that they may never be read.
    var token: Unread<String>?
    var username: Unread<String>?
    var password: Unread<String>?
}

/// Reads `server`, over which the command line wins and which the environment completes.
enum ServerReader {
    /// The server's settings, or `nil` where the URL or the credentials are wrong.
    static func settings(_ map: YAMLNode?, root: YAMLNode, in context: inout JobContext) -> ServerSettings? {
        context.forgivesAbsence = !context.decoder.requiresServer
        defer { context.forgivesAbsence = false }
        var draft = ServerDraft()
        if let map {
            guard let entries = context.entries(of: Layered(map), "server", ServerKeys.section) else { return nil }
            context.reportConflicts(in: entries, ServerKeys.section)
            for entry in entries { entry.key.read(entry, into: &draft, in: &context) }
        }
        let url = url(draft, map: map, root: root, in: &context)
        if let key = map?.pairs.first(where: { _ in true })?.key ?? root.pairs.first(where: { _ in true })?.key {
            context.origin.position = key.position
            context.origin.length = key.length
        }
        context.origin.identity = url?.identity
        let credentials = credentials(draft, for: url, map: map, in: &context)
        CertificateFiles.check(draft.tls, for: url, in: &context)
        if let url, credentials?.value != nil { warnOfPlainCredentials(url, at: draft.url?.node, in: &context) }
        draft.settings.url = url?.text ?? ""
        draft.settings.credentials = credentials.flatMap(\.value)
        return context.decoder.requiresServer && (url == nil || credentials == nil) ? nil : draft.settings
    }

    /// The URL of the command line, or else of the file, or else of the environment.
    private static func url(
        _ draft: ServerDraft,
        map: YAMLNode?,
        root: YAMLNode,
        in context: inout JobContext
    ) -> ServerURL? {
        if let url = context.decoder.serverURL {
            context.origin.source = .commandLine
            // The file's own address is not used here, but a wrong one should not wait for a run that uses it.
            if let own = draft.url, !own.node.isMarked, own.read(in: &context) == nil { return nil }
            return parsed(url, of: "--server", in: &context)
        }
        if let own = draft.url {
            context.origin.source = .file
            return own.read(in: &context)
        }
        if let url = context.decoder.fallback.url {
            context.origin.source = .environment
            return parsed(url, of: "DHIS2_URL", in: &context)
        }
        guard context.decoder.requiresServer else { return nil }
        context.reportMissing(
            map == nil ? "the job has no server" : "\"server\" lacks \"url\"",
            in: map.flatMap { $0.pairs.count > 0 ? $0 : nil } ?? root,
            help: "write server.url, set DHIS2_URL, or give --server"
        )
        return nil
    }

    /// A URL that no place of the file has.
    private static func parsed(_ url: String, of source: String, in context: inout JobContext) -> ServerURL? {
        do {
            return try ServerURL(url)
        } catch {
            // What stands before an @ may be a password, and what is behind a ? a token.
            let shown = url.contains { "@?#=".contains($0) } ? "" : " \"\(url)\""
            context.error("the server URL\(shown) of \(source) \(error.reason)")
            return nil
        }
    }

    private static func warnOfPlainCredentials(_ url: ServerURL, at node: YAMLNode?, in context: inout JobContext) {
        guard !url.isHTTPS, !url.isLoopback else { return }
        let message = "credentials go to \(url.host) over plain http, where anyone between can read them"
        if let node {
            context.warning(message, at: node, help: "use https")
        } else {
            let file = context.source.name
            context.report(Diagnostic(.warning, message, file: file, position: nil, help: "use https"))
        }
    }
}

// MARK: Values

extension ValueType<ServerURL> {
    /// DHIS2's base URL.
    static let serverURL = Self(
        .pattern(#"^[Hh][Tt][Tt][Pp][Ss]?://[\[\]:.~\w-]+(/(?!\.{1,2}(/|$))[^/?#\s"<>\\^`{|}]+)*/*$"#)
    ) { context, node, label in
        guard let text = context.text(node, label) else { return nil }
        do throws(ServerURL.Refusal) {
            return try ServerURL(text)
        } catch {
            context.error("the server URL \(error.reason)", at: node)
            return nil
        }
    }
}

extension ValueType<ServerURL> {
    /// A proxy's URL, which may have a user and a password in it.
    static let proxy = Self(
        .pattern(#"^([Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss](4a?|5h?|4A?|5H?))://[^/?#\s]+/?$"#)
    ) { context, node, label in
        context.credential(label, at: node, where: { URLParts($0.text)?.hasCredentials == true }) { context in
            guard let text = context.text(node, label) else { return nil }
            do throws(ServerURL.Refusal) {
                let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
                return try ServerURL(text, schemes: schemes, allowsCredentials: true)
            } catch {
                context.error("the proxy's URL \(error.reason)", at: node)
                return nil
            }
        }
    }
}

extension ValueType<String> {
    /// A DHIS2 version.
    static let serverVersion = Self(.version) { context, node, label in
        guard let text = context.text(node, label) else { return nil }
        guard text.hasPrefix("2."), let version = ServerVersion(text), version.qualifier == nil,
            text.split(separator: ".").allSatisfy({ $0.utf8.count <= 4 })
        else {
            context.mismatch(node, label, "a DHIS2 version such as 2.42 or 2.42.1")
            return nil
        }
        return text
    }
}

extension ValueType<[RedactionRule]> {
    /// Names and patterns of values to hide.
    static let redactions = Self(.list(of: .nonEmptyText, atLeast: 0)) { context, node, label in
        context.list(node, label, "a list of names and /patterns/") { context, item in
            guard let text = context.text(item, "an item of \(label)") else { return nil }
            guard text.hasPrefix("/"), text.hasSuffix("/"), text.count > 2 else {
                if LiteralSecrets.isOne(inPlaceOfName: text) {
                    context.warning(
                        "an item of \(label) looks like a secret, not like the name of one",
                        at: item,
                        help: "name the parameter, header field or JSON member that holds it, or write a /pattern/"
                    )
                }
                return .name(text)
            }
            return context.pattern(String(text.dropFirst().dropLast()), at: item).map { .pattern($0) }
        }
    }
}

extension ValueType<TLSFile> {
    /// The name of a PEM file, which is looked at once the URL is known.
    static func tlsFile(_ content: TLSFile.Content) -> Self {
        Self(.plainText) { context, node, label in
            context.plainText(node, label).map { TLSFile(content: content, path: context.path($0), node: node) }
        }
    }
}

extension ValueType<TLSDraft> {
    /// A map of `tls`.
    static let tls = Self(.reference("tls")) { context, node, label in
        guard let entries = context.entries(of: Layered(node), label, TLSKeys.section) else { return nil }
        var draft = TLSDraft()
        for entry in entries { entry.key.read(entry, into: &draft, in: &context) }
        if let key = entries.first(where: { $0.key === TLSKeys.key }),
            !entries.contains(where: { $0.key === TLSKeys.certificate })
        {
            context.error("\"key\" needs \"cert\"", at: key.keyNode)
        }
        return draft
    }
}

extension ValueType<Bool> {
    /// Whether certificates are verified.
    static let verification = Self(.boolean) { context, node, label in
        guard let verify = context.boolean(node, label) else { return nil }
        if !verify {
            context.warning(
                "any certificate is accepted, so anyone between can pose as the server",
                at: node,
                help: "name the certificate authority with \"ca\" instead"
            )
        }
        return verify
    }
}
