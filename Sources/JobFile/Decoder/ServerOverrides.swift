/// What the command line and the environment say of the server; it wins over the job file.
public struct ServerOverrides: Hashable, Sendable {
    /// The base URL.
    public var url: String?
    /// A personal access token; wins over a user name and password.
    public var token: String?
    /// A user's name.
    public var username: String?
    /// The user's password.
    public var password: String?

    /// Creates overrides; `nil` leaves a value to the job file.
    public init(url: String? = nil, token: String? = nil, username: String? = nil, password: String? = nil) {
        self.url = url
        self.token = token
        self.username = username
        self.password = password
    }

    /// Takes `DHIS2_URL`, `DHIS2_PAT`, `DHIS2_USERNAME` and `DHIS2_PASSWORD` from an environment.
    ///
    /// - Parameters:
    ///   - environment: The environment; an empty value counts as not set, and line breaks at the end of a token or a
    ///     password do not belong to it, as in a file that holds one.
    ///   - url: The value of `--server`, which wins over `DHIS2_URL`.
    public init(environment: [String: String], url: String? = nil) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        self.init(
            url: url ?? value("DHIS2_URL"),
            token: value("DHIS2_PAT").flatMap(Self.secret),
            username: value("DHIS2_USERNAME"),
            password: value("DHIS2_PASSWORD").flatMap(Self.secret)
        )
    }

    /// A secret without the line breaks at its end; `nil` if nothing is left.
    package static func secret(_ text: String) -> String? {
        var scalars = text.unicodeScalars
        while scalars.last == "\n" || scalars.last == "\r" { scalars.removeLast() }
        return scalars.isEmpty ? nil : String(scalars)
    }

    var hasCredentials: Bool { token != nil || username != nil || password != nil }
}
