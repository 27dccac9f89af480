import Glibc
import Synchronization

/// A pipe, a terminal, a device or a descriptor that a report goes to: whatever can make the writer wait.
///
/// It is opened without waiting, and written to in turn on a thread of a queue, so that neither the run nor its end
/// depends on a reader.
final class StreamTarget: Sendable {
    private struct State {
        /// What it is written to; -1 until it is open.
        var descriptor: Int32
        /// What kept something from being written; nothing is written after it.
        var failure: SystemError?
        /// How much has been handed over and is not written.
        var waiting = 0
        /// Until when a pipe without a reader waits for one; `nil` for as long as the run goes on.
        var patience: ContinuousClock.Instant?
    }

    /// How long a reader may take to come once all is there to be read.
    private static let grace = Duration.seconds(1)

    /// Where what is handed over is written in turn.
    let queue: OutputQueue
    private let name: String
    /// What is to be opened; `nil` for a descriptor that is open.
    private let path: String?
    private let isHurried: @Sendable () -> Bool
    private let state: Mutex<State>

    /// Prepares a target; nothing is opened before something is written.
    ///
    /// - Parameters:
    ///   - place: A descriptor, or else what the path leads to is opened.
    ///   - path: The path as it was given.
    ///   - output: What writes to standard output and standard error.
    ///   - isHurried: Whether somebody wants the command to end.
    init(_ place: ReportPlace, path: String, output: OutputQueue, isHurried: @escaping @Sendable () -> Bool) {
        self.isHurried = isHurried
        var descriptor: Int32 = -1
        if case .descriptor(let number) = place { descriptor = number }
        let stream = Terminal.Stream(rawValue: descriptor)
        queue = stream == nil ? OutputQueue() : output
        name = stream?.name ?? path
        self.path = descriptor < 0 ? path : nil
        state = Mutex(State(descriptor: descriptor))
    }

    deinit {
        if path != nil { state.withLock { state in _ = state.descriptor < 0 ? 0 : close(state.descriptor) } }
    }

    /// Hands over something to write, to a descriptor that the closure is given with what it is called in an error.
    func add(_ write: @escaping @Sendable (Int32, String) throws(SystemError) -> Void) {
        state.withLock { $0.waiting += 1 }
        queue.add { [self] in
            do throws(SystemError) {
                // What follows a gap would only hide it.
                if state.withLock({ $0.failure == nil }) { try write(try opened(), name) }
            } catch {
                state.withLock { $0.failure = error }
            }
            state.withLock { $0.waiting -= 1 }
        }
    }

    /// Says that all has been handed over, so that whoever is to read it must come soon.
    func end() {
        state.withLock { $0.patience = .now + Self.grace }
    }

    /// What kept something from being written, if something did; of what still waits for a reader, that it does.
    var problem: SystemError? {
        state.withLock { state in
            if state.failure != nil || state.waiting == 0 { return state.failure }
            return SystemError(
                path: name,
                number: EAGAIN,
                explanation: "not written completely, as its reader takes no more"
            )
        }
    }

    /// The descriptor, opened if it is not.
    private func opened() throws(SystemError) -> Int32 {
        let descriptor = state.withLock { $0.descriptor }
        guard let path else { return try Self.inherited(descriptor, name: name) }
        if descriptor >= 0 { return descriptor }
        while true {
            let opened = open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
            if opened >= 0 {
                state.withLock { $0.descriptor = opened }
                return opened
            }
            if errno == EINTR { continue }
            guard errno == ENXIO else { throw SystemError(path: path) }
            guard Self.isPipe(path) else {
                throw SystemError(path: path, number: ENXIO, explanation: "a socket or a device that cannot be opened")
            }
            let isOver = state.withLock { $0.patience.map { .now > $0 } ?? false }
            guard !isOver, !isHurried() else {
                throw SystemError(path: path, number: ENXIO, explanation: "no program reads from this pipe")
            }
            usleep(10_000)
        }
    }

    /// A descriptor that was open when the process started; any other is a file of its own and not meant.
    private static func inherited(_ descriptor: Int32, name: String) throws(SystemError) -> Int32 {
        if descriptor <= STDERR_FILENO { return descriptor }
        let flags = fcntl(descriptor, F_GETFD)
        guard flags >= 0, flags & FD_CLOEXEC == 0 else { throw SystemError(path: name, number: EBADF) }
        return descriptor
    }

    private static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }
}
