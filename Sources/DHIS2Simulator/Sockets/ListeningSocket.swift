import CSockets
import Glibc

/// A listening socket.
///
/// Its owner has to close it.
struct ListeningSocket: Sendable {
    /// The result of asking for the next connection.
    enum Acceptance: Sendable, Equatable {
        /// A connection, by its descriptor.
        case accepted(Int32)
        /// No connection waits.
        case nothing
        /// The call was interrupted, or this connection failed before it was accepted. The next may be sound.
        case again
        /// Nothing can be accepted for now, e.g. because the process has no descriptor left.
        case exhausted

        /// Classifies the error number of a failed `accept`.
        ///
        /// Linux reports network errors that are pending on the new connection as failures of the call (accept(2)). Any
        /// other failure may last, so that trying again at once could go on for ever.
        init(failure: Int32) {
            self =
                switch failure {
                case EAGAIN, EWOULDBLOCK: .nothing
                case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, EOPNOTSUPP,
                    ENETUNREACH:
                    .again
                default: .exhausted
                }
        }
    }

    let descriptor: Int32
    /// The port, also where the kernel picked it.
    let port: Int

    /// How many connections may wait to be accepted; the kernel's `net.core.somaxconn` may allow fewer.
    private static let backlog: Int32 = 4096

    /// Listens on a port of an IPv4 or IPv6 address.
    ///
    /// - Parameter port: The port, or 0 for one that the kernel picks.
    /// - Throws: ``PortError`` with the system's number; `EINVAL` for a port that is none and `EADDRNOTAVAIL` for a host
    ///   that is no address, because names are not looked up.
    static func open(host: String, port: Int) throws(PortError) -> ListeningSocket {
        guard let port = UInt16(exactly: port) else { throw PortError(number: EINVAL) }
        guard let address = SocketAddress(host: host, port: port) else { throw PortError(number: EADDRNOTAVAIL) }
        let descriptor = socket(
            address.family,
            Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue),
            0
        )
        guard descriptor >= 0 else { throw PortError(number: errno) }
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, size)
        // Accepted sockets inherit the following options.
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, size)
        // Otherwise an urgent byte would be missing from the stream (tcp(7)).
        setsockopt(descriptor, SOL_SOCKET, SO_OOBINLINE, &one, size)
        let isBound = address.withPointer { bind(descriptor, $0, $1) == 0 } && listen(descriptor, backlog) == 0
        guard isBound, let bound = SocketAddress(of: descriptor) else {
            let number = errno
            Self.close(descriptor)
            throw PortError(number: number)
        }
        return ListeningSocket(descriptor: descriptor, port: Int(bound.port))
    }

    /// Accepts the next connection, if there is one.
    ///
    /// Its socket is a blocking one.
    func accept() -> Acceptance {
        let accepted = csockets_accept(descriptor)
        return accepted >= 0 ? .accepted(accepted) : Acceptance(failure: errno)
    }

    /// Stops listening; the port then refuses connections.
    func close() { Self.close(descriptor) }

    private static func close(_ descriptor: Int32) {
        Glibc.close(descriptor)
    }
}
