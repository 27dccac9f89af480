import Dispatch
import Glibc
import Synchronization

/// Turns the first SIGINT or SIGTERM into a call and lets the second one end the process at once.
final class SignalWatcher {
    private let sources: [any DispatchSourceSignal]

    /// Starts watching; from now on a broken pipe is an error of the write that meets it and no signal.
    init(onFirst handler: @escaping @Sendable (Int32) -> Void) {
        Self.ignoreBrokenPipes()
        let hasSeenOne = Once()
        sources = [SIGINT, SIGTERM].map { number in
            // The default action would end the process before the source sees the signal.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
            source.setEventHandler {
                if hasSeenOne.isFirst() { handler(number) } else { _exit(128 + number) }
            }
            source.resume()
            return source
        }
    }

    /// Makes a broken pipe an error of the write that meets it, for the whole process.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Waits for a first SIGINT or SIGTERM.
    static func firstSignal() async {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let watcher = SignalWatcher { continuation.yield($0) }
        for await _ in signals { break }
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
