internal import Checks
internal import SourceDiagnostics
internal import YAMLTree

extension JobReader {
    /// Credentials, which a job that is not run may also do without.
    struct Credentials {
        var value: ServerCredentials?
    }

    /// Pairs of keys that cannot stand together.
    static let exclusive: [[ServerKey]] = [
        [.token, .tokenFile], [.password, .passwordFile],
        [.token, .username], [.token, .password], [.token, .passwordFile],
        [.tokenFile, .username], [.tokenFile, .password], [.tokenFile, .passwordFile],
    ]

    /// Reports keys that cannot stand together, at the second of them.
    mutating func reportConflicts(in entries: [Entry<ServerKey>]) {
        for (place, entry) in entries.enumerated() {
            let earlier = entries[..<place].first { other in
                Self.exclusive.contains { $0.contains(entry.key) && $0.contains(other.key) }
            }
            guard let earlier else { continue }
            error(
                "\"\(entry.key.rawValue)\" cannot stand beside \"\(earlier.key.rawValue)\"",
                at: entry.keyNode,
                notes: [note("\"\(earlier.key.rawValue)\" is here", at: earlier.keyNode)]
            )
        }
    }

    /// The credentials of the command line and the environment, or else of the file; `nil` where they are wrong.
    mutating func readCredentials(_ entries: [Entry<ServerKey>], map: YAMLNode?) -> Credentials? {
        let overrides = decoder.overrides
        func entry(_ key: ServerKey) -> Entry<ServerKey>? { entries.first { $0.key == key } }

        if let token = overrides.token { return checked(token: token) }
        if !overrides.hasCredentials {
            if let token = entry(.token) ?? entry(.tokenFile) {
                return secret(token).map { Credentials(value: .token($0)) }
            }
            guard entry(.username) != nil || entry(.password) != nil || entry(.passwordFile) != nil else {
                return withoutCredentials(map: map)
            }
        }
        let username = overrides.username ?? entry(.username).flatMap { plainText($0.value.own, "username") }
        let password = overrides.password ?? (entry(.password) ?? entry(.passwordFile)).flatMap { secret($0) }
        if overrides.username == nil, entry(.username) == nil {
            reportMissing("a password needs a \"username\"", fromEnvironment: "DHIS2_USERNAME", in: map)
            return nil
        }
        if overrides.password == nil, entry(.password) == nil, entry(.passwordFile) == nil {
            reportMissing("a username needs a \"password\"", fromEnvironment: "DHIS2_PASSWORD", in: map)
            return nil
        }
        guard let username, let password else { return nil }
        guard !username.contains(":") else {
            let message = "a username must not hold a colon, which ends it in HTTP Basic"
            if let entry = entry(.username), overrides.username == nil {
                error(message, at: entry.value.own)
            } else {
                error(message)
            }
            return nil
        }
        return Credentials(value: .basic(username: username, password: password))
    }

    private mutating func reportMissing(_ message: String, fromEnvironment name: String, in map: YAMLNode?) {
        let help = "write it beside the other, or set \(name)"
        if decoder.overrides.hasCredentials || map == nil {
            error(message, help: help)
        } else if let map {
            reportMissing(message, in: map, help: help)
        }
    }

    /// What a job without credentials amounts to: DHIS2 runs no route for somebody it does not know.
    private mutating func withoutCredentials(map: YAMLNode?) -> Credentials? {
        guard decoder.requiresServer else { return Credentials(value: nil) }
        let message = "the job has no credentials"
        let help = "write server.token, or server.username and server.password, or set DHIS2_PAT"
        if let map, map.pairs.count > 0 {
            reportMissing(message, in: map, help: help)
        } else {
            error(message, help: help)
        }
        return nil
    }

    private mutating func checked(token: String) -> Credentials? {
        guard Self.canBeSent(token) else {
            error("the token of DHIS2_PAT holds characters that a header field cannot carry, such as a blank")
            return nil
        }
        return Credentials(value: .token(token))
    }

    /// A token or password, written out or in a file; the file's last line break does not belong to it.
    private mutating func secret(_ entry: Entry<ServerKey>) -> String? {
        let node = entry.value.own
        let label = entry.key.rawValue
        let secret: String
        switch entry.key {
        case .tokenFile, .passwordFile:
            guard let name = plainText(node, label), let bytes = load(name, at: node) else { return nil }
            guard let content = String(validating: bytes, as: UTF8.self) else {
                error("the file \"\(name)\" is not text", at: node)
                return nil
            }
            guard let value = ServerOverrides.secret(content) else {
                error("the file \"\(name)\" is empty", at: node)
                return nil
            }
            secret = value
        default:
            guard let value = text(node, label) else { return nil }
            if value.hasPrefix("{{") {
                warning("\(label) is sent as it stands here", at: node, help: "a variable is written ${NAME}")
            }
            secret = value
        }
        let isToken = entry.key == .token || entry.key == .tokenFile
        guard !isToken || Self.canBeSent(secret) else {
            error("\(label) holds characters that a header field cannot carry, such as a line break", at: node)
            return nil
        }
        return secret
    }

    private static func canBeSent(_ token: String) -> Bool {
        token.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    // MARK: Files

    /// The bytes of a file that the job file names.
    mutating func load(_ name: String, at node: YAMLNode) -> [UInt8]? {
        do throws(FileLoadError) {
            return try decoder.files.load(path(name))
        } catch {
            absence("cannot read \"\(name)\": \(error.reason)", at: node)
            return nil
        }
    }

    /// A file's path as the process would open it: relative names start from the job file's folder.
    func path(_ name: String) -> String {
        guard !name.hasPrefix("/"), let slash = source.name.lastIndex(of: "/") else { return name }
        return String(source.name[...slash]) + name
    }
}
