/// The first line and the header fields of a request, and what they say about its body and the connection.
struct RequestHead: Equatable {
    /// How the body travels (RFC 9112, section 6).
    enum Framing: Equatable {
        /// This many bytes; 0 where there is no body.
        case length(Int)
        case chunked
    }

    let method: String
    let path: String
    let rawQuery: String?
    let headers: HeaderList
    let framing: Framing
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110, section 10.1.1).
    let expectsContinue: Bool
    /// Whether the connection goes on after the answer.
    let keepsAlive: Bool
    /// Whether the answer may be chunked (RFC 9112, section 6.1).
    let takesChunks: Bool
}

extension SimulatedRequest {
    /// A request that has arrived whole.
    init(_ head: RequestHead, body: [UInt8], connection: Int) {
        self.init(method: head.method, target: head.path, headers: head.headers, body: body, connection: connection)
        rawQuery = head.rawQuery
    }
}

/// Builds a head line by line.
///
/// A line that Tomcat refuses throws at once.
struct RequestHeadBuilder {
    private var method = ""
    private var path = ""
    private var rawQuery: String?
    /// HTTP/1.1, or a later version that is handled as that.
    private var isPersistentVersion = false
    private var fields: [HeaderList.Field] = []

    private var hosts = 0
    private var contentLength: Int?
    private var hasTransferEncoding = false
    private var isChunked = false
    private var expectsContinue = false
    private var asksForClose = false
    private var asksForKeepAlive = false

    /// Reads the request line: method, target and version with one space between them (RFC 9112, section 3).
    init(requestLine line: Bytes) throws(RequestProblem) {
        guard let first = line.firstIndex(of: .space), let last = line.lastIndex(of: .space), first < last else {
            throw .invalid
        }
        let method = line[..<first]
        let target = line[(first + 1)..<last]
        guard method.isToken, !target.isEmpty else { throw .invalid }
        // What follows a second space is the protocol's name to Tomcat.
        if let space = target.firstIndex(of: .space) {
            let name = line[(space + 1)...].prefix { $0 != .space }
            throw .unreadable(
                "Invalid character found in the HTTP protocol [\(String(decoding: name, as: UTF8.self)) ]"
            )
        }
        guard target.allSatisfy(\.isTargetCharacter) else { throw .invalid }
        try read(version: line[(last + 1)...])
        self.method = String(decoding: method, as: UTF8.self)
        let mark = target.firstIndex(of: UInt8(ascii: "?"))
        path = String(decoding: target[..<(mark ?? target.endIndex)], as: UTF8.self)
        rawQuery = mark.map { String(decoding: target[($0 + 1)...], as: UTF8.self) }
        fields.reserveCapacity(8)
    }

    private mutating func read(version: Slice<Bytes>) throws(RequestProblem) {
        let form = StaticString("HTTP/0.0")
        let isVersion =
            version.count == form.utf8CodeUnitCount
            && form.withUTF8Buffer { form in
                zip(version, form).allSatisfy { $1 == UInt8(ascii: "0") ? $0.isDigit : $0 == $1 }
            }
        guard isVersion else { throw .invalid }
        guard version[version.startIndex + 5] == UInt8(ascii: "1") else { throw .unknownVersion }
        isPersistentVersion = version[version.startIndex + 7] != UInt8(ascii: "0")
    }

    /// Reads a field line (RFC 9112, section 5): no fold of the line before it, no blank before the colon.
    mutating func add(_ line: Bytes) throws(RequestProblem) {
        guard fields.count < RequestLimits.fields else { throw .invalid }
        let (name, value) = try Self.parts(of: line)
        try note(name, value)
        fields.append(
            HeaderList.Field(name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self))
        )
    }

    /// The name of a field line, and its value without the blanks around it.
    static func parts(of line: Bytes) throws(RequestProblem) -> (name: Slice<Bytes>, value: Slice<Bytes>) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw .invalid }
        let value = line[(colon + 1)...].trimmed
        guard line[..<colon].isToken, value.allSatisfy(\.isFieldCharacter) else { throw .invalid }
        return (line[..<colon], value)
    }

    private mutating func note(_ name: Slice<Bytes>, _ value: Slice<Bytes>) throws(RequestProblem) {
        switch name.count {
        case 4 where name.isSame("host"):
            hosts += 1
        case 6 where name.isSame("expect"):
            for member in value.members where member.isSame("100-continue") { expectsContinue = true }
        case 10 where name.isSame("connection"):
            for member in value.members {
                if member.isSame("close") { asksForClose = true }
                if member.isSame("keep-alive") { asksForKeepAlive = true }
            }
        case 14 where name.isSame("content-length"):
            // Twice is refused even where both say the same, as Tomcat does.
            guard contentLength == nil, let length = Self.number(value) else { throw .invalid }
            contentLength = length
        case 17 where name.isSame("transfer-encoding"):
            try read(codings: value)
        default:
            break
        }
    }

    /// Digits alone; `nil` also for a number that no `Int` holds.
    private static func number(_ text: Slice<Bytes>) -> Int? {
        guard !text.isEmpty else { return nil }
        var number = 0
        for byte in text {
            guard byte.isDigit else { return nil }
            let (shifted, overflows) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = shifted.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !overflows, !overflowsToo else { return nil }
            number = sum
        }
        return number
    }

    private mutating func read(codings: Slice<Bytes>) throws(RequestProblem) {
        hasTransferEncoding = true
        // HTTP/1.0 has no transfer codings, and Tomcat ignores the field there.
        guard isPersistentVersion else { return }
        var isEmpty = true
        for coding in codings.members {
            isEmpty = false
            // `chunked` comes once and last.
            guard coding.isToken, !isChunked else { throw .invalid }
            guard coding.isSame("chunked") else { throw .unknownCoding }
            isChunked = true
        }
        guard !isEmpty else { throw .invalid }
    }

    /// The head, once its empty line has come.
    func finish() throws(RequestProblem) -> RequestHead {
        // RFC 9112, section 3.2: HTTP/1.1 has one Host; older clients may have none.
        guard hosts == 1 || hosts == 0 && !isPersistentVersion else { throw .invalid }
        if !isChunked, let contentLength, contentLength > RequestLimits.body { throw .tooLarge }
        // Section 6.1: chunks win over a length, and a request with both ends the connection; likewise a coding in
        // HTTP/1.0.
        let isDoubtful = hasTransferEncoding && (contentLength != nil || !isPersistentVersion)
        return RequestHead(
            method: method,
            path: path,
            rawQuery: rawQuery,
            headers: HeaderList(fields),
            framing: isChunked ? .chunked : .length(contentLength ?? 0),
            expectsContinue: expectsContinue && isPersistentVersion,
            keepsAlive: !asksForClose && !isDoubtful && (isPersistentVersion || asksForKeepAlive),
            takesChunks: isPersistentVersion
        )
    }
}

/// Why a request is refused.
///
/// The connection ends after the answer.
struct RequestProblem: Error, Equatable {
    /// What Tomcat answers to it.
    let status: Int
    let message: String
    /// Whether the page shows a Java exception.
    var isException = false

    /// Not HTTP/1, or beyond the limits of a head.
    static let invalid = RequestProblem(status: 400, message: "Invalid request")
    /// A head beyond ``RequestLimits/head``.
    static let headTooLarge = unreadable("Request header is too large")

    /// A request line that Tomcat cannot read.
    static func unreadable(_ message: String) -> RequestProblem {
        RequestProblem(status: 400, message: message, isException: true)
    }

    /// A body beyond ``RequestLimits/body``, as a proxy in front of Tomcat would refuse it.
    static let tooLarge = RequestProblem(status: 413, message: "The request body is too large")
    /// A transfer coding other than `chunked` (RFC 9112, section 6.1).
    static let unknownCoding = RequestProblem(status: 501, message: "The transfer coding is not supported")
    /// A version other than HTTP/1.
    static let unknownVersion = RequestProblem(status: 505, message: "The HTTP version is not supported")
}

/// The largest request that is read.
enum RequestLimits {
    /// The bytes of a head, from the first to the empty line, and again of the trailers of a chunked body.
    ///
    /// As Tomcat's `maxHttpRequestHeaderSize`.
    static let head = 8 << 10
    /// The fields of a head, and again of the trailers.
    static let fields = 1000
    /// The bytes of a body.
    ///
    /// Twice the size limit of a job file, which contains the bodies of its checks. A dozen such bodies at once still
    /// fit into memory. A body takes memory as it arrives, whatever length was announced.
    static let body = 64 << 20
    /// The bytes of all chunk extensions of a body together, as Tomcat's `maxExtensionSize`.
    static let extensions = 8 << 10
}

/// Bytes of a request in the receive buffer.
///
/// They are valid until more are received.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// Whether this is a token (RFC 9110, section 5.6.2): a method, a field's name, a coding.
    var isToken: Bool { !isEmpty && allSatisfy(\.isTokenCharacter) }

    /// The members of a comma-separated list without the empty ones (RFC 9110, section 5.6.1).
    var members: [Self] {
        split(separator: UInt8(ascii: ",")).map(\.trimmed).filter { !$0.isEmpty }
    }

    /// Compares with a lowercase text, ignoring the case of ASCII letters.
    func isSame(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            text.count == count && zip(self, text).allSatisfy { $0.lowercasedASCII == $1 }
        }
    }
}
