import DHIS2Simulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A plain TCP connection to loopback, for what an HTTP client would hide.
final class RawConnection {
    enum Ending: Equatable {
        case closed
        case reset
        /// Still open with nothing to read.
        case silent
    }

    struct Failure: Error, Equatable {
        let code: Int32
    }

    private let descriptor: Int32

    /// Connects.
    ///
    /// - Parameter host: A loopback address; a test that frees its port has one of its own, because the kernel may give
    ///   a freed port to a server of another test.
    init(host: String = "127.0.0.1", port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard result == 0 else { throw Failure(code: errno) }
        // A test that would wait forever fails instead.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Reads until the connection ends, or until so many bytes are there.
    func read(upTo count: Int = .max) -> (text: String, ending: Ending) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < count {
            let got = recv(descriptor, &buffer, min(buffer.count, count - bytes.count), 0)
            if got == 0 { return (String(decoding: bytes, as: UTF8.self), .closed) }
            if got < 0 {
                return (String(decoding: bytes, as: UTF8.self), errno == ECONNRESET ? .reset : .silent)
            }
            bytes += buffer[..<got]
        }
        return (String(decoding: bytes, as: UTF8.self), .silent)
    }

    /// Whether there is nothing to read right now and the connection is still open.
    var isSilent: Bool {
        var byte: UInt8 = 0
        let got = recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT | MSG_PEEK))
        return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)
    }
}

extension RawConnection {
    /// The text of a request with the standard token.
    static func request(_ target: String, method: String = "GET", close: Bool = false) -> String {
        "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nAuthorization: ApiToken \(SimulatorConfiguration.standardToken)\r\n"
            + (close ? "Connection: close\r\n\r\n" : "\r\n")
    }
}

extension String {
    /// The text with zeros in place of the ids of sessions, of which no two are the same.
    var withoutSessions: String {
        var rest = self[...]
        var result = ""
        while let name = rest.firstRange(of: "JSESSIONID=") {
            result += rest[..<name.upperBound]
            rest = rest[name.upperBound...]
            let id = rest.prefix { $0.isHexDigit }
            result += String(repeating: "0", count: id.count)
            rest = rest[id.endIndex...]
        }
        return result + rest
    }
}
