import Glibc

/// A file beside another one, whose place it takes once it is whole.
///
/// It is locked as long as it is written. A run that was killed has lost its locks, so that the next run that writes to
/// the same place knows which files are left over, and removes them.
struct Replacement {
    /// Its path.
    let path: String
    /// It, open to be read and written.
    let descriptor: Int32
    /// The mode that it is to have in the end; `nil` for what a new file has.
    private let mode: mode_t?

    /// Creates the file.
    ///
    /// - Parameters:
    ///   - target: The path of the file that is to be replaced.
    ///   - status: What is known of that file, if it is there: the new one gets its mode and, where that is allowed, its
    ///     owner.
    init(for target: String, like status: stat?) throws(SystemError) {
        let folder = ReportPlace.folder(of: target)
        let prefix = Self.prefix(for: target)
        Self.removeLeftovers(of: prefix, in: folder)
        for _ in 0..<Self.attempts {
            // A name that nobody can foresee: in a container each run has the same process number.
            let number = String(UInt64.random(in: 0...UInt64.max), radix: 36)
            let digits = String(repeating: "0", count: Self.digitCount - number.count) + number
            let path = folder + prefix + digits + Self.suffix
            let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, status == nil ? 0o666 : 0o600)
            guard descriptor >= 0 else {
                if errno == EEXIST { continue }
                throw SystemError(path: target)
            }
            // Between the two calls another run may have taken it for a leftover.
            guard Self.lock(descriptor) else {
                close(descriptor)
                continue
            }
            mode = status.map { Self.dress(descriptor, like: $0) }
            (self.path, self.descriptor) = (path, descriptor)
            return
        }
        throw SystemError(path: target, number: EEXIST)
    }

    /// Gives the file its mode once more, now that all is written: each write has taken some of its bits away (write(2)).
    func restoreMode() {
        if let mode { fchmod(descriptor, mode) }
    }

    /// How often another name is tried.
    private static let attempts = 16
    private static let suffix = ".tmp"
    /// The largest number of 64 bits has so many digits with the base 36.
    private static let digitCount = 13
    /// How many bytes of the target's name the new name holds; a name has 255 at most on Linux.
    private static let nameLimit = 200

    private static func prefix(for target: String) -> String {
        var name = target.split(separator: "/").last.map(String.init) ?? ""
        while name.utf8.count > nameLimit { name.removeLast() }
        return name + ".routecheck-"
    }

    /// Locks the new file; `false` if it is gone, or about to go.
    private static func lock(_ descriptor: Int32) -> Bool {
        // A file system without locks has none for whoever removes leftovers either.
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { return false }
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_nlink > 0
    }

    /// Gives a file the owner and the mode of another one.
    ///
    /// The bits by which a program runs as its owner or group go along only with that owner and that group.
    ///
    /// - Returns: The mode.
    private static func dress(_ descriptor: Int32, like status: stat) -> mode_t {
        var bits: mode_t = 0o7777
        if fchown(descriptor, status.st_uid, status.st_gid) != 0 {
            bits &= ~S_ISUID
            if fchown(descriptor, uid_t.max, status.st_gid) != 0 { bits &= ~S_ISGID }
        }
        // Last, as a change of the owner takes such bits away.
        fchmod(descriptor, status.st_mode & bits)
        return status.st_mode & bits
    }

    /// Removes what killed runs have left behind of the same target.
    private static func removeLeftovers(of prefix: String, in folder: String) {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { continue }
            let digits = name.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
            guard digits.count == digitCount, digits.allSatisfy(isDigit) else { continue }
            removeIfLeft(folder + name)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// Removes a file that nobody writes any more.
    private static func removeIfLeft(_ path: String) {
        let descriptor = open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            flock(descriptor, LOCK_EX | LOCK_NB) == 0
        else { return }
        // Its writer may have put it in its place meanwhile.
        var named = stat()
        guard lstat(path, &named) == 0, named.st_dev == status.st_dev, named.st_ino == status.st_ino else { return }
        unlink(path)
    }
}
