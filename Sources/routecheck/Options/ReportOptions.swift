import ArgumentParser
import Glibc
import Reports

/// Which reports are written, and where to.
struct ReportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write JUnit XML; - is standard output.", valueName: "file"))
    var reportJunit: String?

    @Option(help: ArgumentHelp("Write JSON; - is standard output.", valueName: "file"))
    var reportJson: String?

    /// The reports that were asked for, in the order of the options.
    var targets: [ReportWriter.Target] {
        [
            reportJunit.map { ReportWriter.Target(renderer: JUnitRenderer(), path: $0) },
            reportJson.map { ReportWriter.Target(renderer: JSONRenderer(), path: $0) },
        ].compactMap(\.self)
    }

    /// Whether no report was asked for.
    var isEmpty: Bool { targets.isEmpty }

    /// The files that the reports go to.
    var paths: [String] { targets.map(\.path).filter { $0 != "-" } }

    mutating func validate() throws {
        if targets.filter({ $0.path == "-" }).count > 1 {
            throw ValidationError("Only one report can go to standard output.")
        }
        if let twice = paths.first(where: { path in paths.filter { $0 == path }.count > 1 }) {
            throw ValidationError("Two reports cannot go to the same file, \(twice).")
        }
    }
}

extension ReportOptions {
    /// The usual reports, in a new folder for temporary files.
    init(inNewFolderNamed name: String) throws {
        self.init()
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError(path: base) }
        let folder = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? base
        }
        reportJunit = "\(folder)/junit.xml"
        reportJson = "\(folder)/report.json"
    }
}
