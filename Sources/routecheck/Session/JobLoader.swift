import Checks
import JobFile
import SourceDiagnostics

/// Reads and decodes the job files of a command; every problem of all of them is told in one go.
struct JobLoader {
    /// What wins over the job files' `server`.
    var overrides: ServerOverrides
    /// The process's environment, for `${NAME}`.
    var environment: [String: String]

    /// The jobs, in the order given.
    ///
    /// - Throws: `CommandFailure` with the exit status of an invalid job, once the problems are on standard error.
    func load(_ paths: [String]) throws(CommandFailure) -> [Job] {
        var jobs: [Job] = []
        var sources: [SourceText] = []
        var diagnostics: [Diagnostic] = []
        for path in paths {
            do {
                let source = SourceText(name: path, bytes: try FileReader.bytes(of: path, limit: Self.sizeLimit + 1))
                sources.append(source)
                let decoded = try decoder.decode(source)
                jobs.append(decoded.job)
                diagnostics += decoded.warnings
            } catch let error as JobFileError {
                diagnostics += error.diagnostics
            } catch {
                diagnostics.append(Self.unreadable(path, error))
            }
        }
        let terminal = Terminal(.standardError)
        if !diagnostics.isEmpty {
            let printer = DiagnosticPrinter(sources: sources, color: terminal.usesColor)
            terminal.write(printer.render(diagnostics))
        }
        guard jobs.count == paths.count else { throw CommandFailure(.invalidJob) }
        return jobs
    }

    /// The largest job file in bytes.
    private static let sizeLimit = 32 << 20

    private var decoder: JobDecoder {
        JobDecoder(
            environment: environment,
            overrides: overrides,
            files: FileLoader { path throws(FileLoadError) in
                do throws(SystemError) {
                    return try FileReader.bytes(of: path, limit: Self.sizeLimit)
                } catch {
                    throw FileLoadError(reason: error.reason)
                }
            }
        )
    }

    private static func unreadable(_ path: String, _ error: any Error) -> Diagnostic {
        let reason = (error as? SystemError)?.reason ?? "\(error)"
        return Diagnostic(.error, "cannot read the job file: \(reason)", file: path, position: nil)
    }
}
