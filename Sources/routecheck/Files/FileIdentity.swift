import Glibc

/// Tells whether two paths lead to the same file.
///
/// So no report takes the place of what is read, or of another report. No library touches the file system, so it is
/// decided here.
enum FileIdentity {
    /// What two paths of the same file have in common, whether it is there yet or not; `nil` for a path that is no
    /// regular file, such as `/dev/null`, to which any number of reports can go.
    static func of(_ path: String) -> String? {
        var status = stat()
        if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG ? resolve(path) : nil }
        // A link that leads to nothing is a place for what it leads to.
        if case .file(let end)? = try? ReportPlace(of: path), end != path { return of(end) }
        let name = path.split(separator: "/").last ?? ""
        let folder = path.dropLast(path.last == "/" ? 0 : name.count)
        guard !folder.isEmpty else { return resolve(".") + "/" + name }
        return (folder == "/" ? "" : identityOfFolder(String(folder))) + "/" + name
    }

    /// The same of a path that is read, of which `-` is standard input.
    static func ofInput(_ path: String) -> String? { of(path == "-" ? "/dev/stdin" : path) }

    /// The first path that names the same file as one before it, with the other spelling if there is one.
    ///
    /// - Parameter paths: Paths, of which `-` names no file.
    static func repeated(in paths: [String]) -> String? {
        var seen: [String: String] = [:]
        for path in paths where path != "-" {
            guard let identity = of(path) else { continue }
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

    /// A path without links on the way; itself where nothing is there.
    static func resolve(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
