import FoundationEssentials
import Glibc
import Reports
import Synchronization

/// The folder into which GitHub has checked the repository out (`GITHUB_WORKSPACE`).
///
/// GitHub takes a path in an annotation as relative to the repository, whatever folder the step runs in
/// (GitHub's runner, `IssueCommandExtension`).
final class Workspace: Sendable {
    /// The folder as it is named, and without links on the way.
    private let folders: [[Substring]]
    /// The folder in which the command runs, where relative paths begin.
    private let working = FileIdentity.shown(".")
    /// The files in the folder, looked for when they are first asked for.
    private let files = Mutex<[[Substring]]?>(nil)

    /// How many files and folders are looked through at most for one that a report names.
    private static let mostEntries = 50_000

    /// - Parameter path: The variable's value; without one, or with an empty one, it is the folder in which the command runs.
    init(_ path: String?) {
        let path = path.flatMap { $0.isEmpty ? nil : $0 } ?? working
        folders = [Self.parts(FileIdentity.shown(path)), Self.parts(path)]
    }

    /// How GitHub knows a job file: relative to the repository; `nil` for what is no regular file in there, such as standard
    /// input or a pipe.
    ///
    /// A link to a folder counts as what it leads to, and where that is elsewhere as the place where it is.
    ///
    /// A report has the path as it was given, in a folder that another step may have run in. So where no such file is, the
    /// repository's only one whose path ends so is meant, and none if there are several. A repository that is not checked
    /// out here does not tell; then the path stays what it is here.
    func path(of file: String) -> String? {
        guard file != FileReader.standardInput else { return nil }
        var status = stat()
        if stat(file, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG ? place(of: file) : nil }
        guard isCheckedOut else { return place(of: file) }
        guard !file.hasPrefix("/") else { return nil }
        let end = Self.parts(file)
        let twins = allFiles().filter { $0.suffix(end.count) == end[...] }
        return twins.count == 1 ? twins[0].joined(separator: "/") : nil
    }

    /// A path relative to the folder, if it is in there.
    private func place(of file: String) -> String? {
        let whole = file.hasPrefix("/") ? file : "\(working)/\(file)"
        let parts = Self.parts(whole)
        let folder = whole.dropLast(whole.split(separator: "/").last?.count ?? 0)
        let real = Self.parts(FileIdentity.shown(String(folder))) + parts.suffix(1)
        for candidate in [real, Self.parts(FileIdentity.shown(whole)), parts] {
            for folder in folders where candidate.count > folder.count && candidate.starts(with: folder) {
                return candidate.dropFirst(folder.count).joined(separator: "/")
            }
        }
        return nil
    }

    /// The folder's path, without links on the way.
    private var root: String { "/" + folders[0].joined(separator: "/") }

    /// Whether the repository is there.
    private var isCheckedOut: Bool { access("\(root)/.git", F_OK) == 0 }

    /// The paths of all regular files in the folder, relative to it; none if it holds too much to look through.
    private func allFiles() -> [[Substring]] {
        files.withLock { files in
            if let files { return files }
            let found = Self.files(in: root)
            files = found
            return found
        }
    }

    private static func files(in root: String) -> [[Substring]] {
        var found: [[Substring]] = []
        var folders: [[Substring]] = [[]]
        var left = mostEntries
        while let folder = folders.popLast() {
            let path = "\(root)/\(folder.joined(separator: "/"))"
            // A folder that cannot be looked into holds nothing that a checkout has put there.
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where name != ".git" {
                left -= 1
                guard left >= 0 else { return [] }
                var status = stat()
                guard lstat("\(path)/\(name)", &status) == 0 else { continue }
                switch status.st_mode & S_IFMT {
                case S_IFREG: found.append(folder + [name[...]])
                case S_IFDIR: folders.append(folder + [name[...]])
                default: break
                }
            }
        }
        return found
    }

    /// The names in a path, without those that lead nowhere.
    private static func parts(_ path: String) -> [Substring] {
        path.split(separator: "/").reduce(into: []) { parts, part in
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
        }
    }
}
