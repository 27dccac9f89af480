import DHIS2Behaviour
import Text

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
        let parts = try Self.split(text)
        scheme = parts.scheme
        (host, port) = try Self.hostAndPort(parts.authority, of: text)
        contextPath = try Self.contextPath(parts.path, of: text)
        description = "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")\(contextPath)"
    }

    /// The host with its port, where the address names one.
    public var hostAndPort: String { port.map { "\(host):\($0)" } ?? host }

    /// Whether the host is this machine: `localhost`, a name under it, 127.0.0.0/8 or `[::1]`.
    public var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
            || host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || Self.isDigit($0) }
    }

    private static func split(
        _ text: String
    ) throws(DHIS2Error) -> (scheme: Scheme, authority: Substring, path: Substring) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.utf8.contains(where: forbidden.contains) else {
            throw invalid(text, "it holds a character that a URL cannot hold")
        }
        guard let schemeEnd = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<schemeEnd.lowerBound].lowercased())
        else {
            throw invalid(text, "it must start with http:// or https://")
        }
        let rest = text[schemeEnd.upperBound...]
        guard !rest.contains("?"), !rest.contains("#") else {
            throw invalid(text, "it must not have a query or a fragment")
        }
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else {
            throw DHIS2Error(
                .invalidBaseURL,
                message:
                    "The server URL must not hold credentials; give them as a token, or as a username and password."
            )
        }
        return (scheme, authority, rest[authority.endIndex...])
    }

    private static func hostAndPort(
        _ authority: Substring,
        of text: String
    ) throws(DHIS2Error) -> (host: String, port: Int?) {
        var host = authority
        var portText: Substring?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            host = authority[..<colon]
            portText = authority[authority.index(after: colon)...]
        }
        let isAddress = host.hasPrefix("[") && host.hasSuffix("]") && host.utf8.count > 4
        let isName = !host.isEmpty && host.utf8.allSatisfy(hostCharacters.contains)
        guard isAddress || isName else { throw invalid(text, "it names no host") }
        guard let portText, !portText.isEmpty else { return (host.lowercased(), nil) }
        guard portText.utf8.allSatisfy(isDigit), let port = Int(portText), (1...65535).contains(port) else {
            throw invalid(text, "its port must be a number from 1 to 65535")
        }
        return (host.lowercased(), port)
    }

    private static func contextPath(_ path: Substring, of text: String) throws(DHIS2Error) -> String {
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        guard !path.isEmpty else { return "" }
        for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard !segment.isEmpty, segment != ".", segment != ".." else {
                throw invalid(text, "its path has an empty or a dot segment")
            }
        }
        return String(path)
    }

    private static func invalid(_ text: String, _ reason: String) -> DHIS2Error {
        // What stands before an @ may be a password, even in an address that is malformed otherwise.
        let shown = text.contains("@") ? "" : " \(ServerText.quoted(text))"
        return DHIS2Error(.invalidBaseURL, message: "The server URL\(shown) is not usable: \(reason).")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static let forbidden = ByteSet("\"<>\\^`{|}")
    private static let hostCharacters = ByteSet.unreserved
}
