import CFileSystems
import Glibc

/// What the path of a report leads to, which decides how the report is written.
enum ReportPlace: Equatable {
    /// An open descriptor of this process: standard output, standard error, or another one that it was started with.
    case descriptor(Int32)
    /// A regular file, or one that is not there yet: the path at the end of all links.
    case file(String)
    /// A pipe, a terminal, another device or a socket: what is written to it is read at once, or gone. Also a file that
    /// another process has open, under its name in `/proc`: what is written there goes to its end.
    case stream

    /// The links that the kernel follows in one path, at most (`MAXSYMLINKS` of Linux).
    private static let mostLinks = 40

    /// Finds out.
    ///
    /// - Throws: `SystemError` for a folder, for links that go round in circles or to a name that is not UTF-8, and for a
    ///   path that cannot be looked at.
    init(of path: String) throws(SystemError) {
        if path == "-" {
            self = .descriptor(STDOUT_FILENO)
            return
        }
        var end = path
        for _ in 0...Self.mostLinks {
            if let number = Self.ownDescriptor(end) {
                self = .descriptor(number)
                return
            }
            guard let bytes = Self.target(ofLink: end) else {
                self = try Self.place(end, of: path)
                return
            }
            // Such a link stands for what a process has open, under whatever name.
            if Self.isOfProcess(end) {
                let place = try Self.place(end, of: path)
                if case .file = place { self = .stream } else { self = place }
                return
            }
            guard let next = String(validating: bytes, as: UTF8.self) else {
                throw SystemError(
                    path: path,
                    number: EILSEQ,
                    explanation: "a link that leads to a name that is not UTF-8"
                )
            }
            end = next.hasPrefix("/") ? next : Self.folder(of: end) + next
        }
        throw SystemError(path: path, number: ELOOP)
    }

    /// What is at a path that is no link.
    private static func place(_ end: String, of path: String) throws(SystemError) -> Self {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT, !end.hasSuffix("/") else { throw SystemError(path: path) }
            return .file(end)
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw SystemError(path: path, number: EISDIR)
        case S_IFREG: break
        default: return .stream
        }
        // A report that replaced the file of the output would take along what is printed there.
        for number in [STDOUT_FILENO, STDERR_FILENO] {
            var other = stat()
            if fstat(number, &other) == 0, isSame(status, other) { return .descriptor(number) }
        }
        var found = stat()
        return stat(end, &found) == 0 && isSame(status, found) ? .file(end) : .stream
    }

    private static func isSame(_ one: stat, _ other: stat) -> Bool {
        one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    /// The number of the descriptor that a path such as `/proc/self/fd/1` stands for.
    ///
    /// `/dev/stdout` is a link to such a path, and `/dev/fd` one to its folder.
    private static func ownDescriptor(_ path: String) -> Int32? {
        guard let name = path.split(separator: "/").last, let number = Int32(name), "\(number)" == name,
            let folder = realpath(folder(of: path), nil)
        else { return nil }
        defer { free(folder) }
        guard let own = realpath("/proc/self/fd", nil) else { return nil }
        defer { free(own) }
        return strcmp(folder, own) == 0 ? number : nil
    }

    /// Whether a link lies in the file system of `/proc`.
    private static func isOfProcess(_ link: String) -> Bool {
        var status = statfs()
        return statfs(folder(of: link), &status) == 0 && status.f_type == PROC_SUPER_MAGIC
    }

    /// Where a link leads to; `nil` for what is none.
    private static func target(ofLink path: String) -> [UInt8]? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return buffer.prefix(count).map { UInt8(bitPattern: $0) }
    }

    /// The folder that a path is in, with a slash at its end.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    }
}
