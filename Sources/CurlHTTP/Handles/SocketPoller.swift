internal import CLibcurl
internal import DHIS2
internal import Glibc

/// Watches the sockets that libcurl wants watched, with epoll.
///
/// libcurl asks anew for each transfer, although the connection is the same. The kernel is told only when the wish
/// differs from what it knows, which saves two system calls a request on a reused connection.
final class SocketPoller {
    /// What libcurl wants to know of a descriptor and what the kernel has been told.
    private struct Interest {
        var wanted: UInt32 = 0
        var watched: UInt32 = 0
        /// Whether the poller opened the socket and so will see it closed.
        var isOwned = false
        /// Counts the sockets that had this descriptor: an event of an earlier one says nothing of this one.
        var generation: UInt32 = 0
    }

    private static let capacity = 256

    private let epoll: CInt
    private let wakeup: WakeupDescriptor
    private let events: UnsafeMutableBufferPointer<epoll_event>
    /// Indexed by descriptor: the kernel hands out the lowest free number, so this stays short.
    private var interests: [Interest] = []

    init(wakeup: WakeupDescriptor) throws(TransportError) {
        self.wakeup = wakeup
        epoll = epoll_create1(CInt(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw .unavailable("no epoll descriptor could be made", errorNumber: errno) }
        events = .allocate(capacity: Self.capacity)
        tellKernel(wakeup.descriptor, EPOLLIN.rawValue)
    }

    deinit {
        Glibc.close(epoll)
        events.deallocate()
    }

    /// Opens a socket for libcurl.
    func open(family: CInt, type: CInt, protocol: CInt) -> CInt {
        let descriptor = socket(family, type | CInt(SOCK_CLOEXEC.rawValue), `protocol`)
        if descriptor >= 0 { renew(descriptor, isOwned: true) }
        return descriptor
    }

    /// Whether the system would open a socket now.
    var canOpen: Bool {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        Glibc.close(descriptor)
        return true
    }

    /// Closes a socket that ``open(family:type:protocol:)`` opened; the kernel then forgets it by itself.
    func close(_ descriptor: CInt) -> CInt {
        renew(descriptor, isOwned: false)
        return Glibc.close(descriptor)
    }

    /// Notes which events libcurl wants to know of.
    func watch(_ descriptor: CInt, _ wanted: UInt32) {
        var interest = interest(in: descriptor)
        interest.wanted = wanted
        // An unwanted socket of our own stays watched: the next transfer on its connection will want it again. Of
        // others, such as a resolver's, nobody says when they are closed, so the kernel is told each time.
        if !interest.isOwned || (wanted != 0 && wanted != interest.watched) {
            tellKernel(descriptor, wanted)
            interest.watched = wanted
        }
        set(interest, of: descriptor)
    }

    /// Waits for events, at most so many milliseconds (-1: without end).
    ///
    /// - Returns: Whether the wake-up was signalled.
    func wait(milliseconds: CInt, _ receive: (_ descriptor: CInt, _ events: UInt32) -> Void) -> Bool {
        let count = epoll_wait(epoll, events.baseAddress, CInt(Self.capacity), milliseconds)
        var isWokenUp = false
        // A negative count is an interruption by a signal: nothing happened.
        for index in 0..<max(0, Int(count)) {
            let event = events[index]
            let descriptor = CInt(truncatingIfNeeded: event.data.u64)
            let interest = interest(in: descriptor)
            if descriptor == wakeup.descriptor {
                wakeup.reset()
                isWokenUp = true
            } else if interest.generation != UInt32(truncatingIfNeeded: event.data.u64 >> 32) {
                // An event before this one made libcurl close the socket, and open another with the same number.
                continue
            } else if interest.wanted == 0 {
                ignore(descriptor)
            } else {
                receive(descriptor, event.events)
            }
        }
        return isWokenUp
    }

    /// Stops watching an idle connection that became readable, because the server closed it.
    private func ignore(_ descriptor: CInt) {
        var interest = interest(in: descriptor)
        guard interest.watched != 0 else { return }
        tellKernel(descriptor, 0)
        interest.watched = 0
        set(interest, of: descriptor)
    }

    private func tellKernel(_ descriptor: CInt, _ wanted: UInt32) {
        let generation = UInt64(interest(in: descriptor).generation)
        var event = epoll_event(
            events: wanted,
            data: epoll_data_t(u64: generation << 32 | UInt64(UInt32(bitPattern: descriptor)))
        )
        if wanted == 0 {
            // Fails only if the kernel has forgotten the descriptor already.
            _ = epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event)
        } else if epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) != 0 {
            // Not known yet. Fails only for lack of memory; the transfer then ends with its time-out.
            _ = epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
        }
    }

    /// Forgets what was known of a descriptor, as another socket has it from now on, or none.
    private func renew(_ descriptor: CInt, isOwned: Bool) {
        set(Interest(isOwned: isOwned, generation: interest(in: descriptor).generation &+ 1), of: descriptor)
    }

    private func interest(in descriptor: CInt) -> Interest {
        let index = Int(descriptor)
        return index < interests.count ? interests[index] : Interest()
    }

    private func set(_ interest: Interest, of descriptor: CInt) {
        let index = Int(descriptor)
        if index >= interests.count {
            interests.append(contentsOf: repeatElement(Interest(), count: index + 1 - interests.count))
        }
        interests[index] = interest
    }
}

/// An event counter of the kernel (eventfd) that makes a waiting loop return.
final class WakeupDescriptor: Sendable {
    let descriptor: CInt

    init() throws(TransportError) {
        descriptor = eventfd(0, CInt(EFD_CLOEXEC) | CInt(EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .unavailable("no wake-up descriptor could be made", errorNumber: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Makes the current or the next wait return.
    func signal() {
        // The only failure of a valid descriptor is a full counter, and then the loop is awake.
        _ = eventfd_write(descriptor, 1)
    }

    /// Makes the next wait wait again.
    func reset() {
        var count: eventfd_t = 0
        // Fails only if nothing was signalled.
        _ = eventfd_read(descriptor, &count)
    }
}
