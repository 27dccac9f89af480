import Reports

/// The folder into which GitHub has checked the repository out (`GITHUB_WORKSPACE`).
///
/// GitHub takes a path in an annotation as relative to the repository, whatever folder the step runs in
/// (GitHub's runner, `IssueCommandExtension`).
struct Workspace: Sendable {
    /// The folder as it is named, and without links on the way; `nil` where none is known.
    private let folders: [[Substring]]?
    /// The folder in which the command runs.
    private let working: String

    /// - Parameters:
    ///   - path: The variable's value; one that is empty counts as none.
    ///   - working: The folder in which relative paths begin.
    init(_ path: String?, working: String = FileIdentity.shown(".")) {
        self.working = working
        folders = path.flatMap { $0.isEmpty ? nil : [Self.parts(FileIdentity.shown($0)), Self.parts($0)] }
    }

    /// How GitHub knows a job file: relative to the repository, or where it is not in there by its whole path; `nil` for
    /// standard input, which is no file.
    ///
    /// A link to a folder counts as what it leads to, and where that is elsewhere as the place where it is.
    func path(of file: String) -> String? {
        guard file != FileReader.standardInput else { return nil }
        guard let folders else { return AnnotationRenderer.withoutDot(file) }
        let whole = file.hasPrefix("/") ? file : "\(working)/\(file)"
        let parts = Self.parts(whole)
        let folder = whole.dropLast(whole.split(separator: "/").last?.count ?? 0)
        let real = Self.parts(FileIdentity.shown(String(folder))) + parts.suffix(1)
        for candidate in [real, Self.parts(FileIdentity.shown(whole)), parts] {
            for folder in folders where candidate.count > folder.count && candidate.starts(with: folder) {
                return candidate.dropFirst(folder.count).joined(separator: "/")
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The names in a path, without those that lead nowhere.
    private static func parts(_ path: String) -> [Substring] {
        path.split(separator: "/").reduce(into: []) { parts, part in
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
        }
    }
}
