internal import Checks
internal import DHIS2Behaviour
public import SourceDiagnostics

/// What the environment says of the server: it fills in what a job file leaves open.
///
/// Its credentials go only to its own URL, or to job files that name neither a URL nor credentials. Where it has no URL,
/// they go to the one server that all job files name.
public struct ServerEnvironment: Hashable, Sendable {
    /// The base URL.
    public var url: String?
    /// A personal access token; wins over a user name and password.
    public var token: String?
    /// A user's name.
    public var username: String?
    /// The user's password.
    public var password: String?

    /// Creates what an environment says; `nil` leaves a value to the job file.
    public init(url: String? = nil, token: String? = nil, username: String? = nil, password: String? = nil) {
        self.url = url
        self.token = token
        self.username = username
        self.password = password
    }

    /// Takes `DHIS2_URL`, `DHIS2_PAT`, `DHIS2_USERNAME` and `DHIS2_PASSWORD` from an environment.
    ///
    /// - Parameter environment: The environment; an empty value counts as not set. White space around a token, and line
    ///   breaks at the end of a password, do not belong to it, as in a file that holds one.
    public init(_ environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap(Self.unlessEmpty) }
        self.init(
            url: value("DHIS2_URL"),
            token: value("DHIS2_PAT").map(CredentialRules.trimmed(token:)).flatMap(Self.unlessEmpty),
            username: value("DHIS2_USERNAME"),
            password: value("DHIS2_PASSWORD").map(CredentialRules.trimmed(password:)).flatMap(Self.unlessEmpty)
        )
    }

    private static func unlessEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }

    /// Whether there are credentials, or a part of them.
    var hasCredentials: Bool { token != nil || username != nil || password != nil }

    /// The variables that hold the credentials, for a sentence.
    var credentialNames: String { token == nil ? "DHIS2_USERNAME and DHIS2_PASSWORD" : "DHIS2_PAT" }

    /// The verb behind these names.
    var verb: String { token == nil ? "are" : "is" }

    /// How a job file says that the credentials are meant for its server.
    var credentialKeys: String {
        token == nil
            ? "username: ${DHIS2_USERNAME} and password: ${DHIS2_PASSWORD}"
            : "token: ${DHIS2_PAT}"
    }
}

/// From where a job has its server.
struct ServerOrigin: Sendable {
    /// Who names the URL.
    enum Source: Sendable {
        case commandLine, file, environment
    }

    /// Who names the URL; `nil` where nobody does, or it is wrong.
    var source: Source?
    /// The same for the same server, however its URL is written; `nil` where there is none.
    var identity: String?
    /// Whether the environment's credentials, or a part of them, go to it.
    var usesEnvironmentCredentials = false
    /// Where the file could have its credentials.
    var position: SourcePosition?
    /// How many characters to underline there.
    var length = 1
}

extension JobDecoder {
    /// What is wrong with jobs that are run together, each of which has no error of its own.
    ///
    /// The credentials of an environment without a URL belong to one server. Where jobs name several, each that has no
    /// credentials of its own is an error, so that no server gets another one's token.
    public func problems(among jobs: [DecodedJob]) -> [Diagnostic] {
        guard fallback.url == nil, Set(jobs.compactMap(\.origin.identity)).count > 1 else { return [] }
        return jobs.filter(\.origin.usesEnvironmentCredentials).map { decoded in
            Diagnostic(
                .error,
                "the job has no credentials: \(fallback.credentialNames) could belong to any of the servers of this run",
                file: decoded.job.file,
                position: decoded.origin.position,
                length: decoded.origin.length,
                help: "write \(fallback.credentialKeys) in the file that means it, or set DHIS2_URL to its server"
            )
        }
    }

    /// A note about a `DHIS2_URL` that is not used, as a sentence without a full stop; `nil` where it is.
    public func note(on jobs: [DecodedJob]) -> String? {
        guard let url = fallback.url else { return nil }
        let own = (try? ServerURL(url))?.identity
        let others = jobs.filter { $0.origin.identity != nil && $0.origin.identity != own }
        guard let first = others.first else { return nil }
        if first.origin.source == .commandLine { return "DHIS2_URL is not used, since --server names another server" }
        let files = others.prefix(3).map(\.job.file).joined(separator: ", ")
        let more = others.count > 3 ? " and \(others.count - 3) more" : ""
        return "DHIS2_URL is not used for \(files)\(more): "
            + (others.count == 1 ? "the job file names another server" : "these job files name other servers")
    }
}
