internal import Glibc

/// The proxy that requests are to go through, as messages name it: host and port, never credentials.
struct ProxyName: Hashable, CustomStringConvertible {
    let authority: Authority
    /// How the proxy is spoken to.
    let kind: Kind
    /// The variable of the environment that names it; `nil` for a proxy from the options.
    let variable: String?
    /// Whether every request goes through it: `no_proxy` excepts hosts from the environment's.
    let isForEveryHost: Bool
    /// Whether its URL has credentials, which libcurl sends it unasked.
    var hasCredentials: Bool { authority.hasCredentials }

    /// What a proxy speaks.
    enum Kind: Hashable {
        case http
        /// HTTP over TLS.
        case https
        case socks

        init(_ url: String) {
            let url = url.lowercased()
            self = url.hasPrefix("https://") ? .https : url.hasPrefix("socks") && url.contains("://") ? .socks : .http
        }
    }

    /// The proxy for a URL.
    ///
    /// - Returns: `nil` where there is none.
    init?(_ proxy: CurlOptions.Proxy, for url: String, environment: (String) -> String? = Self.environment) {
        switch proxy {
        case .none:
            return nil
        case .url(let proxy):
            authority = Authority(proxy: proxy)
            kind = Kind(proxy)
            variable = nil
            isForEveryHost = true
        case .fromEnvironment:
            // libcurl's own order; HTTP_PROXY is not among them because a CGI client could set it.
            let own = url.hasPrefix("https:") ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
            let names = own + ["all_proxy", "ALL_PROXY"]
            guard let name = names.first(where: { environment($0)?.isEmpty == false }), let value = environment(name)
            else { return nil }
            authority = Authority(proxy: value)
            kind = Kind(value)
            variable = name
            isForEveryHost = ["no_proxy", "NO_PROXY"].allSatisfy { environment($0)?.isEmpty != false }
        }
    }

    /// Whether the proxy was sent credentials, as far as it can be told by the port that libcurl has connected to: no other
    /// status than 407 is asked about, which a SOCKS proxy does not have.
    func hasSentCredentials(onPort port: Int) -> Bool {
        hasCredentials && kind != .socks && (isForEveryHost || "\(port)" == authority.port)
    }

    /// The name after an article, in the middle of a sentence.
    var description: String {
        "proxy \(authority)" + (variable.map { ", which \($0) names," } ?? "")
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

/// The host and port of a URL, which is all that messages name of it.
struct Authority: Hashable, CustomStringConvertible {
    /// The host, IPv6 addresses in brackets.
    let host: String
    /// The port, or the scheme's own.
    let port: String
    /// Whether the URL has credentials in front of them.
    let hasCredentials: Bool

    /// Reads host and port leniently; what is missing is empty.
    init(url: String) {
        let scheme = url.prefix { $0 != ":" }
        var rest = url.dropFirst(scheme.count)
        guard rest.hasPrefix("://") else {
            host = ""
            port = ""
            hasCredentials = false
            return
        }
        rest = rest.dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // What stands before the last "@" are credentials.
        let at = rest.lastIndex(of: "@")
        hasCredentials = at.map { $0 > rest.startIndex } ?? false
        if let at { rest = rest[rest.index(after: at)...] }
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
            port: isPortGiven ? named.port : url.lowercased().hasPrefix("https://") ? "443" : "1080",
            hasCredentials: named.hasCredentials
        )
    }

    private init(host: String, port: String, hasCredentials: Bool) {
        self.host = host
        self.port = port
        self.hasCredentials = hasCredentials
    }

    var description: String { host.isEmpty ? "the server" : "\(host):\(port)" }
}
