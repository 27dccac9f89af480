import DHIS2Simulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A client's socket, for what ``RawConnection`` does not do: IPv6, half-closed and broken connections.
final class SocketClient {
    private(set) var descriptor: Int32

    struct Failure: Error, Equatable {
        let code: Int32
    }

    /// Connects to a loopback address.
    init(host: String = "127.0.0.1", port: Int) throws {
        let isVersion6 = host.contains(":")
        descriptor = socket(isVersion6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        // A test that would wait for ever fails instead.
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        // Each write is to be seen on the other side at once.
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        let status = isVersion6 ? Self.connect6(descriptor, host, port) : Self.connect4(descriptor, host, port)
        guard status == 0 else { throw Failure(code: errno) }
    }

    deinit { end() }

    private static func connect4(_ descriptor: Int32, _ host: String, _ port: Int) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        return connect(descriptor, address)
    }

    private static func connect6(_ descriptor: Int32, _ host: String, _ port: Int) -> Int32 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = in_port_t(UInt16(port)).bigEndian
        inet_pton(AF_INET6, host, &address.sin6_addr)
        return connect(descriptor, address)
    }

    private static func connect<Address>(_ descriptor: Int32, _ address: Address) -> Int32 {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                #if canImport(Glibc)
                Glibc.connect(descriptor, pointer, socklen_t(MemoryLayout<Address>.size))
                #elseif canImport(Musl)
                Musl.connect(descriptor, pointer, socklen_t(MemoryLayout<Address>.size))
                #endif
            }
        }
    }

    /// The client's port of an IPv4 connection.
    var port: UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutableBytes(of: &address) { bytes in
            getsockname(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Sends all of a text; `false` when the server takes no more.
    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Sends a byte that overtakes others where the server asks for it (`MSG_OOB`).
    func writeUrgently(_ byte: UInt8) -> Bool {
        withUnsafePointer(to: byte) { send(descriptor, $0, 1, Int32(MSG_OOB) | Int32(MSG_NOSIGNAL)) == 1 }
    }

    /// Makes a write wait for the server to read, which otherwise the kernel's buffer would take.
    func limitSendBuffer() {
        var size: Int32 = 16 << 10
        setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Whether there is nothing to read right now and the server has not ended the connection.
    var isSilent: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT) | Int32(MSG_PEEK)) < 0
            && (errno == EAGAIN || errno == EWOULDBLOCK)
    }

    /// Ends the client's side and leaves the server's open.
    func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Closes the connection in order.
    func end() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Breaks the connection off.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        end()
    }

    /// Reads until the connection ends, until a text is there, or until so many bytes are.
    func read(until text: String? = nil, upTo limit: Int = .max) -> (text: String, ending: RawConnection.Ending) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < limit {
            let count = recv(descriptor, &buffer, min(buffer.count, limit - bytes.count), 0)
            let sofar = String(decoding: bytes, as: UTF8.self)
            if count == 0 { return (sofar, .closed) }
            if count < 0 { return (sofar, errno == ECONNRESET ? .reset : .silent) }
            bytes += buffer[..<count]
            if let text, String(decoding: bytes, as: UTF8.self).hasSuffix(text) { break }
        }
        return (String(decoding: bytes, as: UTF8.self), .silent)
    }
}

/// The server's side of connections, which is in this process too.
enum ServerSide {
    /// The descriptor of the socket that a server has accepted from a client.
    static func descriptor(of client: SocketClient, on simulator: DHIS2Simulator) -> Int32? {
        descriptors { $0 == UInt16(simulator.port) && $1 == client.port }.first
    }

    /// The descriptors of IPv4 sockets whose own and other port fit; without a peer the other port is 0.
    static func descriptors(_ fits: (_ own: UInt16, _ other: UInt16) -> Bool) -> [Int32] {
        (0..<20_000).filter { descriptor in
            guard let own = port(descriptor, getsockname) else { return false }
            return fits(own, port(descriptor, getpeername) ?? 0)
        }
    }

    private static func port(
        _ descriptor: Int32,
        _ name: (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?) -> Int32
    ) -> UInt16? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) { bytes in
            name(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
        }
        guard status == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }

    /// How many bytes have arrived that nobody has read.
    static func unread(_ descriptor: Int32) -> Int {
        var count: Int32 = 0
        return ioctl(descriptor, UInt(FIONREAD), &count) == 0 ? Int(count) : -1
    }
}

/// Gives other tasks their turn until something is so; the suite's time limit ends it otherwise.
func eventually(_ condition: () -> Bool) async {
    while !condition() { await Task.yield() }
}
