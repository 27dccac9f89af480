import Glibc

/// A report on its way to disk: written beside its target and renamed over it once it is whole.
///
/// A target that exists and is no regular file, such as a pipe or `/dev/null`, is written straight to.
final class ReportFile {
    private let target: String
    private let temporary: String?
    private var descriptor: Int32

    /// Opens a report; folders that are missing on the way are made.
    init(target path: String) throws(SystemError) {
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists, status.st_mode & S_IFMT == S_IFDIR { throw SystemError(path: path, number: EISDIR) }
        if exists, status.st_mode & S_IFMT != S_IFREG {
            target = path
            temporary = nil
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
        } else {
            // A rename would replace a symbolic link instead of what it points to.
            target = exists ? FileIdentity.resolve(path) : path
            Self.makeFolders(for: target)
            // A name that nobody can foresee: in a container each run has the same process number, and one that was
            // killed has left its file behind.
            let name = target + ".\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
            temporary = name
            descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        }
        guard descriptor >= 0 else { throw SystemError(path: path) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if let temporary { unlink(temporary) }
    }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        try Descriptor.write(bytes, to: descriptor, path: target)
    }

    /// Puts the finished report in its place.
    func commit() throws(SystemError) {
        let closed = close(descriptor)
        let closeError = errno
        descriptor = -1
        guard closed == 0 else {
            if let temporary { unlink(temporary) }
            throw SystemError(path: target, number: closeError)
        }
        guard let temporary, rename(temporary, target) != 0 else { return }
        let renameError = errno
        unlink(temporary)
        throw SystemError(path: target, number: renameError)
    }

    /// What keeps a report from being written, as far as can be told without touching its place.
    static func problem(with path: String) -> SystemError? {
        var status = stat()
        let exists = stat(path, &status) == 0
        // To open a pipe would wait for its reader.
        if exists, status.st_mode & S_IFMT != S_IFREG, status.st_mode & S_IFMT != S_IFDIR { return nil }
        do throws(SystemError) {
            _ = try ReportFile(target: path)
            return nil
        } catch {
            return error
        }
    }

    /// Makes the folders that a path needs; one that cannot be made shows when the file is opened.
    static func makeFolders(for path: String) {
        var end = path.startIndex
        while let slash = path[end...].dropFirst().firstIndex(of: "/") {
            mkdir(String(path[..<slash]), 0o777)
            end = slash
        }
    }
}
