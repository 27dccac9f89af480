internal import CLibcurl
internal import DHIS2
internal import Glibc
internal import HTTPVocabulary

/// A libcurl easy handle: one transfer at a time, many in turn.
///
/// What all requests share is set once; what differs is set when it differs from the request before: libcurl copies
/// each text that it is given, and most requests of a run differ in their URL only.
///
/// The handle owns what libcurl keeps pointers to (the error text, the URL, the header list) and frees libcurl's side
/// first. The callbacks borrow it unretained, which is sound as long as nobody but ``TransferDriver`` lets a handle go.
/// How options are set is in `+options`, what a transfer came to in `+outcome`.
final class EasyHandle {
    let easy: UnsafeMutableRawPointer
    /// The transfer that this handle works for.
    private(set) var transfer: Transfer?
    let options: CurlOptions
    let errorText: UnsafeMutablePointer<CChar>
    private(set) var collector: ResponseCollector
    private let url: URLHandle
    private let poller: SocketPoller
    let memory: BodyMemory?
    private var share = BodyMemory.Share()
    /// The pauses of the transfer; `nil` before the first.
    var pauses: Pauses?
    /// Why the system refused a socket for the transfer, or 0.
    private(set) var socketError: CInt = 0
    /// How long the transfer took before it was begun anew; `nil` where it was not.
    private(set) var timeBefore: Duration?
    private var headers: HeaderList?
    /// The bound that libcurl has for a transfer; `nil` where that is not known.
    var bound: Duration?
    private var isPlainGet = true
    private var usesFreshConnection = false

    init(options: CurlOptions, poller: SocketPoller, memory: BodyMemory?) throws(TransportError) {
        guard let easy = curl_easy_init() else { throw .unavailable("libcurl could not make a handle") }
        self.easy = easy
        self.options = options
        self.poller = poller
        self.memory = memory
        url = try URLHandle()
        collector = ResponseCollector(limits: options.limits, largestKept: memory?.largestBody ?? .max)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try setPointer(CURLOPT_PRIVATE, Unmanaged.passUnretained(self).toOpaque())
        try setPointer(CURLOPT_ERRORBUFFER, errorText)
        try require(shim_easy_set_url(easy, url.url), CURLOPT_CURLU)
        try setCallbacks()
        try apply(options)
    }

    deinit {
        curl_easy_cleanup(easy)
        errorText.deallocate()
    }

    /// The object that a libcurl handle belongs to.
    static func owner(of easy: UnsafeMutableRawPointer?) -> EasyHandle? {
        var owner: UnsafeMutableRawPointer?
        guard let easy, shim_easy_get_pointer(easy, CURLINFO_PRIVATE, &owner) == CURLE_OK, let owner else { return nil }
        return Unmanaged<EasyHandle>.fromOpaque(owner).takeUnretainedValue()
    }

    /// Sets the handle up for a transfer.
    func prepare(_ transfer: Transfer, headers: HeaderList) throws(TransportError) {
        let request = transfer.request
        self.transfer = transfer
        collector.keptBody = request.keptBody
        errorText.pointee = 0
        try url.set(request.url)
        if headers !== self.headers {
            try require(shim_easy_set_list(easy, CURLOPT_HTTPHEADER, headers.list), CURLOPT_HTTPHEADER)
            self.headers = headers
        }
        if request.timeout != bound {
            try setMilliseconds(CURLOPT_TIMEOUT_MS, request.timeout)
            bound = request.timeout
        }
        try setMethod(request.method, body: request.sentBody)
        try setConnectionReuse(for: request.method)
    }

    /// Sets the handle up for the same transfer on a new connection, in the time that is left for it.
    ///
    /// - Returns: `false` where none is left.
    func prepareAgain(after time: Duration) throws(TransportError) -> Bool {
        guard let request = transfer?.request, time < request.timeout else { return false }
        timeBefore = time
        collector.reset()
        errorText.pointee = 0
        let left = request.timeout - time
        try setMilliseconds(CURLOPT_TIMEOUT_MS, left)
        bound = left
        try setLong(CURLOPT_FRESH_CONNECT, 1)
        usesFreshConnection = true
        return true
    }

    /// Forgets the transfer, and gives its memory back.
    func clear() {
        transfer = nil
        timeBefore = nil
        socketError = 0
        if pauses != nil {
            memory?.forget(self)
            pauses = nil
        }
        if share.bytes > 0 {
            memory?.take(back: share)
            share = BodyMemory.Share()
        }
        collector.reset()
    }

    /// The body's share of the memory, which from now on belongs to its answer.
    func takeLease() -> HTTPExchange.Lease {
        guard let memory, share.bytes > 0 else { return HTTPExchange.Lease() }
        defer { share = BodyMemory.Share() }
        return HTTPExchange.Lease(BodyMemory.Lease(share, of: memory))
    }

    /// Whether the handle's transfer began after that of another one.
    func isYounger(than other: EasyHandle) -> Bool {
        (transfer?.id ?? 0) > (other.transfer?.id ?? 0)
    }

    /// Takes a header line from libcurl and says how much of it was taken.
    private func receiveHeaderLine(_ bytes: UnsafeRawBufferPointer) -> Int {
        collector.takeHeaderLine(bytes) ? bytes.count : 0
    }

    /// Takes a piece of the body from libcurl and says how much of it was taken.
    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        let announcedSize = { [self] in getOffset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) }
        guard let memory else {
            return collector.takeBody(bytes, announcedSize: announcedSize) == .taken ? bytes.count : 0
        }
        let taking = collector.takeBody(bytes, announcedSize: announcedSize) { [self] size in
            memory.grow(&share, of: self, to: size)
        }
        memory.note(&share, of: collector.bodyMemory)
        switch taking {
        case .taken: return bytes.count
        case .refused: return 0
        case .paused:
            pause(until: memory)
            return Int(CURL_WRITEFUNC_PAUSE)
        }
    }

    /// Keeps libcurl from sending a request twice that must not be.
    ///
    /// When a connection that was used before turns out to be dead, libcurl sends the request again on a new one and
    /// says nothing, although the server may have acted on it. On a new connection it does not.
    private func setConnectionReuse(for method: HTTPMethod) throws(TransportError) {
        let needsFreshConnection = !method.isIdempotent
        guard needsFreshConnection != usesFreshConnection else { return }
        try setLong(CURLOPT_FRESH_CONNECT, needsFreshConnection ? 1 : 0)
        usesFreshConnection = needsFreshConnection
    }

    private func setMethod(_ method: HTTPMethod, body: [UInt8]?) throws(TransportError) {
        if method == .get, body == nil {
            guard !isPlainGet else { return }
            try resetMethod()
            isPlainGet = true
            return
        }
        try resetMethod()
        isPlainGet = false
        if method == .head {
            guard body == nil else {
                throw TransportError(.invalidRequest, message: "A HEAD request cannot have a body.")
            }
            try setLong(CURLOPT_NOBODY, 1)
            return
        }
        if let body {
            try require(
                shim_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)),
                CURLOPT_POSTFIELDSIZE_LARGE
            )
            let code = body.withUnsafeBytes { bytes in
                // An empty array may have no address, which libcurl would take for no body.
                bytes.isEmpty
                    ? shim_easy_set_string(easy, CURLOPT_COPYPOSTFIELDS, "")
                    : shim_easy_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress)
            }
            try require(code, CURLOPT_COPYPOSTFIELDS)
        }
        try setString(CURLOPT_CUSTOMREQUEST, method.rawValue)
    }

    /// Goes back to a GET without a body.
    private func resetMethod() throws(TransportError) {
        try setPointer(CURLOPT_POSTFIELDS, nil)
        try setLong(CURLOPT_HTTPGET, 1)
        try setString(CURLOPT_CUSTOMREQUEST, nil)
    }
}

// How libcurl hands over an answer and asks for sockets.
extension EasyHandle {
    private func openSocket(to address: curl_sockaddr) -> CInt {
        let descriptor = poller.open(family: address.family, type: address.socktype, protocol: address.protocol)
        if descriptor < 0 { socketError = errno }
        return descriptor
    }

    /// Whether the system would open a socket now.
    var canOpenSocket: Bool { poller.canOpen }

    private func setCallbacks() throws(TransportError) {
        let handle = Unmanaged.passUnretained(self).toOpaque()
        try setPointer(CURLOPT_HEADERDATA, handle)
        try setPointer(CURLOPT_WRITEDATA, handle)
        try require(
            shim_easy_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                guard let context else { return 0 }
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue().receiveHeaderLine(line)
            },
            CURLOPT_HEADERFUNCTION
        )
        try require(
            shim_easy_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                guard let context else { return 0 }
                let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue().receiveBody(piece)
            },
            CURLOPT_WRITEFUNCTION
        )
        try setPointer(CURLOPT_OPENSOCKETDATA, handle)
        // A connection may outlive the handle that opened it.
        try setPointer(CURLOPT_CLOSESOCKETDATA, Unmanaged.passUnretained(poller).toOpaque())
        try require(
            shim_easy_set_open_callback(easy) { context, _, address in
                guard let context, let address else { return CURL_SOCKET_BAD }
                return Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue().openSocket(to: address.pointee)
            },
            CURLOPT_OPENSOCKETFUNCTION
        )
        try require(
            shim_easy_set_close_callback(easy) { context, descriptor in
                guard let context else { return -1 }
                return Unmanaged<SocketPoller>.fromOpaque(context).takeUnretainedValue().close(descriptor)
            },
            CURLOPT_CLOSESOCKETFUNCTION
        )
    }
}
