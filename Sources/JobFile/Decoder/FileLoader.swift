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
