import CSockets

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What one thread waits for, beside a socket, and any other can cause.
///
/// It remembers: a thread that comes to wait after ``wake()`` does not wait.
final class Wakeup: Sendable {
    private let descriptor: Int32

    /// - Throws: ``PortError`` when the process has no descriptor left.
    init() throws(PortError) {
        descriptor = csockets_event()
        guard descriptor >= 0 else { throw PortError(number: errno) }
    }

    deinit { close(descriptor) }

    /// Ends the wait that there is, or the next.
    func wake() {
        var one: UInt64 = 1
        // It fails only where 2^64 - 1 calls before it still wait to be noticed.
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Waits for ``wake()``, for something to read from a socket, or for a deadline.
    func wait(orInputOf socket: Int32? = nil, until deadline: ContinuousClock.Instant? = nil) {
        var entries = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        if let socket { entries.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
        guard Poll.wait(&entries, until: deadline), entries[0].revents != 0 else { return }
        var count: UInt64 = 0
        // Only this thread reads, so there is something to read.
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
