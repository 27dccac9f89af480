internal import Checks
internal import DHIS2Behaviour
internal import HTTPVocabulary
internal import LinearRegex
internal import SourceDiagnostics
internal import YAMLTree

extension JobReader {
    /// The server's settings, or `nil` where the URL or the credentials are wrong.
    mutating func readServer(_ node: YAMLNode?, root: YAMLNode) -> ServerSettings? {
        forgivesAbsence = !decoder.requiresServer
        defer { forgivesAbsence = false }
        var entries: [Entry<ServerKey>] = []
        if let node {
            guard let found = self.entries(of: Layered(node), "server", as: ServerKey.self) else { return nil }
            entries = found
        }
        func value(_ key: ServerKey) -> YAMLNode? { entries.first { $0.key == key }?.value.own }

        reportConflicts(in: entries)
        let url = readURL(value(.url), map: node, root: root)
        let credentials = readCredentials(entries, map: node)
        var settings = ServerSettings(url: url?.text ?? "", credentials: credentials.flatMap(\.value))
        if let url, credentials?.value != nil { warnOfPlainCredentials(url, at: value(.url)) }
        if let node = value(.headers) {
            settings.headerFields = headerFields(Layered(node), "server.headers", isForwarded: false) ?? [:]
        }
        if let node = value(.tls) { settings.tls = readTLS(node) ?? settings.tls }
        if let node = value(.proxy), let proxy = readProxy(node) {
            settings.proxy = proxy.url
            settings.redactions += proxy.secrets.map { .text($0) }
        }
        if let node = value(.connectTimeout), let bound = duration(node, "connect-timeout") {
            settings.connectTimeout = bound
        }
        settings.version = value(.version).flatMap { readVersion($0) }
        if let node = value(.probe), let probe = boolean(node, "probe") { settings.probe = probe }
        if let node = value(.addressRoutesBy), let way = choice(node, "address-routes-by", as: RouteAddressing.self) {
            settings.addressRoutesBy = way
        }
        if let node = value(.session), let keeps = boolean(node, "session") { settings.keepsSession = keeps }
        if let node = value(.redact) {
            settings.redactions += list(node, "redact", "a list of names and /patterns/") { $0.redaction($1) } ?? []
        }
        return decoder.requiresServer && (url == nil || credentials == nil) ? nil : settings
    }

    private mutating func readURL(_ node: YAMLNode?, map: YAMLNode?, root: YAMLNode) -> ServerURL? {
        if let url = decoder.overrides.url {
            // The file's own address is not used here, but a wrong one should not wait for a run that uses it.
            if let node, !node.isMarked, ownURL(node) == nil { return nil }
            do {
                return try ServerURL(url)
            } catch {
                // What stands before an @ may be a password.
                let shown = url.contains("@") ? "" : " \"\(url)\""
                self.error("the server URL\(shown) of the command line or DHIS2_URL \(error.reason)")
                return nil
            }
        }
        guard let node else {
            guard decoder.requiresServer else { return nil }
            let help = "write server.url, set DHIS2_URL, or give --server"
            reportMissing(
                map == nil ? "the job has no server" : "\"server\" lacks \"url\"",
                in: map.flatMap { $0.pairs.count > 0 ? $0 : nil } ?? root,
                help: help
            )
            return nil
        }
        return ownURL(node)
    }

    private mutating func ownURL(_ node: YAMLNode) -> ServerURL? {
        guard let text = text(node, "url") else { return nil }
        do {
            return try ServerURL(text)
        } catch {
            self.error("the server URL \(error.reason)", at: node)
            return nil
        }
    }

    private mutating func warnOfPlainCredentials(_ url: ServerURL, at node: YAMLNode?) {
        guard !url.isHTTPS, !url.isLoopback else { return }
        let message = "credentials go to \(url.host) over plain http, where anyone between can read them"
        if let node {
            warning(message, at: node, help: "use https")
        } else {
            report(Diagnostic(.warning, message, file: source.name, position: nil, help: "use https"))
        }
    }

    private mutating func readProxy(_ node: YAMLNode) -> (url: String, secrets: [String])? {
        guard let text = text(node, "proxy") else { return nil }
        do {
            let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
            let url = try ServerURL(text, schemes: schemes, allowsCredentials: true)
            let authority = url.text.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
            let secret = authority.lastIndex(of: "@").flatMap { at in
                authority[..<at].firstIndex(of: ":").map { String(authority[authority.index(after: $0)..<at]) }
            }
            return (url.text, secret.map { $0.isEmpty ? [] : [$0] } ?? [])
        } catch {
            self.error("the proxy's URL \(error.reason)", at: node)
            return nil
        }
    }

    private mutating func readVersion(_ node: YAMLNode) -> String? {
        guard let text = text(node, "version") else { return nil }
        guard text.hasPrefix("2."), let version = ServerVersion(text), version.qualifier == nil else {
            mismatch(node, "version", "a DHIS2 version such as 2.42 or 2.42.1")
            return nil
        }
        return text
    }

    private mutating func redaction(_ node: YAMLNode) -> RedactionRule? {
        guard let text = text(node, "an item of redact") else { return nil }
        guard text.hasPrefix("/"), text.hasSuffix("/"), text.count > 2 else { return .name(text) }
        return pattern(String(text.dropFirst().dropLast()), at: node).map { .pattern($0) }
    }

    private mutating func readTLS(_ node: YAMLNode) -> TLSSettings? {
        guard let entries = entries(of: Layered(node), "tls", as: TLSKey.self) else { return nil }
        var settings = TLSSettings()
        for entry in entries {
            let node = entry.value.own
            switch entry.key {
            case .ca: settings.certificateAuthority = plainText(node, "ca").map(path)
            case .cert: settings.certificate = plainText(node, "cert").map(path)
            case .key:
                settings.key = plainText(node, "key").map(path)
                if !entries.contains(where: { $0.key == .cert }) {
                    error("\"key\" needs \"cert\"", at: entry.keyNode)
                }
            case .verify:
                guard let verify = boolean(node, "verify") else { continue }
                settings.verify = verify
                guard !verify else { continue }
                let message = "any certificate is accepted, so anyone between can pose as the server"
                warning(message, at: node, help: "name the certificate authority with \"ca\" instead")
            }
        }
        return settings
    }
}
