import CSockets
import Glibc

/// Something that any thread can cause and others wait for.
///
/// It stays set until it is cleared.
final class Event: Sendable {
    /// Has something to read while the event is set.
    let descriptor: Int32

    /// - Throws: ``PortError`` when the process has no descriptor left.
    init() throws(PortError) {
        descriptor = csockets_event()
        guard descriptor >= 0 else { throw PortError(number: errno) }
    }

    deinit { close(descriptor) }

    func set() {
        var one: UInt64 = 1
        // It fails only after 2^64 - 2 calls without a clear, and then the event is set already.
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    func clear() {
        var count: UInt64 = 0
        // It fails only where the event is not set.
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
    }

    /// Waits for the event, which it clears, for something to read from a socket, or for a deadline.
    func wait(orInputOf socket: Int32? = nil, until deadline: ContinuousClock.Instant? = nil) {
        var entries = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
        if let socket { entries.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
        if Poll.wait(&entries, until: deadline), entries[0].revents != 0 { clear() }
    }
}

/// Waiting for events of descriptors until a moment.
enum Poll {
    /// Waits until one of the events is there, or until the deadline; without a deadline as long as it takes.
    ///
    /// - Returns: Whether there is an event. The entries say which.
    static func wait(_ entries: inout [pollfd], until deadline: ContinuousClock.Instant?) -> Bool {
        while true {
            var timeout = timespec()
            if let deadline {
                let rest = max(ContinuousClock.now.duration(to: deadline), .zero).components
                timeout.tv_sec = Int(rest.seconds)
                timeout.tv_nsec = Int(rest.attoseconds / 1_000_000_000)
            }
            let count = withUnsafePointer(to: &timeout) { timeout in
                csockets_poll(&entries, nfds_t(entries.count), deadline == nil ? nil : timeout)
            }
            if count >= 0 { return count > 0 }
            // Other errors mean invalid arguments, which these are not. "No event" is the safe answer.
            guard errno == EINTR else { return false }
        }
    }
}
