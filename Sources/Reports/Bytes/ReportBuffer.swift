/// The piece of a report that is being built: bytes that are handed to the sink whenever a chunk is full.
///
/// One buffer is reused for a whole report, so that a check costs no allocation of its own.
struct ReportBuffer {
    /// How many bytes make a chunk worth handing over.
    static let chunkSize = 64 * 1024

    /// The memory, its unused end filled with zeros: a report is made of short pieces, and to copy one into memory that
    /// is there already costs half of what `Array.append(contentsOf:)` does.
    private var memory: [UInt8] = []
    private(set) var count = 0

    init(capacity: Int = Self.chunkSize + 8 * 1024) {
        memory.reserveCapacity(capacity)
    }

    var isEmpty: Bool { count == 0 }
    var bytes: [UInt8] { Array(memory[..<count]) }

    /// The bytes as text, for what is shown rather than written.
    var text: String { String(decoding: memory[..<count], as: UTF8.self) }

    mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { append(bytes: $0) }
    }

    mutating func append(byte: UInt8) {
        if count == memory.count { grow(by: 1) }
        memory[count] = byte
        count += 1
    }

    mutating func append(bytes more: [UInt8]) {
        more.withUnsafeBufferPointer { append(bytes: $0) }
    }

    mutating func append(bytes more: UnsafeBufferPointer<UInt8>) {
        guard !more.isEmpty else { return }
        if memory.count - count < more.count { grow(by: more.count) }
        memory.withUnsafeMutableBytes { memory in
            UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: UnsafeRawBufferPointer(more))
        }
        count += more.count
    }

    /// Appends text that needs no escaping because this module made it.
    mutating func append(verbatim text: String) {
        var text = text
        text.withUTF8 { append(bytes: $0) }
    }

    mutating func append(spaces count: Int) {
        for _ in 0..<max(0, count) { append(byte: 0x20) }
    }

    /// Takes back everything after the first `count` bytes.
    mutating func truncate(to count: Int) {
        self.count = min(self.count, count)
    }

    mutating func removeAll() {
        count = 0
    }

    /// Hands a full chunk to the sink; keeps a partial one.
    mutating func drain<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        if count >= Self.chunkSize { try flush(into: &sink) }
    }

    /// Hands everything to the sink.
    mutating func flush<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        guard !isEmpty else { return }
        try sink.write(bytes)
        removeAll()
    }

    private mutating func grow(by size: Int) {
        memory += [UInt8](repeating: 0, count: max(size, min(max(memory.count, 256), Self.chunkSize)))
    }
}
