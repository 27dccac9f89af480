internal import YAMLTree

/// Decodes job files: YAML text in, a `Job` out, or every problem of the file in one go.
///
/// Nothing is read but the source and, through the loader, the files that it names; nothing is sent.
public struct JobDecoder: Sendable {
    /// What `${NAME}` finds last: the process's environment.
    public var environment: [String: String]
    /// What `${NAME}` finds before the job file's `vars`: the values of `--var NAME=value`.
    public var variables: [String: String]
    /// What wins over the job file's `server`.
    public var overrides: ServerOverrides
    /// Reads the files that the job file names.
    public var files: FileLoader
    /// Whether a job without a server URL or credentials is an error; a check of the file alone needs neither.
    public var requiresServer = true
    /// Whether warnings are errors, as `--strict` asks.
    public var isStrict = false
    /// Whether `only: true` is an error, as `--forbid-only` asks.
    public var forbidsOnly = false

    /// The most checks that a file may have after expansion.
    public var checkLimit = 1_000_000

    /// The size in bytes past which a job file is refused.
    package static let fileSizeLimit = YAMLLimits().fileSize

    /// Creates a decoder.
    public init(
        environment: [String: String] = [:],
        variables: [String: String] = [:],
        overrides: ServerOverrides = ServerOverrides(),
        files: FileLoader
    ) {
        self.environment = environment
        self.variables = variables
        self.overrides = overrides
        self.files = files
    }
}

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

/// Reads the files that a job file names, such as a token or a request body.
public struct FileLoader: Sendable {
    private let read: @Sendable (_ path: String) throws(FileLoadError) -> [UInt8]

    /// Creates a loader; the closure takes a path as the process would open it.
    public init(_ read: @escaping @Sendable (_ path: String) throws(FileLoadError) -> [UInt8]) {
        self.read = read
    }

    /// A loader that finds no file, for job files that name none.
    public static let none = FileLoader { _ throws(FileLoadError) in throw FileLoadError(reason: "no such file") }

    func load(_ path: String) throws(FileLoadError) -> [UInt8] { try read(path) }
}

/// Says why a file could not be read.
public struct FileLoadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason as a clause that follows a colon, such as `no such file`.
    public var reason: String

    /// Creates an error.
    public init(reason: String) {
        self.reason = reason
    }

    /// The reason as a sentence.
    public var description: String { "The file cannot be read: \(reason)." }
}
