internal import DHIS2Behaviour
internal import Text

/// A server's base URL as the job file or the command line gives it.
struct ServerURL: Equatable {
    /// The URL without a trailing slash.
    let text: String
    let isHTTPS: Bool
    let host: String
    /// The port, also where it is that of the scheme.
    let port: Int
    /// The path without a trailing slash.
    let contextPath: String

    /// Says in a clause what is wrong with a URL.
    struct Refusal: Error, Equatable {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    init(_ text: String, schemes: [String] = ["http", "https"], allowsCredentials: Bool = false) throws(Refusal) {
        guard let parts = URLParts(text) else { throw Self.withoutScheme(text, schemes) }
        guard schemes.contains(parts.scheme) else {
            throw Refusal("must begin with \(schemes.map { "\($0)://" }.joined(separator: " or "))")
        }
        guard text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value != 0x7F }) else {
            throw Refusal("must not hold spaces, control characters or characters beyond ASCII")
        }
        guard !text.contains("?"), !text.contains("#"), !text.contains("\\") else {
            throw Refusal("must not have a query, a fragment or a backslash")
        }
        guard allowsCredentials || !text.contains(where: { "\"<>^`{|}".contains($0) }) else {
            throw Refusal("must not hold quotation marks, braces or other characters that a URL cannot hold")
        }
        guard allowsCredentials || !parts.hasCredentials else {
            throw Refusal("must not hold credentials; give them with token, or username and password")
        }
        guard !allowsCredentials || !parts.path.contains("@") else {
            throw Refusal("has a \"@\" behind its host; in a password, write \"@\" as %40 and \"/\" as %2F")
        }
        try Self.checkHost(of: parts)
        host = String(parts.host)
        guard host.first != "[" || parts.isIPv6Literal else {
            throw Refusal("has a host in brackets that is not an IPv6 address")
        }
        guard host.first == "[" || ByteSet.unreserved.containsAll(of: host) else {
            throw Refusal("has a host of other characters than letters, digits, \"-\", \".\", \"_\" and \"~\"")
        }
        guard !parts.hasOddSegment else { throw Refusal("must not have an empty or a dot segment in its path") }
        isHTTPS = parts.scheme == "https"
        port = URLParts.port(parts.afterHost.dropFirst()) ?? (isHTTPS ? 443 : 80)
        contextPath = String(parts.path)
        self.text = "\(parts.scheme)://\(parts.authority)\(parts.path)"
    }

    /// What is wrong with a text without `://`; it is not repeated where it may hold a password.
    private static func withoutScheme(_ text: String, _ schemes: [String]) -> Refusal {
        if let scheme = schemes.first(where: { text.lowercased().hasPrefix("\($0):") }) {
            return Refusal("needs \"//\" behind its \"\(scheme):\"")
        }
        let scheme = schemes.last ?? "https"
        let isAddress = !text.contains("@") && !text.contains("$") && !text.contains("{")
        return Refusal("needs a scheme, such as \(scheme)://\(isAddress ? text : "…")")
    }

    /// Whether there is a host, and behind it nothing or a port.
    private static func checkHost(of parts: URLParts) throws(Refusal) {
        let (host, rest) = (parts.host, parts.afterHost)
        guard host.first != "[" || host.last == "]" else { throw Refusal("has a \"[\" without its \"]\"") }
        guard rest.isEmpty || rest.first == ":" else { throw Refusal("has something odd behind its \"]\"") }
        guard !host.isEmpty else { throw Refusal("has no host") }
        guard rest.isEmpty || URLParts.port(rest.dropFirst()) != nil else {
            throw Refusal("has a port that is no number from 1 to 65535")
        }
    }

    /// The same for the same server: scheme, host, port and context path, however they are written.
    var identity: String { "\(isHTTPS ? "https" : "http")://\(host.lowercased()):\(port)\(contextPath)" }

    /// Whether the host can only be this machine.
    var isLoopback: Bool {
        let name = host.lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") || name == "[::1]" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
