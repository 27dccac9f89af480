import Glibc

/// A request as it came over the wire.
struct Request: Sendable {
    let line: String
    let headers: [String]
    let body: String

    /// The target of the request line.
    var target: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

    /// The values of a header field, by its lower-case name.
    func values(_ name: String) -> [String] {
        headers.compactMap { header in
            guard let colon = header.firstIndex(of: ":"), header[..<colon].lowercased() == name else { return nil }
            return String(header[header.index(after: colon)...].drop { $0 == " " })
        }
    }
}

/// The server's end of an accepted connection.
struct Connection: Sendable {
    let descriptor: CInt

    /// Reads a request with its body, or nil at the connection's end.
    func readRequest() -> Request? {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while bytes.suffix(4) != end[...] {
            guard let byte = read(atMost: 1)?.first else { return nil }
            bytes.append(byte)
        }
        var lines = String(decoding: bytes.dropLast(4), as: UTF8.self).split(separator: "\r\n").map(String.init)
        guard !lines.isEmpty else { return nil }
        let head = Request(line: lines.removeFirst(), headers: lines, body: "")
        var body: [UInt8] = []
        let length = head.values("content-length").first.flatMap { Int($0) } ?? 0
        while body.count < length {
            guard let more = read(atMost: length - body.count) else { return nil }
            body += more
        }
        return Request(line: head.line, headers: lines, body: String(decoding: body, as: UTF8.self))
    }

    /// Writes all of a text.
    ///
    /// - Returns: Whether the peer still takes it.
    @discardableResult
    func write(_ text: String) -> Bool {
        write(Array(text.utf8))
    }

    /// Writes all bytes.
    ///
    /// - Returns: Whether the peer still takes them.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Waits until the peer has sent something, and reads a byte of it.
    func waitForBytes() {
        _ = read(atMost: 1)
    }

    /// Waits until the peer closes its end.
    func waitForEnd() {
        while read(atMost: 4096) != nil {}
    }

    /// Makes the close that follows a reset instead of an orderly end.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    func close() {
        Glibc.close(descriptor)
    }

    private func read(atMost limit: Int) -> [UInt8]? {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
            count = recv(descriptor, buffer.baseAddress, limit, 0)
            initialized = max(0, count)
        }
        return count > 0 ? bytes : nil
    }
}
