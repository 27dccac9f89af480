#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where the bytes of requests come from.
protocol ByteSource {
    /// Waits for bytes and puts them into a buffer, which has room for some; 0 when no more will come.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Int
}

/// Reads the requests of one connection, one after the other, as RFC 9112 and Tomcat have them.
///
/// Nothing is received beyond what is asked for but what came along with it; no length that was announced is reserved.
final class RequestReader<Source: ByteSource> {
    private let source: Source
    private var buffer: UnsafeMutableBufferPointer<UInt8>
    /// Where the bytes that are not used yet start and end.
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
            guard let line = try line(from: &budget, startsRequest: builder == nil) else { return nil }
            if builder == nil {
                // Section 2.2: empty lines before a request are overlooked.
                if !line.isEmpty { builder = try RequestHeadBuilder(requestLine: line) }
            } else if line.isEmpty {
                return try builder?.finish()
            } else {
                try builder?.add(line)
            }
        }
    }

    // MARK: Bodies

    /// The body that a head has announced; `nil` when the client ended the connection in the middle of it.
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

    /// Reads the trailers, which nothing here looks at.
    ///
    /// - Returns: Whether they came to their end.
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
    ///   - budget: How many bytes it may have with its end; what it has is taken off.
    ///   - startsRequest: The line is to be refused as soon as it cannot be a request's first: a client that speaks TLS
    ///     sends no line feed that could be waited for.
    ///   - endsWithBoth: A line feed alone does not end the line. It does in heads, as in Tomcat (section 2.2).
    private func line(
        from budget: inout Int,
        startsRequest: Bool = false,
        endsWithBoth: Bool = false
    ) throws(RequestProblem) -> Bytes? {
        var searched = 0
        while true {
            let unused = Bytes(rebasing: buffer[start..<end])
            if let length = Self.length(ofLineIn: unused, from: searched) {
                guard length <= budget else { throw .invalid }
                budget -= length
                start += length
                let text = unused[..<(length - 1)]
                guard text.last == .carriageReturn else {
                    if endsWithBoth { throw .invalid }
                    return Bytes(rebasing: text)
                }
                return Bytes(rebasing: text.dropLast())
            }
            guard unused.count < budget else { throw .invalid }
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
    /// - Returns: Whether all of them came.
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
        // Only a line that is not complete is ever kept, and a head's limit is that of a line too.
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
