/// What a port that speaks TLS asks for with a status of its own, before it passes anything on.
///
/// Servers say it in words only: nginx and those built on it (also AWS's and Cloudflare's), Apache, Tomcat, Go's `net/http`
/// (Caddy, Traefik, Kubernetes), CherryPy and IIS (403.4). Others, such as HAProxy, close the connection.
enum TLSDemand: Sendable, Hashable {
    /// The request was plain HTTP.
    case https
    /// The client has to show a certificate, or another one.
    case clientCertificate

    /// Reads an answer with a 400, a 403 (IIS), or one of nginx's own numbers for it (495 to 497), which it sends as a 400
    /// unless it is configured otherwise.
    ///
    /// - Returns: `nil` where it asks for nothing of the kind.
    init?(_ exchange: HTTPExchange, _ facts: HeaderFacts) {
        // DHIS2's own words come as JSON, and so do those of most targets.
        guard facts.contentType != .json, !exchange.body.isEmpty else { return nil }
        let text = String(decoding: exchange.body.prefix(Self.longestBeginning), as: UTF8.self).lowercased()
        if Self.wordsForHTTPS.contains(where: text.contains) {
            self = .https
        } else if Self.wordsForCertificate.contains(where: text.contains) {
            self = .clientCertificate
        } else {
            return nil
        }
    }

    private static let longestBeginning = 8 * 1024

    private static let wordsForHTTPS = [
        "plain http request was sent to https port", "speaking plain http to an ssl-enabled server port",
        "combination of host and port requires tls", "sent an http request to an https server",
        "sent a plain http request, but this server only speaks https", "is secured with secure sockets layer",
    ]

    private static let wordsForCertificate = [
        "no required ssl certificate was sent", "the ssl certificate error",
    ]
}
