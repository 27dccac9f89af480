import DHIS2Behaviour
import Text

// This folder holds the values in which a program and the client speak of a server: its address, who asks, what it
// says of itself, and what is wrong with it.

/// The address of a DHIS2 server: scheme, host, port and context path, without a trailing `/`.
public struct BaseURL: Sendable, Hashable, CustomStringConvertible {
    /// The schemes in which DHIS2 can be addressed.
    public enum Scheme: String, Sendable, Hashable {
        /// Plain HTTP.
        case http
        /// HTTP over TLS.
        case https
    }

    /// The scheme.
    public let scheme: Scheme
    /// The host's name or address in lower case, an IPv6 address in brackets.
    public let host: String
    /// The port, where the address names one.
    public let port: Int?
    /// The path under which DHIS2 is installed, such as `/dhis`; empty at the root of the host.
    public let contextPath: String
    /// The whole address, as requests use it.
    public let description: String

    /// Parses an address.
    ///
    /// - Throws: ``DHIS2Error/Code/invalidBaseURL`` for a scheme other than http and https, a missing host, a malformed
    ///   port, credentials, a query, a fragment, dot or empty segments, or characters that a URL cannot hold.
    public init(_ text: String) throws(DHIS2Error) {
        let parts: URLParts
        (scheme, parts) = try Self.split(text)
        (host, port) = try Self.hostAndPort(parts, of: text)
        guard !parts.hasOddSegment else { throw Self.invalid(text, "its path has an empty or a dot segment") }
        contextPath = String(parts.path)
        description = "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")\(contextPath)"
    }

    /// The host with its port, where the address names one.
    public var hostAndPort: String { port.map { "\(host):\($0)" } ?? host }

    /// Whether the host is this machine: `localhost`, a name under it, 127.0.0.0/8 or `[::1]`.
    public var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
            || host.hasPrefix("127.") && Self.addressCharacters.containsAll(of: host)
    }

    /// The same server under another context path, as a server URL has it.
    func address(under path: some StringProtocol) -> String { "\(scheme.rawValue)://\(hostAndPort)\(path)" }

    /// What to do where no DHIS2 answers under this URL, whose path is that of a page or of the API of a DHIS2; `nil` where
    /// the path does not show it.
    var adviceOnOwnPath: String? {
        OwnPaths.contextPath(inFrontIn: contextPath).map { path, isCertain in
            isCertain
                ? "Use \(address(under: path)) as the server URL."
                : "Check the context path in the server URL: perhaps \(address(under: path)) is the server's."
        }
    }

    private static func split(_ text: String) throws(DHIS2Error) -> (Scheme, URLParts) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.utf8.contains(where: forbidden.contains) else {
            throw invalid(text, "it holds a character that a URL cannot hold")
        }
        guard let parts = URLParts(text), let scheme = Scheme(rawValue: parts.scheme) else {
            throw invalid(text, "it must start with http:// or https://")
        }
        guard !text.contains("?"), !text.contains("#") else {
            throw invalid(text, "it must not have a query or a fragment")
        }
        guard !parts.hasCredentials else {
            throw DHIS2Error(
                .invalidBaseURL,
                message:
                    "The server URL must not hold credentials; give them as a token, or as a username and password."
            )
        }
        return (scheme, parts)
    }

    private static func hostAndPort(
        _ parts: URLParts,
        of text: String
    ) throws(DHIS2Error) -> (host: String, port: Int?) {
        let host = parts.host
        let isAddress = parts.isIPv6Literal
        let isName = !host.isEmpty && host.utf8.allSatisfy(ByteSet.unreserved.contains)
        let portText = parts.afterHost.dropFirst()
        guard isAddress || isName, parts.afterHost.isEmpty || parts.afterHost.first == ":",
            !portText.contains(where: ":]".contains)
        else { throw invalid(text, "it names no host") }
        guard !portText.isEmpty else { return (host.lowercased(), nil) }
        guard let port = URLParts.port(portText) else {
            throw invalid(text, "its port must be a number from 1 to 65535")
        }
        return (host.lowercased(), port)
    }

    private static func invalid(_ text: String, _ reason: String) -> DHIS2Error {
        // What stands before an @ may be a password, even in an address that is malformed otherwise.
        let shown = text.contains("@") ? "" : " \(ServerText.quoted(text))"
        return DHIS2Error(.invalidBaseURL, message: "The server URL\(shown) is not usable: \(reason).")
    }

    private static let forbidden = ByteSet("\"<>\\^`{|}")
    private static let addressCharacters = ByteSet.digits.union(ByteSet("."))
}
