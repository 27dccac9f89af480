import Dispatch
import Glibc
import Synchronization

/// Turns the first SIGHUP, SIGINT or SIGTERM into a call, and ends the process at once if another one comes a good while
/// later.
///
/// Who wants a process to end often sends two signals at once: `timeout` signals its command and then the command's whole
/// process group, systemd can send SIGHUP right behind SIGTERM, and a terminal that closes has its shell send SIGHUP too.
/// The system does not tell in which order it has got signals that wait together; then SIGTERM counts.
final class SignalWatcher {
    /// The signals that ask a command to end.
    static let signals = [SIGHUP, SIGINT, SIGTERM]

    private let sources: [any DispatchSourceSignal]
    /// The first of them that has come since it was created.
    let first = FirstSignal()

    /// Starts watching; from now on a broken pipe is an error of the write that meets it and no signal.
    ///
    /// A signal that comes after the initialiser has returned is seen.
    init(onFirst handler: @escaping @Sendable (Int32) -> Void) {
        Self.ignoreBrokenPipes()
        let first = first
        let start = ContinuousClock.now
        let isRegistered = DispatchSemaphore(value: 0)
        // A queue of its own has a thread however many others wait for disks, pipes and the network.
        let queue = DispatchQueue(label: "org.routecheck.signals", qos: .userInteractive)
        // What "nohup" had ignored stays ignored.
        sources = Self.signals.filter { $0 != SIGHUP || !Self.isIgnored($0) }.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                switch first.take(number, at: .now - start) {
                case .end: handler(number)
                case .wait: break
                case .endAtOnce(let first): _exit(ExitStatus.interrupted(signal: first).code)
                }
            }
            // Until then a signal ends the process, as if it had come before. On Linux a source brings a handler of its
            // own, so that the signal's action must be left alone.
            source.setRegistrationHandler { isRegistered.signal() }
            source.resume()
            return source
        }
        for _ in sources { isRegistered.wait() }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Makes a broken pipe an error of the write that meets it, for the whole process.
    static func ignoreBrokenPipes() {
        Glibc.signal(SIGPIPE, SIG_IGN)
    }

    /// Makes a file that grows beyond the process's limit (`ulimit -f`) an error of the write that meets it, as a full disk
    /// is, for the whole process.
    static func ignoreFileSizeLimit() {
        Glibc.signal(SIGXFSZ, SIG_IGN)
    }

    /// Runs a closure, which can wait for the first SIGHUP, SIGINT or SIGTERM since before it began.
    static func withFirstSignal(_ body: (_ signal: () async -> Void) async throws -> Void) async rethrows {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let watcher = SignalWatcher { continuation.yield($0) }
        try await body { for await _ in signals { break } }
        withExtendedLifetime(watcher) {}
    }
}

/// The first signal, and what those that follow it ask for.
final class FirstSignal: Sendable {
    /// What is to be done about a signal.
    enum Answer: Hashable {
        /// It is the first: the command begins to end.
        case end
        /// It belongs to the first, and the command ends already.
        case wait
        /// Somebody has waited for that long enough: the process ends, as the first signal asked, with nothing more done.
        case endAtOnce(first: Int32)
    }

    /// How long a command has to end; a signal that comes earlier after the first one asks for nothing more.
    static let patience = Duration.seconds(1)

    private let value = Mutex<(number: Int32, moment: Duration)?>(nil)

    /// The number, if a signal has come.
    var number: Int32? { value.withLock { $0?.number } }

    /// Takes note of a signal.
    ///
    /// - Parameter moment: When it came, since any moment that is the same for all signals.
    func take(_ number: Int32, at moment: Duration) -> Answer {
        value.withLock { value in
            guard let first = value else {
                value = (number, moment)
                return .end
            }
            return moment - first.moment < Self.patience ? .wait : .endAtOnce(first: first.number)
        }
    }
}
