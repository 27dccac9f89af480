internal import CLibcurl
internal import DHIS2
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
    private var headers: HeaderList?
    private var timeout: Duration?
    private var isPlainGet = true
    private var usesFreshConnection = false

    init(options: CurlOptions, poller: SocketPoller) throws(TransportError) {
        guard let easy = curl_easy_init() else { throw .unavailable("libcurl could not make a handle") }
        self.easy = easy
        self.options = options
        url = try URLHandle()
        collector = ResponseCollector(limits: options.limits)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try setPointer(CURLOPT_PRIVATE, Unmanaged.passUnretained(self).toOpaque())
        try setPointer(CURLOPT_ERRORBUFFER, errorText)
        try require(shim_easy_set_url(easy, url.url), CURLOPT_CURLU)
        try setCallbacks(poller: poller)
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
        if request.timeout != timeout {
            try setMilliseconds(CURLOPT_TIMEOUT_MS, request.timeout)
            timeout = request.timeout
        }
        try setMethod(request.method, body: request.sentBody)
        try setConnectionReuse(for: request.method)
    }

    /// Forgets the transfer.
    func clear() {
        transfer = nil
        collector.reset()
    }

    /// Takes a header line from libcurl and says how much of it was taken.
    private func receiveHeaderLine(_ bytes: UnsafeRawBufferPointer) -> Int {
        collector.takeHeaderLine(bytes) ? bytes.count : 0
    }

    /// Takes a piece of the body from libcurl and says how much of it was taken.
    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        collector.takeBody(bytes, announcedSize: { getOffset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) }) ? bytes.count : 0
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
    private func setCallbacks(poller: SocketPoller) throws(TransportError) {
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
        let watcher = Unmanaged.passUnretained(poller).toOpaque()
        try setPointer(CURLOPT_OPENSOCKETDATA, watcher)
        try setPointer(CURLOPT_CLOSESOCKETDATA, watcher)
        try require(
            shim_easy_set_open_callback(easy) { context, _, address in
                guard let context, let address else { return CURL_SOCKET_BAD }
                return Unmanaged<SocketPoller>.fromOpaque(context).takeUnretainedValue().open(
                    family: address.pointee.family,
                    type: address.pointee.socktype,
                    protocol: address.pointee.protocol
                )
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
