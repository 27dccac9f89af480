import Glibc
import Testing

/// How many connections the look-alike that a user starts can hold.
@Suite(.timeLimit(.minutes(5)))
struct SimulatedConnectionTests {
    /// Runs a look-alike with room for so many descriptors, and hands its port on.
    private func withServer(descriptors: Int, _ body: (_ port: UInt16) throws -> Void) async throws {
        let shell = BuiltBinary(folder: "/", executable: "/bin/sh")
        let binary = BuiltBinary(folder: "/").executable
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let script = "ulimit -n \(descriptors) && exec \"$0\" simulate"
        let running = try shell.start(["-c", script, binary], standardOutput: ends[1])
        close(ends[1])
        var printed = ""
        var byte: UInt8 = 0
        while !printed.hasSuffix("\n"), read(ends[0], &byte, 1) == 1 {
            printed.unicodeScalars.append(Unicode.Scalar(byte))
        }
        let port = printed.split(separator: ":").last.flatMap { UInt16($0.dropLast()) }
        do {
            try body(try #require(port, "\(printed)"))
        } catch {
            running.signal(SIGTERM)
            _ = try await running.outcome()
            close(ends[0])
            throw error
        }
        running.signal(SIGTERM)
        #expect(try await running.outcome().status == 0)
        close(ends[0])
    }

    /// Connects, and sends a request that needs no credentials.
    private static func ask(_ port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXFailure(number: errno) }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        let request = Array("GET /api/ping HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        guard status == 0, send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            let number = errno
            close(descriptor)
            throw POSIXFailure(number: number)
        }
        return descriptor
    }

    /// Whether an answer arrives within the time limit of the socket.
    private static func isAnswered(_ descriptor: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1_024)
        return recv(descriptor, &buffer, buffer.count, 0) > 0
    }

    @Test func serves512ConnectionsAtOnce() async throws {
        try await withServer(descriptors: 1_024) { port in
            let connections = try (0..<512).map { _ in try Self.ask(port) }
            defer { for connection in connections { close(connection) } }
            #expect(connections.allSatisfy(Self.isAnswered))
        }
    }

    @Test func letsOthersWaitUntilConnectionsEnd() async throws {
        try await withServer(descriptors: 64) { port in
            // Each is answered in its turn, though there is never room for half of them.
            var connections = try (0..<200).map { _ in try Self.ask(port) }
            defer { for connection in connections { close(connection) } }
            while !connections.isEmpty {
                #expect(Self.isAnswered(connections[0]))
                close(connections.removeFirst())
            }
        }
    }
}
