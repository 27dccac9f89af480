import Dispatch
import Glibc
import Synchronization

/// Turns the first SIGHUP, SIGINT or SIGTERM into a call and lets the second one end the process at once.
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
        let isRegistered = DispatchSemaphore(value: 0)
        // A queue of its own has a thread however many others wait for disks, pipes and the network.
        let queue = DispatchQueue(label: "org.routecheck.signals", qos: .userInteractive)
        // What "nohup" had ignored stays ignored.
        sources = Self.signals.filter { $0 != SIGHUP || !Self.isIgnored($0) }.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if first.take(number) { handler(number) } else { _exit(128 + number) }
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

/// The number of the first signal.
final class FirstSignal: Sendable {
    private let value = Atomic<Int32>(0)

    /// The number, if a signal has come.
    var number: Int32? {
        let number = value.load(ordering: .acquiring)
        return number == 0 ? nil : number
    }

    /// Takes note of a signal; returns whether it is the first.
    func take(_ number: Int32) -> Bool {
        value.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged
    }
}
