internal import CLibcurl
internal import DHIS2
internal import Glibc

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
