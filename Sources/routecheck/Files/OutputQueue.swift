import Dispatch
import Synchronization

/// Writes in turn on a thread of its own.
///
/// A terminal that is held with Ctrl-S, a pager that has shown enough, or a pipe whose reader is busy takes no more for
/// any length of time. Checks in flight must not be timed meanwhile by a thread that waits for such a reader.
final class OutputQueue: Sendable {
    private let queue = DispatchQueue(label: "org.routecheck.output")
    private let waiting = Atomic<Int>(0)

    /// Whether all that has been handed over is written.
    var isIdle: Bool { waiting.load(ordering: .acquiring) == 0 }

    /// Hands over something to write; it is done behind all that was handed over before.
    func add(_ write: @escaping @Sendable () -> Void) {
        waiting.add(1, ordering: .relaxed)
        queue.async { [self] in
            write()
            waiting.subtract(1, ordering: .releasing)
        }
    }

    /// Waits until all is written, or for half a second once somebody is in a hurry: what is not written by then never
    /// is.
    func drain(isHurried: () -> Bool) {
        let group = DispatchGroup()
        queue.async(group: group) {}
        var turns = 5
        while turns > 0, group.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
            if isHurried() { turns -= 1 }
        }
    }
}
