/// Where a report's bytes go, in chunks.
public protocol ReportSink {
    /// What keeps a sink from taking bytes; `Never` for one that always takes them.
    associatedtype Failure: Error

    /// Takes the next bytes of the report; a chunk may end anywhere, also in the middle of a character.
    ///
    /// - Throws: Whatever keeps the sink from taking them; the report then ends there.
    mutating func write(_ bytes: [UInt8]) throws(Failure)
}

/// A sink that keeps a report in memory.
public struct MemorySink: ReportSink {
    /// Everything written so far.
    public private(set) var bytes: [UInt8] = []

    /// Creates an empty sink.
    public init() {}

    /// Appends the bytes.
    public mutating func write(_ bytes: [UInt8]) throws(Never) {
        self.bytes += bytes
    }

    /// Everything written so far as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
