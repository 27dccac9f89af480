import Glibc

/// Tells whether two paths lead to the same file.
///
/// So no report takes the place of what is read, or of another report. No library touches the file system, so it is
/// decided here.
enum FileIdentity {
    /// What two paths of the same file have in common, whether it is there yet or not; `nil` for a path that is no
    /// regular file, such as `/dev/null`, to which any number of reports can go.
    ///
    /// It is bytes, as the names of folders need not be UTF-8: two of them must not become the same text.
    static func of(_ path: String) -> [UInt8]? {
        var status = stat()
        if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG ? resolved(path) : nil }
        // A link that leads to nothing is a place for what it leads to.
        if case .file(let end)? = try? ReportPlace(of: path), end != path { return of(end) }
        let name = path.split(separator: "/").last ?? ""
        let folder = path.dropLast(path.last == "/" ? 0 : name.count)
        let start = folder == "/" ? [] : folder.isEmpty ? resolved(".") : identityOfFolder(String(folder))
        return start + Array("/\(name)".utf8)
    }

    /// The same of a path that is read, of which `-` is standard input.
    static func ofInput(_ path: String) -> [UInt8]? { of(path == "-" ? "/dev/stdin" : path) }

    /// The same of a report's path, also where it is a pipe, a terminal or another device.
    ///
    /// What two reports write there reaches one reader. An open descriptor may be shared, as whoever names it knows; and
    /// where nobody reads, nothing can clash.
    static func ofReport(_ path: String) -> [UInt8]? {
        if let identity = of(path) { return identity }
        guard (try? ReportPlace(of: path)) == .stream else { return nil }
        var status = stat()
        var nowhere = stat()
        guard stat(path, &status) == 0, stat("/dev/null", &nowhere) == 0 else { return nil }
        return status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == nowhere.st_rdev ? nil : resolved(path)
    }

    /// The first path that names the same file as one before it, with the other spelling if there is one.
    ///
    /// - Parameters:
    ///   - paths: Paths, of which `-` names no file.
    ///   - identity: What paths of the same file have in common.
    static func repeated(in paths: [String], by identity: (String) -> [UInt8]? = of) -> String? {
        var seen: [[UInt8]: String] = [:]
        for path in paths where path != "-" {
            guard let identity = identity(path) else { continue }
            if let other = seen.updateValue(path, forKey: identity) {
                return other == path ? path : "\(other), also written \(path)"
            }
        }
        return nil
    }

    /// The resolved path of a folder; what of it is not there yet stays as it is written.
    private static func identityOfFolder(_ path: String) -> [UInt8] {
        var parts = path.split(separator: "/").filter { $0 != "." }
        // The last parts, which are not there; what is not there is no link, so that ".." takes the one before away.
        var missing: [Substring] = []
        while !parts.isEmpty {
            let candidate = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
            if access(candidate, F_OK) == 0 { return joined(resolved(candidate), missing) }
            missing.insert(parts.removeLast(), at: 0)
        }
        return joined(path.hasPrefix("/") ? [] : resolved("."), missing)
    }

    private static func joined(_ start: [UInt8], _ missing: [Substring]) -> [UInt8] {
        let parts = missing.reduce(into: [Substring]()) { parts, part in
            if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
        }
        return start + parts.flatMap { Array("/\($0)".utf8) }
    }

    /// A path without links on the way; itself where nothing is there.
    private static func resolved(_ path: String) -> [UInt8] {
        guard let resolved = realpath(path, nil) else { return Array(path.utf8) }
        defer { free(resolved) }
        return UnsafeBufferPointer(start: resolved, count: strlen(resolved)).map { UInt8(bitPattern: $0) }
    }

    /// The same as text to show, with a mark for what is not UTF-8 in it: no path to open.
    static func shown(_ path: String) -> String { String(decoding: resolved(path), as: UTF8.self) }
}
