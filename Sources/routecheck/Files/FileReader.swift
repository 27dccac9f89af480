import Glibc

/// Reads whole files.
enum FileReader {
    /// What messages and reports call what has no path.
    static let standardInput = "standard input"

    /// The bytes of a file; `-` is standard input.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - limit: The size in bytes past which reading stops with `EFBIG`.
    static func bytes(of path: String, limit: Int) throws(SystemError) -> [UInt8] {
        if path == "-" { return try bytes(of: STDIN_FILENO, path: standardInput, limit: limit) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError(path: path) }
        defer { close(descriptor) }
        return try bytes(of: descriptor, path: path, limit: limit)
    }

    /// The first bytes of a file.
    static func beginning(of path: String, count: Int) throws(SystemError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError(path: path) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        let length = read(descriptor, &bytes, count)
        guard length >= 0 else { throw SystemError(path: path) }
        return Array(bytes.prefix(length))
    }

    /// The size of a file in bytes; 0 for one that is not there.
    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Whether a path leads to a regular file.
    static func isRegularFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The rest of an open file.
    static func bytes(of descriptor: Int32, path: String, limit: Int) throws(SystemError) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemError(path: path) }
        if status.st_mode & S_IFMT == S_IFDIR { throw SystemError(path: path, number: EISDIR) }
        var bytes: [UInt8] = []
        let chunkSize = 1 << 16
        // Room for the last chunk too, the one that finds the end.
        bytes.reserveCapacity(min(max(Int(status.st_size), 0), limit) + 2 * chunkSize)
        while true {
            let used = bytes.count
            guard used <= limit else { throw SystemError(path: path, number: EFBIG) }
            bytes += [UInt8](repeating: 0, count: chunkSize)
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: used), chunkSize) }
            guard count >= 0 || errno == EINTR else { throw SystemError(path: path) }
            bytes.removeLast(chunkSize - max(count, 0))
            if count == 0 { return bytes }
        }
    }
}
