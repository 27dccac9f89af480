import Glibc
import Reports

/// Writes the reports a command asked for; one that fails does not keep the others from being written.
struct ReportWriter {
    /// A report and where it goes; `-` is standard output.
    struct Target {
        var renderer: any ReportRenderer
        var path: String
        /// Whether the report is added to what the file holds already.
        var appends = false
    }

    var targets: [Target]
    var redactor: Redactor

    /// Writes every report; returns what kept some of them from being written.
    func write(_ report: RedactedReport) -> [SystemError] {
        targets.compactMap { target in
            do throws(SystemError) {
                try write(target, report)
                return nil
            } catch {
                return error
            }
        }
    }

    private func write(_ target: Target, _ report: RedactedReport) throws(SystemError) {
        if target.path == "-" {
            var sink = DescriptorSink(descriptor: STDOUT_FILENO, path: "standard output")
            try redactor.render(report, with: target.renderer, into: &sink)
        } else if target.appends {
            let descriptor = open(target.path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw SystemError(path: target.path) }
            defer { close(descriptor) }
            var sink = DescriptorSink(descriptor: descriptor, path: target.path)
            try redactor.render(report, with: target.renderer, into: &sink)
        } else {
            let file = try ReportFile(target: target.path)
            var sink = FileSink(file: file)
            try redactor.render(report, with: target.renderer, into: &sink)
            try file.commit()
        }
    }
}
