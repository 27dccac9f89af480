/// The host and port of a URL, which is all that messages name of it.
struct Authority: Hashable, CustomStringConvertible {
    /// The host, IPv6 addresses in brackets.
    let host: String
    /// The port, or the scheme's own.
    let port: String

    /// Reads host and port leniently; what is missing is empty.
    init(url: String) {
        let scheme = url.prefix { $0 != ":" }
        var rest = url.dropFirst(scheme.count)
        guard rest.hasPrefix("://") else {
            host = ""
            port = ""
            return
        }
        rest = rest.dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // What stands before the last "@" are credentials.
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        let addressEnd = rest.lastIndex(of: "]") ?? rest.startIndex
        if let colon = rest[addressEnd...].lastIndex(of: ":") {
            host = String(rest[..<colon])
            port = String(rest[rest.index(after: colon)...])
        } else {
            host = String(rest)
            port = scheme.lowercased() == "https" ? "443" : "80"
        }
    }

    /// Reads the host and port of a proxy's URL, which needs no scheme; libcurl's standard port is 1080, or 443 for a
    /// proxy that is spoken to over TLS.
    init(proxy url: String) {
        let hasScheme = url.contains("://")
        let named = Authority(url: hasScheme ? url : "http://\(url)")
        let isPortGiven = url.hasSuffix(":\(named.port)") || url.contains(":\(named.port)/")
        self.init(
            host: named.host,
            port: isPortGiven ? named.port : url.lowercased().hasPrefix("https://") ? "443" : "1080"
        )
    }

    private init(host: String, port: String) {
        self.host = host
        self.port = port
    }

    var description: String { host.isEmpty ? "the server" : "\(host):\(port)" }
}
