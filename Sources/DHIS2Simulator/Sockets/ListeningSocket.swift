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
    /// - Throws: ``PortError`` with the system's number; `EINVAL` for a port that is none and `EADDRNOTAVAIL` for a
    ///   host that is no address, because names are not looked up.
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

/// An IPv4 or IPv6 address with a port.
private struct SocketAddress {
    private var storage = sockaddr_storage()
    private var size = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// An address as it is written, such as `127.0.0.1` or `::1`; `nil` for anything else, names included.
    init?(host: String, port: UInt16) {
        var version4 = sockaddr_in()
        var version6 = sockaddr_in6()
        if inet_pton(AF_INET, host, &version4.sin_addr) == 1 {
            version4.sin_family = sa_family_t(AF_INET)
            version4.sin_port = port.bigEndian
            store(version4)
        } else if inet_pton(AF_INET6, host, &version6.sin6_addr) == 1 {
            version6.sin6_family = sa_family_t(AF_INET6)
            version6.sin6_port = port.bigEndian
            store(version6)
        } else {
            return nil
        }
    }

    /// The address that a socket is bound to; where there is none, `errno` says why.
    init?(of descriptor: Int32) {
        let status = withUnsafeMutableBytes(of: &storage) { bytes in
            getsockname(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
        }
        guard status == 0 else { return nil }
    }

    private mutating func store<Address>(_ address: Address) {
        withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: Address.self) }
        size = socklen_t(MemoryLayout<Address>.size)
    }

    var family: Int32 { Int32(storage.ss_family) }

    var port: UInt16 {
        withUnsafeBytes(of: storage) { bytes in
            UInt16(bigEndian: bytes.load(as: sockaddr_in.self).sin_port)
        }
    }

    /// Lends the address in the form that system calls take.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }
}

/// A port that cannot be listened on.
package struct PortError: Error, Hashable {
    /// The number that the system gave.
    package let number: Int32

    /// The system's own words, such as `Address already in use`.
    package var reason: String { String(cString: strerror(number)) }
}
