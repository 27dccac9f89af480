import Glibc
import Synchronization

/// A listener on loopback that hands each connection to a script, on a thread of its own.
///
/// Scripts write bytes, not HTTP messages, so that they can break the protocol.
final class LoopbackServer: Sendable {
    struct SystemError: Error {
        let call: String
        let number: CInt
    }

    let port: UInt16
    private let listener: CInt
    private let accepted = Atomic<Int>(0)
    private let script: @Sendable (Connection) -> Void

    /// How many connections have been accepted.
    var connectionCount: Int { accepted.load(ordering: .sequentiallyConsistent) }

    var authority: String { "127.0.0.1:\(port)" }

    /// Starts to listen at a port that the kernel picks.
    init(_ script: @escaping @Sendable (Connection) -> Void) throws {
        self.script = script
        (listener, port) = try boundSocket()
        guard listen(listener, 512) == 0 else { throw SystemError(call: "listen", number: errno) }
    }

    deinit {
        close(listener)
    }

    /// Answers a request with the bytes that a closure makes of each request, connection after connection.
    static func answering(_ answer: @escaping @Sendable (Request) -> String) throws -> LoopbackServer {
        try LoopbackServer { connection in
            while let request = connection.readRequest() { connection.write(answer(request)) }
        }
    }

    /// Runs a body while connections are accepted.
    func serving<Result>(_ body: (LoopbackServer) async throws -> Result) async throws -> Result {
        try detachThread { [self] in
            // Ends when `shutdown` makes the listener refuse.
            while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
                accepted.wrappingAdd(1, ordering: .sequentiallyConsistent)
                let connection = Connection(descriptor: descriptor)
                do {
                    try detachThread { [script] in
                        script(connection)
                        connection.close()
                    }
                } catch {
                    connection.close()
                }
            }
        }
        defer { shutdown(listener, CInt(SHUT_RDWR)) }
        return try await body(self)
    }
}

/// A port on loopback that refuses connections, and that nobody else gets as long as this lives.
final class RefusingPort: Sendable {
    let port: UInt16
    private let descriptor: CInt

    init() throws {
        // Bound, but not listening.
        (descriptor, port) = try boundSocket()
    }

    deinit {
        close(descriptor)
    }
}

/// A TCP socket bound to a port of loopback that the kernel picks.
private func boundSocket() throws -> (descriptor: CInt, port: UInt16) {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw LoopbackServer.SystemError(call: "socket", number: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, length) | getsockname(descriptor, address, &length)
        }
    }
    guard status == 0 else { throw LoopbackServer.SystemError(call: "bind", number: errno) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
}

/// Runs a body on a thread of its own, which may block.
func detachThread(_ body: @escaping @Sendable () -> Void) throws {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let status = pthread_create(
        &thread,
        nil,
        { context in
            guard let context else { return nil }
            Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
            return nil
        },
        box.toOpaque()
    )
    guard status == 0 else {
        box.release()
        throw LoopbackServer.SystemError(call: "pthread_create", number: status)
    }
    pthread_detach(thread)
}
