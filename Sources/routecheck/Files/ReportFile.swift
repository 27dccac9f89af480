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
            target = exists ? Self.resolve(path) : path
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

    private static func resolve(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
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

    /// What two paths of the same file have in common, whether it is there yet or not; `nil` for a path that is no
    /// regular file, such as `/dev/null`, to which any number of reports can go.
    static func identity(of path: String) -> String? {
        var status = stat()
        if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG ? resolve(path) : nil }
        let name = path.split(separator: "/").last ?? ""
        let folder = path.dropLast(path.last == "/" ? 0 : name.count)
        guard !folder.isEmpty else { return resolve(".") + "/" + name }
        return (folder == "/" ? "" : identityOfFolder(String(folder))) + "/" + name
    }

    /// The first path that names the same file as one before it, with the other spelling if there is one.
    ///
    /// - Parameter paths: Paths, of which `-` names no file.
    static func repeated(in paths: [String]) -> String? {
        var seen: [String: String] = [:]
        for path in paths where path != "-" {
            guard let identity = identity(of: path) else { continue }
            if let other = seen.updateValue(path, forKey: identity) {
                return other == path ? path : "\(other), also written \(path)"
            }
        }
        return nil
    }

    /// The resolved path of a folder; what of it is not there yet stays as it is written.
    private static func identityOfFolder(_ path: String) -> String {
        var parts = path.split(separator: "/").filter { $0 != "." }
        // The last parts, which are not there; what is not there is no link, so that ".." takes the one before away.
        var missing: [Substring] = []
        while !parts.isEmpty {
            let candidate = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
            if access(candidate, F_OK) == 0 { return resolved(resolve(candidate), missing) }
            missing.insert(parts.removeLast(), at: 0)
        }
        return resolved(path.hasPrefix("/") ? "" : resolve("."), missing)
    }

    private static func resolved(_ start: String, _ missing: [Substring]) -> String {
        let parts = missing.reduce(into: [Substring]()) { parts, part in
            if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
        }
        return ([start] + parts.map(String.init)).joined(separator: "/")
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
