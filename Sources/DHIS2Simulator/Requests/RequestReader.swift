import Glibc

/// A source of the bytes of requests.
protocol ByteSource {
    /// Waits for bytes and puts them into a buffer, which is not empty. Returns 0 when no more will come.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Int
}

/// Reads the requests of one connection, one after the other, by the rules of RFC 9112 and Tomcat.
///
/// It waits for no more bytes than the current request needs, and reserves no memory for an announced length. Lines are
/// lent out of one buffer, which `RequestHeadBuilder` reads before the next line is asked for.
final class RequestReader<Source: ByteSource> {
    private let source: Source
    private var buffer: UnsafeMutableBufferPointer<UInt8>
    /// The range of the bytes in the buffer that are not used yet.
    private var start = 0
    private var end = 0
    private var extensionBytes = 0

    init(_ source: Source) {
        self.source = source
        buffer = .allocate(capacity: 8 << 10)
    }

    deinit { buffer.deallocate() }

    // MARK: Between requests

    /// Whether bytes have been received that are not used yet.
    var hasBytes: Bool { start < end }

    /// Waits for further bytes; `false` when the client has ended the connection.
    func receiveBytes() -> Bool { fill() }

    // MARK: Heads

    /// The next request's head; `nil` when the client has ended the connection.
    func head() throws(RequestProblem) -> RequestHead? {
        var budget = RequestLimits.head
        var builder: RequestHeadBuilder?
        while true {
            let line = try line(from: &budget, startsRequest: builder == nil, tooLong: .headTooLarge)
            guard let line else { return nil }
            if builder == nil {
                // Section 2.2: empty lines before a request are ignored.
                if !line.isEmpty { builder = try RequestHeadBuilder(requestLine: line) }
            } else if line.isEmpty {
                return try builder?.finish()
            } else {
                try builder?.add(line)
            }
        }
    }

    // MARK: Bodies

    /// The body that a head has announced; `nil` when the client ends the connection before all of it has arrived.
    func body(_ framing: RequestHead.Framing) throws(RequestProblem) -> [UInt8]? {
        switch framing {
        case .length(0):
            return []
        case .length(let count):
            var body: [UInt8] = []
            return receive(count, into: &body) ? body : nil
        case .chunked:
            return try chunkedBody()
        }
    }

    /// Section 7.1.
    private func chunkedBody() throws(RequestProblem) -> [UInt8]? {
        var body: [UInt8] = []
        extensionBytes = 0
        while true {
            guard let size = try chunkSize() else { return nil }
            if size == 0 { break }
            guard body.count + size <= RequestLimits.body else { throw .tooLarge }
            guard receive(size, into: &body) else { return nil }
            var budget = 2
            guard let rest = try line(from: &budget, endsWithBoth: true) else { return nil }
            guard rest.isEmpty else { throw .invalid }
        }
        return try skipTrailers() ? body : nil
    }

    /// Reads a chunk's first line, extensions included.
    private func chunkSize() throws(RequestProblem) -> Int? {
        var budget = RequestLimits.extensions + 64
        guard let line = try line(from: &budget, endsWithBoth: true) else { return nil }
        let digits = line.prefix { $0.hexDigit != nil }
        // Tomcat reads eight digits and no more, leading zeros included.
        guard (1...8).contains(digits.count) else { throw .invalid }
        let rest = line[digits.endIndex...]
        let added = rest.trimmed
        guard added.isEmpty || added.first == UInt8(ascii: ";"), added.allSatisfy(\.isFieldCharacter) else {
            throw .invalid
        }
        extensionBytes += rest.count
        guard extensionBytes <= RequestLimits.extensions else { throw .invalid }
        return digits.reduce(0) { $0 << 4 | Int($1.hexDigit ?? 0) }
    }

    /// Reads the trailers and ignores them.
    ///
    /// - Returns: Whether all of them have arrived.
    private func skipTrailers() throws(RequestProblem) -> Bool {
        var budget = RequestLimits.head
        var count = 0
        while let line = try line(from: &budget) {
            if line.isEmpty { return true }
            count += 1
            guard count <= RequestLimits.fields else { throw .invalid }
            _ = try RequestHeadBuilder.parts(of: line)
        }
        return false
    }

    // MARK: Bytes

    /// The next line without its end; `nil` when the client ended the connection in it.
    ///
    /// - Parameters:
    ///   - budget: The largest length of the line, its end included. The actual length is subtracted.
    ///   - startsRequest: Refuses the line as soon as it cannot be the first of a request. A client that speaks TLS
    ///     never sends the line feed.
    ///   - endsWithBoth: A line feed alone does not end the line. It does in heads, as in Tomcat (RFC 9112, section 2.2).
    ///   - tooLong: What is said of a line beyond the budget.
    private func line(
        from budget: inout Int,
        startsRequest: Bool = false,
        endsWithBoth: Bool = false,
        tooLong: RequestProblem = .invalid
    ) throws(RequestProblem) -> Bytes? {
        var searched = 0
        while true {
            let unused = Bytes(rebasing: buffer[start..<end])
            if let length = Self.length(ofLineIn: unused, from: searched) {
                guard length <= budget else { throw tooLong }
                budget -= length
                start += length
                let text = unused[..<(length - 1)]
                guard text.last == .carriageReturn else {
                    if endsWithBoth { throw .invalid }
                    return Bytes(rebasing: text)
                }
                return Bytes(rebasing: text.dropLast())
            }
            guard unused.count < budget else { throw tooLong }
            if startsRequest && !Self.canStartRequest(unused) { throw .invalid }
            searched = unused.count
            guard fill() else { return nil }
        }
    }

    /// The length of the first line with its end, if that is there.
    private static func length(ofLineIn bytes: Bytes, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(UInt8.lineFeed), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
    }

    /// Whether an unfinished line begins as a method does, or as an empty line.
    private static func canStartRequest(_ bytes: Bytes) -> Bool {
        if bytes.count == 1, bytes[0] == .carriageReturn { return true }
        let method = bytes.prefix(64).prefix { $0 != .space }
        return bytes.isEmpty || method.isToken
    }

    /// Moves bytes of a body out of the buffer, and receives those that are not there yet.
    ///
    /// - Returns: Whether all of them have arrived.
    private func receive(_ count: Int, into body: inout [UInt8]) -> Bool {
        var missing = count
        while true {
            let part = min(missing, end - start)
            body.append(contentsOf: buffer[start..<(start + part)])
            start += part
            missing -= part
            guard missing > 0 else { return true }
            guard fill() else { return false }
        }
    }

    /// Receives more behind the bytes that are not used yet.
    private func fill() -> Bool {
        makeRoom()
        let room = UnsafeMutableBufferPointer(rebasing: buffer[end...])
        let count = source.receive(into: UnsafeMutableRawBufferPointer(room))
        end += count
        return count > 0
    }

    private func makeRoom() {
        if start == end {
            start = 0
            end = 0
        }
        guard end == buffer.count else { return }
        // Only an incomplete line is ever kept, and the limit of a head bounds it too.
        let kept = buffer[start..<end]
        let capacity = kept.count > buffer.count / 2 ? buffer.count * 2 : buffer.count
        let roomier = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
        _ = roomier.initialize(fromContentsOf: kept)
        end = kept.count
        start = 0
        buffer.deallocate()
        buffer = roomier
    }
}
