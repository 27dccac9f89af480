public import Checks
internal import FoundationEssentials
internal import YAMLTree

/// Decodes job files: YAML text in, a `Job` out, or every problem of the file in one go.
///
/// Nothing is read but the source and, through the loader, the files that it names; nothing is sent.
public struct JobDecoder: Sendable {
    /// What `${NAME}` finds last: the process's environment.
    public var environment: [String: String]
    /// What `${NAME}` finds before the job file's `vars`: the values of `--var NAME=value`.
    public var variables: [String: String]
    /// The base URL that wins over the job file's, as `--server` gives it.
    public var serverURL: String?
    /// What fills in what the job file's `server` leaves open.
    public var fallback: ServerEnvironment
    /// Reads the files that the job file names.
    public var files: FileLoader
    /// Whether a job without a server URL or credentials is an error; a check of the file alone needs neither.
    public var requiresServer = true
    /// Whether warnings are errors, as `--strict` asks.
    public var isStrict = false
    /// Whether `only: true` is an error, as `--forbid-only` asks.
    public var forbidsOnly = false

    /// The day by which allowed failures end.
    public var today = CalendarDay(Date())

    /// The most checks that a file may have after expansion.
    public var checkLimit = 1_000_000

    /// The size in bytes past which a job file is refused.
    package static let fileSizeLimit = YAMLLimits().fileSize

    /// Creates a decoder.
    public init(
        environment: [String: String] = [:],
        variables: [String: String] = [:],
        serverURL: String? = nil,
        fallback: ServerEnvironment = ServerEnvironment(),
        files: FileLoader
    ) {
        self.environment = environment
        self.variables = variables
        self.serverURL = serverURL
        self.fallback = fallback
        self.files = files
    }
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
