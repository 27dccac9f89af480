import Checks
import JobFile
import Redaction
import SourceDiagnostics
import Synchronization

/// Reads and decodes the job files of a command; every problem of all of them is told in one go.
struct JobLoader {
    /// Decodes each file.
    var decoder: JobDecoder
    /// How problems are told.
    var format = DiagnosticFormat.text
    /// What is to be warned of in the command's other options, each a clause with what to do about it.
    var warnings: [(message: String, help: String)] = []

    /// The jobs, in the order given.
    ///
    /// - Throws: `CommandFailure` with the status of an invalid job, once the problems have been told.
    func load(_ paths: [String]) throws(CommandFailure) -> [Job] {
        var decodedJobs: [DecodedJob] = []
        var sources: [SourceText] = []
        var diagnostics: [Diagnostic] = []
        var unused = Set(decoder.variables.keys)
        var status = ExitStatus.invalidJob
        var secrets: Set<String> = []
        for path in paths {
            let name = path == "-" ? FileReader.standardInput : path
            do {
                // One byte more than the limit, so that the decoder can tell that a file is over it.
                let source = SourceText(name: name, bytes: try FileReader.bytes(of: path, limit: Self.sizeLimit + 1))
                sources.append(source)
                let decoded = try decoder.decode(source)
                decodedJobs.append(decoded)
                diagnostics += decoded.warnings
                unused.subtract(decoded.usedVariables)
            } catch let error as JobFileError {
                diagnostics += error.diagnostics
                secrets.formUnion(error.secrets)
                if error.isInternal { status = .internalError }
            } catch {
                let reason = (error as? SystemError)?.reason ?? "\(error)"
                let message = "cannot read the job file: \(reason)"
                diagnostics.append(Diagnostic(.error, message, file: name, position: nil))
            }
        }
        let jobs = decodedJobs.map(\.job)
        let conflicts = decoder.problems(among: decodedJobs)
        diagnostics += conflicts
        var isComplete = jobs.count == paths.count && conflicts.isEmpty
        // A file with errors may not have been read to the place where it uses a variable.
        if isComplete, let file = jobs.first?.file {
            let what = jobs.count == 1 ? "the job file uses" : "no job file uses"
            for name in unused.sorted() {
                let message = "\(what) \(jobs.count == 1 ? "no" : "a") variable \"\(name)\", which --var sets"
                diagnostics.append(Diagnostic(decoder.isStrict ? .error : .warning, message, file: file, position: nil))
            }
            if decoder.isStrict, !unused.isEmpty { isComplete = false }
        }
        if let file = paths.first {
            for (message, help) in warnings {
                diagnostics.append(
                    Diagnostic(
                        decoder.isStrict ? .error : .warning,
                        message,
                        file: file == "-" ? FileReader.standardInput : file,
                        position: nil,
                        help: help
                    )
                )
            }
            if decoder.isStrict, !warnings.isEmpty { isComplete = false }
        }
        try tell(diagnostics, of: sources, jobs, secrets)
        if let note = decoder.note(on: decodedJobs) { Terminal(.standardError).write("note: \(own: note)\n") }
        guard isComplete else { throw CommandFailure(status) }
        return jobs
    }

    /// The largest job file in bytes.
    static let sizeLimit = JobDecoder.fileSizeLimit

    private func tell(
        _ diagnostics: [Diagnostic],
        of sources: [SourceText],
        _ jobs: [Job],
        _ secrets: Set<String>
    ) throws(CommandFailure) {
        if diagnostics.isEmpty, format == .text { return }
        let environment = ServerEnvironment(decoder.environment)
        let credentials = [environment.token, environment.password].compactMap(\.self)
        let mask = DiagnosticMask(sources: sources, jobs: jobs, and: credentials, orLong: Array(secrets))
        switch format {
        case .json:
            try Terminal(.standardOutput).writeResult(rendered: mask.json(of: diagnostics).value)
        case .text:
            let terminal = Terminal(.standardError)
            terminal.write(rendered: mask.text(of: diagnostics, color: terminal.usesColor).value)
        }
    }
}

extension FileLoader {
    /// Reads the files that a job file names from the file system.
    ///
    /// - Parameters:
    ///   - reports: Where reports go; such a file is refused, because it would be gone after the run.
    ///   - names: Takes the paths of all files that job files name.
    static func system(besides reports: [String], noting names: NamedFiles) -> FileLoader {
        let taken = Set(reports.compactMap(FileIdentity.of))
        return FileLoader { path throws(FileLoadError) in
            // A job file that names "-" means a file: standard input may be the job file itself.
            let path = path == "-" ? "./-" : path
            names.add(path)
            if let identity = FileIdentity.of(path), taken.contains(identity) {
                throw FileLoadError(reason: "a report would overwrite it")
            }
            do throws(SystemError) {
                return try FileReader.bytes(of: path, limit: JobLoader.sizeLimit)
            } catch {
                throw FileLoadError(reason: error.reason)
            }
        }
    }
}

/// The files that job files name, also those that cannot be read.
final class NamedFiles: Sendable {
    private let state = Mutex<[String]>([])

    /// Their paths.
    var paths: [String] { state.withLock { $0 } }

    fileprivate func add(_ path: String) { state.withLock { $0.append(path) } }
}

/// How problems of a job file are reported.
enum DiagnosticFormat: String, CaseIterable {
    /// For people: with the line and a caret under the location.
    case text
    /// For editors and CI: a JSON array on standard output.
    case json
}
