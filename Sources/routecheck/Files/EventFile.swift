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

    /// Where the events go.
    private enum Sink {
        /// To an open file, at once.
        case file(Int32, String)
        /// To a reader who can make the writer wait.
        case stream(StreamTarget)
    }

    private let sink: Sink
    private let redactor: Redactor
    private let state = Mutex(State())

    /// Opens the file, emptying it if it is there; `-` is standard output.
    ///
    /// - Parameters:
    ///   - output: What writes to standard output and standard error.
    ///   - isHurried: Whether somebody wants the run to end.
    init(
        path: String,
        by output: OutputQueue,
        redactor: Redactor,
        isHurried: @escaping @Sendable () -> Bool
    ) throws(SystemError) {
        self.redactor = redactor
        switch try ReportPlace(of: path) {
        case .file(let target):
            ReportFile.makeFolders(for: target)
            let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NONBLOCK | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw SystemError(path: path) }
            sink = .file(descriptor, path)
        case .descriptor(let number) where Self.isFile(number):
            let name = Terminal.Stream(rawValue: number)?.name ?? path
            let descriptor = fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
            guard descriptor >= 0 else { throw SystemError(path: name) }
            sink = .file(descriptor, name)
        case let place:
            sink = .stream(StreamTarget(place, path: path, output: output, isHurried: isHurried))
        }
    }

    /// A file that was to be opened, or what kept it from that; the run goes on without it.
    struct Opening {
        /// The file, if a path was given and it could be opened.
        var file: EventFile?
        /// Why it could not.
        var problem: SystemError?

        init(
            _ path: String?,
            by output: OutputQueue,
            redactor: Redactor,
            isHurried: @escaping @Sendable () -> Bool
        ) {
            do throws(SystemError) {
                file = try path.map { path throws(SystemError) in
                    try EventFile(path: path, by: output, redactor: redactor, isHurried: isHurried)
                }
            } catch {
                problem = error
            }
        }
    }

    deinit {
        if case .file(let descriptor, _) = sink { close(descriptor) }
    }

    /// What kept an event from being written, if something did.
    var failure: SystemError? {
        switch sink {
        case .file: state.withLock { $0.failure }
        case .stream(let target): target.problem
        }
    }

    /// What is to be waited for, so that all events are written.
    var queues: [OutputQueue] {
        switch sink {
        case .file: []
        case .stream(let target): [target.queue]
        }
    }

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
        if case .stream(let target) = sink { target.end() }
    }

    private func write(_ lines: [UInt8], _ state: inout State) {
        guard state.failure == nil else { return }
        var memory = RedactingSink(MemorySink(), redactor: redactor, syntax: .json)
        memory.write(lines)
        memory.finish()
        let bytes = memory.base.bytes
        switch sink {
        case .file(let descriptor, let name):
            do throws(SystemError) {
                try Descriptor.write(bytes, to: descriptor, path: name)
            } catch {
                state.failure = error
            }
        case .stream(let target):
            target.add { descriptor, name throws(SystemError) in
                try Descriptor.write(bytes, to: descriptor, path: name)
            }
        }
    }

    private static func isFile(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
