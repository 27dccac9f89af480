internal import Glibc

/// The proxy that requests are to go through, as messages name it: host and port, never credentials.
struct ProxyName: Hashable, CustomStringConvertible {
    let authority: Authority
    /// The variable of the environment that names it; `nil` for a proxy from the options.
    let variable: String?
    /// Whether every request goes through it: `no_proxy` excepts hosts from the environment's.
    let isForEveryHost: Bool

    /// The proxy for a URL.
    ///
    /// - Returns: `nil` where there is none.
    init?(_ proxy: CurlOptions.Proxy, for url: String, environment: (String) -> String? = Self.environment) {
        switch proxy {
        case .none:
            return nil
        case .url(let proxy):
            authority = Authority(proxy: proxy)
            variable = nil
            isForEveryHost = true
        case .fromEnvironment:
            // libcurl's own order; HTTP_PROXY is not among them because a CGI client could set it.
            let own = url.hasPrefix("https:") ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
            let names = own + ["all_proxy", "ALL_PROXY"]
            guard let name = names.first(where: { environment($0)?.isEmpty == false }), let value = environment(name)
            else { return nil }
            authority = Authority(proxy: value)
            variable = name
            isForEveryHost = ["no_proxy", "NO_PROXY"].allSatisfy { environment($0)?.isEmpty != false }
        }
    }

    /// The name after an article, in the middle of a sentence.
    var description: String {
        "proxy \(authority)" + (variable.map { ", which \($0) names," } ?? "")
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
