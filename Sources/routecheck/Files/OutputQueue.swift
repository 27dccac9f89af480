import Dispatch
import Glibc
import Synchronization

/// Writes in turn on a thread of its own.
///
/// A terminal that is held with Ctrl-S, a pager that has shown enough, or a pipe whose reader is busy takes no more for
/// any length of time. Checks in flight must not be timed meanwhile by a thread that waits for such a reader.
final class OutputQueue: Sendable {
    private let queue = DispatchQueue(label: "org.routecheck.output")
    private let waiting = Atomic<Int>(0)
    private let firstLoss = Mutex<SystemError?>(nil)

    /// Whether all that has been handed over is written.
    var isIdle: Bool { waiting.load(ordering: .acquiring) == 0 }

    /// What kept text of ``show(_:on:)`` from being written, if something did.
    var loss: SystemError? { firstLoss.withLock { $0 } }

    /// Hands over something to write; it is done behind all that was handed over before.
    func add(_ write: @escaping @Sendable () -> Void) {
        waiting.add(1, ordering: .relaxed)
        queue.async { [self] in
            write()
            waiting.subtract(1, ordering: .releasing)
        }
    }

    /// Hands over a part of what the command shows.
    ///
    /// A reader that has gone away is no reason to give up: the reports are still to be written.
    ///
    /// - Parameter text: What a renderer has made of redacted values, or what holds no value of a job or a run.
    func show(_ text: String, on terminal: Terminal) {
        add { [self] in
            // A terminal that was closed has taken its reader along; the same number from a disk is a loss.
            guard let error = terminal.write(rendered: text), !(terminal.isTerminal && error.number == EIO) else {
                return
            }
            firstLoss.withLock { $0 = $0 ?? error }
        }
    }

    /// Hands over a sentence for standard error.
    func tell(_ message: Message) {
        add { Terminal(.standardError).write(message) }
    }

    /// Waits until all that some queues were given is written, or for so long once somebody is in a hurry: what is not
    /// written by then never is.
    static func drain(_ queues: [OutputQueue], hurriedFor bound: Duration = .milliseconds(300), isHurried: () -> Bool) {
        let group = DispatchGroup()
        for queue in queues { queue.queue.async(group: group) {} }
        let turn = Duration.milliseconds(50)
        var left = bound
        while left > .zero, group.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
            if isHurried() { left -= turn }
        }
    }
}
