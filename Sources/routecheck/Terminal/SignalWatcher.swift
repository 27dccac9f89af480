import Dispatch
import Glibc
import Synchronization

/// Turns the first SIGINT or SIGTERM into a call and lets the second one end the process at once.
final class SignalWatcher {
    private let sources: [any DispatchSourceSignal]

    /// Starts watching; from now on a broken pipe is an error of the write that meets it and no signal.
    ///
    /// A signal that comes after the initialiser has returned is seen.
    init(onFirst handler: @escaping @Sendable (Int32) -> Void) {
        Self.ignoreBrokenPipes()
        let hasSeenOne = Once()
        let isRegistered = DispatchSemaphore(value: 0)
        // A queue of its own has a thread however many others wait for disks, pipes and the network.
        let queue = DispatchQueue(label: "org.routecheck.signals", qos: .userInteractive)
        sources = [SIGINT, SIGTERM].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if hasSeenOne.isFirst() { handler(number) } else { _exit(128 + number) }
            }
            // Until then a signal ends the process, as if it had come before. On Linux a source brings a handler of its
            // own, so that the signal's action must be left alone.
            source.setRegistrationHandler { isRegistered.signal() }
            source.resume()
            return source
        }
        for _ in sources { isRegistered.wait() }
    }

    /// Makes a broken pipe an error of the write that meets it, for the whole process.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Runs a closure, which can wait for the first SIGINT or SIGTERM since before it began.
    static func withFirstSignal(_ body: (_ signal: () async -> Void) async throws -> Void) async rethrows {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let watcher = SignalWatcher { continuation.yield($0) }
        try await body { for await _ in signals { break } }
        withExtendedLifetime(watcher) {}
    }
}

/// Tells the first caller from all others.
private final class Once: Sendable {
    private let hasBeenCalled = Atomic(false)

    func isFirst() -> Bool {
        !hasBeenCalled.exchange(true, ordering: .relaxed)
    }
}
