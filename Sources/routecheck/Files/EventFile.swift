import Checks
import FoundationEssentials
import Glibc
import Redaction
import Reports
import RouteChecks
import Runner
import Synchronization

/// The stream of a run's events on its way to disk: each event is written at once, so that a killed run leaves all of
/// them behind.
final class EventFile: Sendable {
    private struct State {
        var stream = EventStream()
        /// What kept an event from being written; nothing is written after it.
        var failure: SystemError?
    }

    private let path: String
    private let descriptor: Int32
    /// What writes where a reader can make the writer wait; `nil` for a file, to which events are written at once.
    private let output: OutputQueue?
    private let redactor: Redactor
    private let state = Mutex(State())

    /// Opens the file, emptying it if it is there; `-` is standard output.
    ///
    /// - Parameter output: What writes to a pipe or a terminal.
    init(path: String, by output: OutputQueue, redactor: Redactor) throws(SystemError) {
        self.redactor = redactor
        guard path != "-" else {
            self.path = "standard output"
            descriptor = STDOUT_FILENO
            self.output = Self.isFile(descriptor) ? nil : output
            return
        }
        self.path = path
        ReportFile.makeFolders(for: path)
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SystemError(path: path) }
        self.output = Self.isFile(descriptor) ? nil : output
    }

    /// A file that was to be opened, or what kept it from that; the run goes on without it.
    struct Opening {
        /// The file, if a path was given and it could be opened.
        var file: EventFile?
        /// Why it could not.
        var problem: SystemError?

        init(_ path: String?, by output: OutputQueue, redactor: Redactor) {
            do throws(SystemError) {
                file = try path.map { path throws(SystemError) in
                    try EventFile(path: path, by: output, redactor: redactor)
                }
            } catch {
                problem = error
            }
        }
    }

    deinit {
        if descriptor != STDOUT_FILENO { close(descriptor) }
    }

    /// What kept an event from being written, if something did.
    var failure: SystemError? { state.withLock { $0.failure } }

    /// Writes that a run begins, and every check of its plans.
    ///
    /// The suites go to the file together with the line that announces them, so that hardly a kill comes between.
    func begin(_ plans: [RunPlan], startedAt: Date) {
        state.withLock { state in
            let first = plans.first
            var lines = state.stream.firstLine(
                toolVersion: Version.current,
                startedAt: startedAt,
                shard: first?.shard,
                seed: first?.seed,
                repeats: first?.repeats ?? 1,
                suites: plans.count
            )
            for (number, plan) in plans.enumerated() {
                let suite = redactor.redact(plan.blankReport(startedAt: startedAt))
                lines += state.stream.line(planning: suite, number: number)
            }
            for (number, plan) in plans.enumerated() {
                for entry in plan.entries {
                    if lines.count > 1 << 16 {
                        write(lines, &state)
                        lines.removeAll(keepingCapacity: true)
                    }
                    lines += state.stream.line(planning: redactor.redact(plan.blankResult(of: entry)), suite: number)
                }
            }
            write(lines, &state)
        }
    }

    /// Writes an event.
    func write(_ event: RunEvent) {
        let event = redactor.redact(event)
        state.withLock { state in
            let lines = state.stream.lines(for: event)
            write(lines, &state)
        }
    }

    /// Writes that the run came to its end.
    func end(_ report: RunReport) {
        state.withLock { state in
            write(
                state.stream.lastLine(duration: report.duration, ending: report.ending, verdict: report.verdict),
                &state
            )
        }
    }

    private func write(_ lines: [UInt8], _ state: inout State) {
        guard state.failure == nil else { return }
        var sink = RedactingSink(MemorySink(), redactor: redactor, syntax: .json)
        sink.write(lines)
        sink.finish()
        let bytes = sink.base.bytes
        guard let output else {
            state.failure = Self.failure(toWrite: bytes, to: descriptor, path: path)
            return
        }
        output.add { [self] in
            guard failure == nil, let error = Self.failure(toWrite: bytes, to: descriptor, path: path) else { return }
            self.state.withLock { $0.failure = error }
        }
    }

    private static func failure(toWrite bytes: [UInt8], to descriptor: Int32, path: String) -> SystemError? {
        do throws(SystemError) {
            try Descriptor.write(bytes, to: descriptor, path: path)
            return nil
        } catch {
            return error
        }
    }

    private static func isFile(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
