internal import DHIS2

/// Gathers an answer as libcurl hands it over, within limits.
///
/// The header section is kept as it came and parsed only where somebody asks for a field. Of the body no more is kept
/// than the request wants, and its last bytes, because DHIS2 may append an error to what it had begun to pass on.
struct ResponseCollector {
    private enum Stage {
        /// Before the first line and between the header sections of an interim answer and the next.
        case betweenSections
        case inSection
    }

    private let limits: CurlOptions.Limits
    /// The largest body that is kept whole.
    private let largestKept: Int
    /// The most bytes of the body that are kept.
    var keptBody = Int.max
    private var stage = Stage.betweenSections
    private var receivedHeaderBytes = 0
    /// The last header section, without its status line.
    private(set) var headerSection: [UInt8] = []
    /// The reason phrase of the last status line; `nil` where its protocol has none.
    private(set) var reasonPhrase: String?
    /// The body up to what is kept of it.
    private(set) var body: [UInt8] = []
    /// The size of the body so far.
    private(set) var bodySize = 0
    /// The last bytes of a body that is longer than what is kept of it, and some more before them.
    private var end: [UInt8] = []
    /// The status of the section that is read, or was last.
    private var status = 0
    /// The status of an interim answer (1xx) that DHIS2 wrote, so that nothing follows it.
    private(set) var finalInterimStatus: Int?
    /// What made the collector refuse more.
    private(set) var overflow: TransferFailure.Overflow?
    /// What is wrong with the coding of the body.
    private(set) var decodingFault: DecodingFault?
    private var decoder: BodyDecoder?
    private var hasBody = false
    /// How much of a packed piece has been unpacked, where a pause came in the middle of it.
    private var unpacked = 0
    /// Whether the body had to be moved to larger memory, so that it has left as much behind.
    private var hasGrown = false
    /// Whether a line of the header section begins as `Content-Encoding` does; few answers are packed.
    private var mayBePacked = false

    /// Creates a collector.
    ///
    /// - Parameter largestKept: The largest body that there is memory for.
    init(limits: CurlOptions.Limits, largestKept: Int = .max) {
        self.limits = limits
        self.largestKept = largestKept
        headerSection.reserveCapacity(1024)
    }

    /// Whether a header section has been received to its end.
    var hasHeaderSection: Bool { status != 0 && stage == .betweenSections }

    /// Whether anything has been received.
    var isEmpty: Bool { receivedHeaderBytes == 0 }

    /// Takes a line of a header section or of the trailer section, its end included.
    ///
    /// Only the last section is kept: interim answers and trailers are dropped.
    ///
    /// - Returns: Whether the line was taken.
    mutating func takeHeaderLine(_ line: UnsafeRawBufferPointer) -> Bool {
        receivedHeaderBytes += line.count
        guard receivedHeaderBytes <= limits.headerSection else {
            overflow = .headerSection
            return false
        }
        switch stage {
        case .betweenSections where line.starts(with: "HTTP/".utf8):
            headerSection.removeAll(keepingCapacity: true)
            mayBePacked = false
            status = Self.status(of: line)
            reasonPhrase = Self.reasonPhrase(of: line)
            stage = .inSection
        case .betweenSections:
            break
        case .inSection where line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n"):
            stage = .betweenSections
            if (100...199).contains(status), InterimAnswer.isFinal(headerSection: headerSection) {
                finalInterimStatus = status
                return false
            }
        case .inSection:
            if line.count > 9, line[8] | 0x20 == UInt8(ascii: "e"), line[7] == UInt8(ascii: "-") { mayBePacked = true }
            headerSection.append(contentsOf: line)
        }
        return true
    }

    /// What became of a piece of the body.
    enum Taking {
        /// It was taken.
        case taken
        /// There is no memory for it, or for all of it: the same piece is to be handed over again.
        case paused
        /// The answer is not accepted.
        case refused
    }

    /// How much of a packed piece is unpacked at once, so that little comes out of it before there is another look at the
    /// memory.
    private static let packedStep = 512

    /// Takes a piece of the body as it was received.
    ///
    /// - Parameters:
    ///   - bytes: The piece.
    ///   - announcedSize: The size that the header section gave, asked for once.
    ///   - admits: Whether the body may take so many bytes of memory.
    mutating func takeBody(
        _ bytes: UnsafeRawBufferPointer,
        announcedSize: () -> Int,
        admits: (_ size: Int) -> Bool = { _ in true }
    ) -> Taking {
        do throws(DecodingFault) {
            if !hasBody {
                hasBody = true
                if !mayBePacked, announcedSize() > limits.body {
                    overflow = .body
                    return .refused
                }
                let coding = mayBePacked ? contentEncoding : nil
                decoder = try coding.flatMap { (value) throws(DecodingFault) in
                    try BodyDecoder(contentEncoding: value, limit: limits.body)
                }
            }
            guard let decoder else {
                guard admits(bodyMemory(toTake: bytes.count, announcedSize: announcedSize)) else { return .paused }
                return store(bytes, announcedSize: announcedSize) ? .taken : .refused
            }
            while unpacked < bytes.count {
                let step = UnsafeRawBufferPointer(rebasing: bytes[unpacked...].prefix(Self.packedStep))
                guard admits(bodyMemory(toTake: step.count, announcedSize: announcedSize)) else { return .paused }
                guard try decoder.decode(step, { store($0, announcedSize: announcedSize) }) else { return .refused }
                unpacked += step.count
            }
            unpacked = 0
            return .taken
        } catch {
            if error == .tooLarge { overflow = .body } else { decodingFault = error }
            return .refused
        }
    }

    /// Whether the coded stream of the body breaks off where the body ends.
    var breaksOff: Bool { decoder?.isComplete == false }

    /// What the answer says of its body's coding.
    var contentEncoding: String? {
        HTTPExchange(statusCode: 0, headerSection: headerSection).combinedHeader("content-encoding")
    }

    /// Keeps a piece of the decoded body.
    private mutating func store(_ bytes: UnsafeRawBufferPointer, announcedSize: () -> Int) -> Bool {
        bodySize += bytes.count
        guard bodySize <= limits.body else {
            overflow = .body
            return false
        }
        guard min(bodySize, keptBody) <= largestKept else {
            overflow = .memory(largestKept)
            return false
        }
        let room = keptBody - body.count
        if room < bytes.count { keepEnd(bytes) }
        guard room > 0 else { return true }
        if let capacity = capacity(toTake: bytes.count, announcedSize: announcedSize) {
            hasGrown = !body.isEmpty
            body.reserveCapacity(capacity)
        }
        body.append(contentsOf: bytes.prefix(room))
        return true
    }

    /// How much memory the body takes, in bytes, with what it has left behind as it grew.
    var bodyMemory: Int { hasGrown ? 2 * body.capacity : body.capacity }

    /// How much memory the body will take with another piece.
    func bodyMemory(toTake size: Int, announcedSize: () -> Int) -> Int {
        guard let capacity = capacity(toTake: size, announcedSize: announcedSize) else { return bodyMemory }
        return body.isEmpty ? capacity : 2 * capacity
    }

    /// The capacity that the body needs for another piece, where it has too little: as much as was announced, or twice as
    /// much as before.
    private func capacity(toTake size: Int, announcedSize: () -> Int) -> Int? {
        let needed = min(body.count + size, keptBody)
        guard needed > body.capacity else { return nil }
        let expected = body.isEmpty ? announcedSize() : 2 * body.capacity
        return max(needed, min(expected, keptBody, limits.body, largestKept))
    }

    private mutating func keepEnd(_ bytes: UnsafeRawBufferPointer) {
        let longest = HTTPExchange.longestEnd
        if end.isEmpty { end = Array(body.suffix(longest)) }
        // Dropping half at a time keeps the cost of each byte constant.
        if end.count + min(bytes.count, longest) > 2 * longest { end.removeFirst(max(0, end.count - longest)) }
        end.append(contentsOf: bytes.suffix(longest))
    }

    /// The last bytes of a body that is longer than what is kept of it; otherwise empty.
    var truncatedEnd: [UInt8] { bodySize > body.count ? Array(end.suffix(HTTPExchange.longestEnd)) : [] }

    /// The status of `HTTP/1.1 200 OK` and its like; 0 where there is none.
    private static func status(of line: UnsafeRawBufferPointer) -> Int {
        line.drop { $0 != UInt8(ascii: " ") }.dropFirst().prefix(3).reduce(0) { status, byte in
            (0x30...0x39).contains(byte) ? status * 10 + Int(byte - 0x30) : 0
        }
    }

    /// What follows the status in `HTTP/1.1 200 OK`; libcurl writes a status line of its own for later protocols.
    private static func reasonPhrase(of line: UnsafeRawBufferPointer) -> String? {
        guard line.starts(with: "HTTP/1".utf8) else { return nil }
        let rest = line.drop { $0 != UInt8(ascii: " ") }.dropFirst().drop { $0 != UInt8(ascii: " ") }
        var phrase = rest.drop { $0 <= 0x20 }.prefix(longestPhrase)
        while let byte = phrase.last, byte <= 0x20 { phrase.removeLast() }
        return String(decoding: phrase, as: UTF8.self)
    }

    /// Longer than any phrase that says something.
    private static let longestPhrase = 128

    /// Forgets everything but the memory for the next header section.
    mutating func reset() {
        stage = .betweenSections
        receivedHeaderBytes = 0
        headerSection.removeAll(keepingCapacity: true)
        body = []
        bodySize = 0
        end = []
        status = 0
        reasonPhrase = nil
        finalInterimStatus = nil
        overflow = nil
        decodingFault = nil
        decoder = nil
        hasBody = false
        unpacked = 0
        hasGrown = false
        mayBePacked = false
    }
}
