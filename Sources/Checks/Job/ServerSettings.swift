public import HTTPVocabulary
public import LinearRegex
public import SourceDiagnostics

/// Where DHIS2 is and how to speak to it.
public struct ServerSettings: Sendable {
    /// The base URL with its context path, without a trailing slash and without credentials.
    public var url: String
    /// Who the run is to DHIS2; `nil` sends no credentials.
    public var credentials: ServerCredentials?
    /// Header fields sent with every request.
    public var headerFields: HTTPFields = [:]
    /// How TLS is verified, and with what the client proves itself.
    public var tls = TLSSettings()
    /// The proxy's URL; `nil` means what the environment says.
    public var proxy: String?
    /// The bound on making a connection.
    public var connectTimeout: Duration = .seconds(10)
    /// The version that requests are written for, with or without a patch (`2.42`); `nil` asks the server.
    ///
    /// Where ``probe`` is on, a server that differs from it in its release line (`2.42`) cannot be used.
    public var version: String?
    /// Where the job file has the version, if it is from one.
    public var versionPosition: SourcePosition?
    /// Whether the run may ask `/api/system/info`.
    public var probe = true
    /// How `/api/routes/{…}/run` names the route.
    public var addressRoutesBy = RouteAddressing.uid
    /// Whether all requests share one session at DHIS2; otherwise each makes its own.
    public var keepsSession = true
    /// What is to be hidden from every output beyond the credentials.
    public var redactions: [RedactionRule] = []

    /// Creates settings; everything but the URL and the credentials starts with the job language's default.
    public init(url: String, credentials: ServerCredentials? = nil) {
        self.url = url
        self.credentials = credentials
    }
}

/// Who a run is to DHIS2.
public enum ServerCredentials: Sendable, Hashable, CustomStringConvertible {
    /// A personal access token, sent as `Authorization: ApiToken …`.
    case token(String)
    /// A user's name and password, sent as HTTP Basic.
    case basic(username: String, password: String)

    /// What kind of credentials these are, without the secret.
    public var description: String {
        switch self {
        case .token: "personal access token"
        case .basic(let username, _): "user \(username)"
        }
    }
}

/// How TLS is verified, and with what the client proves itself; paths are PEM files.
public struct TLSSettings: Sendable, Hashable {
    /// The certificates to trust instead of the system's.
    public var certificateAuthority: String?
    /// The client's certificate.
    public var certificate: String?
    /// The client certificate's key.
    public var key: String?
    /// Whether the server's certificate is verified.
    public var verify = true

    /// Creates settings that verify against the system's certificates.
    public init() {}
}

extension ServerSettings {
    /// How a route is named in the request path.
    public enum RouteAddressing: String, Sendable, Hashable, CaseIterable {
        /// By its uid, looked up once.
        case uid
        /// By its code, without a look-up.
        case code
    }
}

/// What is to be hidden from every output.
public enum RedactionRule: Sendable, Hashable {
    /// The values of header fields, query parameters and JSON members of this name.
    case name(String)
    /// Whatever the pattern finds.
    case pattern(RegexPattern)
    /// This text, in any encoding in which it could come back.
    case text(String)
}
