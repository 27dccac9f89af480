import Glibc
import Redaction
import Reports

/// Writes the reports a command asked for; one that fails does not keep the others from being written.
struct ReportWriter {
    /// Where a report goes.
    enum Destination: Sendable {
        /// The place that a path leads to, or standard output for `-`; what a file there holds is replaced.
        case place(String)
        /// The same place, but what a file holds stays, and it may have so many bytes in all.
        case end(String, limit: Int)
        case standardError
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
    /// Whether somebody wants the command to end, whoever reads its reports.
    var isHurried: @Sendable () -> Bool = { false }

    /// Reports on their way, some of which wait for a reader.
    struct Writing {
        fileprivate var errors: [SystemError] = []
        fileprivate var streams: [StreamTarget] = []

        /// What is to be waited for.
        var queues: [OutputQueue] { streams.map(\.queue) }

        /// What kept reports from being written, once all have been waited for.
        var failures: [SystemError] { errors + streams.compactMap(\.problem) }
    }

    /// Writes every report: to files at once, to anything else on the threads that wait for readers, to standard output
    /// and standard error in turn with the console.
    func write(_ report: RedactedReport) -> Writing {
        var writing = Writing()
        for target in targets {
            do throws(SystemError) {
                switch target.destination {
                case .standardError:
                    writing.streams.append(stream(.descriptor(STDERR_FILENO), "", report, target.renderer))
                case .place(let path), .end(let path, _):
                    switch try ReportPlace(of: path) {
                    case .file(let end): try write(report, target, to: end, name: path)
                    case let place: writing.streams.append(stream(place, path, report, target.renderer))
                    }
                }
            } catch {
                writing.errors.append(error)
            }
        }
        return writing
    }

    /// Hands a report over to whoever reads it.
    private func stream(
        _ place: ReportPlace,
        _ path: String,
        _ report: RedactedReport,
        _ renderer: any ReportRenderer
    ) -> StreamTarget {
        let stream = StreamTarget(place, path: path, output: output, isHurried: isHurried)
        stream.add { [redactor] descriptor, name throws(SystemError) in
            var sink = DescriptorSink(descriptor: descriptor, path: name)
            try redactor.render(report, with: renderer, into: &sink)
            try Descriptor.flush(descriptor, path: name)
        }
        stream.end()
        return stream
    }

    private func write(
        _ report: RedactedReport,
        _ target: Target,
        to path: String,
        name: String
    ) throws(SystemError) {
        guard case .end(_, let limit) = target.destination else {
            let file = try ReportFile(path, name: name)
            var sink = FileSink(file: file)
            try redactor.render(report, with: target.renderer, into: &sink)
            return try file.commit()
        }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SystemError(path: name) }
        defer { close(descriptor) }
        let used = FileReader.size(of: path)
        // Whoever wrote before may not have ended the line.
        let separator = Array((used > 0 ? "\n" : "").utf8)
        let bytes = redactor.bytes(of: report, with: target.renderer, within: limit - used - separator.count)
        guard !bytes.isEmpty else { return }
        try Descriptor.write(separator + bytes, to: descriptor, path: name)
        try Descriptor.flush(descriptor, path: name)
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
