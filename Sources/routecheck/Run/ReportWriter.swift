import Glibc
import Redaction
import Reports
import Synchronization

/// Writes the reports a command asked for; one that fails does not keep the others from being written.
struct ReportWriter {
    /// Where a report goes.
    enum Destination: Sendable {
        case standardOutput
        case standardError
        /// A file, written beside its place and renamed once it is whole.
        case file(String)
        /// The end of a file that may have so many bytes in all.
        case endOfFile(String, limit: Int)

        /// The destination that an option names: a path, or `-` for standard output.
        init(_ path: String) { self = path == "-" ? .standardOutput : .file(path) }
    }

    /// A report and where it goes.
    struct Target: Sendable {
        var renderer: any ReportRenderer
        var destination: Destination
    }

    var targets: [Target]
    var redactor: Redactor
    /// What writes to standard output and standard error, behind what the console says there.
    var output: OutputQueue

    /// What kept some of the reports from being written.
    final class Failures: Sendable {
        private let errors = Mutex<[SystemError]>([])

        fileprivate func add(_ error: SystemError) { errors.withLock { $0.append(error) } }

        /// All of them, once the output has been drained.
        var all: [SystemError] { errors.withLock { $0 } }
    }

    /// Writes every report: to files at once, to standard output and standard error in turn with the console.
    func write(_ report: RedactedReport) -> Failures {
        let failures = Failures()
        for target in targets {
            let write: @Sendable () -> Void = { [redactor] in
                do throws(SystemError) {
                    try Self.write(target, report, redactor)
                } catch {
                    failures.add(error)
                }
            }
            switch target.destination {
            case .standardOutput, .standardError: output.add(write)
            case .file, .endOfFile: write()
            }
        }
        return failures
    }

    private static func write(
        _ target: Target,
        _ report: RedactedReport,
        _ redactor: Redactor
    ) throws(SystemError) {
        switch target.destination {
        case .standardOutput:
            var sink = DescriptorSink(descriptor: STDOUT_FILENO, path: "standard output")
            try redactor.render(report, with: target.renderer, into: &sink)
        case .standardError:
            var sink = DescriptorSink(descriptor: STDERR_FILENO, path: "standard error")
            try redactor.render(report, with: target.renderer, into: &sink)
        case .endOfFile(let path, let limit):
            let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw SystemError(path: path) }
            defer { close(descriptor) }
            let used = FileReader.size(of: path)
            // Whoever wrote before may not have ended the line.
            let separator = Array((used > 0 ? "\n" : "").utf8)
            let room = limit - used - separator.count
            let bytes = redactor.bytes(of: report, with: target.renderer, within: room)
            if !bytes.isEmpty { try Descriptor.write(separator + bytes, to: descriptor, path: path) }
        case .file(let path):
            let file = try ReportFile(target: path)
            var sink = FileSink(file: file)
            try redactor.render(report, with: target.renderer, into: &sink)
            try file.commit()
        }
    }
}

/// Takes a report into a file.
private struct FileSink: ReportSink {
    let file: ReportFile

    mutating func write(_ bytes: [UInt8]) throws(SystemError) {
        try file.write(bytes)
    }
}

/// Takes a report to an open descriptor.
private struct DescriptorSink: ReportSink {
    let descriptor: Int32
    let path: String

    mutating func write(_ bytes: [UInt8]) throws(SystemError) {
        try Descriptor.write(bytes, to: descriptor, path: path)
    }
}
