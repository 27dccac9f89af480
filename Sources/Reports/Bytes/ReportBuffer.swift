/// The piece of a report that is being built: bytes that are handed to the sink whenever a chunk is full.
///
/// One buffer is reused for a whole report, so that a check costs no allocation of its own.
struct ReportBuffer {
    /// How many bytes make a chunk worth handing over.
    static let chunkSize = 64 * 1024

    private(set) var bytes: [UInt8] = []

    init(capacity: Int = Self.chunkSize + 8 * 1024) {
        bytes.reserveCapacity(capacity)
    }

    var isEmpty: Bool { bytes.isEmpty }
    var count: Int { bytes.count }

    /// The bytes as text, for what is shown rather than written.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append(byte: UInt8) {
        bytes.append(byte)
    }

    mutating func append(bytes more: [UInt8]) {
        bytes += more
    }

    mutating func append(bytes more: UnsafeBufferPointer<UInt8>) {
        guard !more.isEmpty else { return }
        bytes.append(contentsOf: more)
    }

    /// Appends text that needs no escaping because this module made it.
    mutating func append(verbatim text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    mutating func append(spaces count: Int) {
        guard count > 0 else { return }
        bytes.append(contentsOf: repeatElement(0x20, count: count))
    }

    /// Takes back everything after the first `count` bytes.
    mutating func truncate(to count: Int) {
        bytes.removeLast(max(0, bytes.count - count))
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Hands a full chunk to the sink; keeps a partial one.
    mutating func drain<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        if bytes.count >= Self.chunkSize { try flush(into: &sink) }
    }

    /// Hands everything to the sink.
    mutating func flush<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        guard !bytes.isEmpty else { return }
        try sink.write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
