internal import CLibcurl
internal import DHIS2
internal import Glibc

extension EasyHandle {
    /// Sets what all requests share.
    func apply(_ options: CurlOptions) throws(TransportError) {
        try setString(CURLOPT_PROTOCOLS_STR, "http,https")
        try setLong(CURLOPT_FOLLOWLOCATION, 0)
        try setLong(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try setLong(CURLOPT_PATH_AS_IS, 1)
        // Signals belong to the process, not to its HTTP engine.
        try setLong(CURLOPT_NOSIGNAL, 1)
        // A cancelled name lookup is left to itself: waiting for its thread would hold up every other transfer.
        try setLong(CURLOPT_QUICK_EXIT, 1)
        try setLong(CURLOPT_TCP_NODELAY, 1)
        try setLong(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try setLong(CURLOPT_HTTP_CONTENT_DECODING, 0)
        // A server may end an HTTP/2 connection after any stream, as nginx does after its `keepalive_requests`. libcurl
        // (7.88) starts further streams there all the same and fails them, though the server is well; with HTTP/1.1
        // each answer says whether another request may follow.
        try setLong(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try setMilliseconds(CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeout)
        try apply(options.tls)
        try apply(options.proxy)
    }

    private func apply(_ tls: CurlOptions.TLS) throws(TransportError) {
        try setLong(CURLOPT_SSL_VERIFYPEER, tls.verifiesServer ? 1 : 0)
        // 2 is libcurl's number for "check the name".
        try setLong(CURLOPT_SSL_VERIFYHOST, tls.verifiesServer ? 2 : 0)
        if let file = tls.certificateAuthorities {
            try setString(CURLOPT_CAINFO, file)
            // The file replaces the system's authorities: no folder of more beside it.
            try setString(CURLOPT_CAPATH, nil)
        }
        if let file = tls.clientCertificate { try setString(CURLOPT_SSLCERT, file) }
        if let file = tls.clientKey { try setString(CURLOPT_SSLKEY, file) }
    }

    private func apply(_ proxy: CurlOptions.Proxy) throws(TransportError) {
        switch proxy {
        case .fromEnvironment where Self.hasProxyInEnvironment:
            break
        case .fromEnvironment, .none:
            // Every host is an exception: libcurl then leaves the environment alone, which it would search each time.
            try setString(CURLOPT_NOPROXY, "*")
        case .url(let url):
            try setString(CURLOPT_PROXY, url)
            // The environment's exceptions belong to the environment's proxy.
            try setString(CURLOPT_NOPROXY, "")
        }
    }

    /// Whether the environment names a proxy, in any of the ways that libcurl knows.
    private static var hasProxyInEnvironment: Bool {
        let names = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        return names.contains { name in getenv(name) != nil }
    }
}

// Typed access to curl_easy_setopt, its failures included.
extension EasyHandle {
    func setLong(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try require(shim_easy_set_long(easy, option, value), option)
    }

    func setString(_ option: CURLoption, _ value: String?) throws(TransportError) {
        try require(shim_easy_set_string(easy, option, value), option)
    }

    func setPointer(_ option: CURLoption, _ value: UnsafeRawPointer?) throws(TransportError) {
        try require(shim_easy_set_pointer(easy, option, value), option)
    }

    /// Sets a bound, rounded up to a whole millisecond: 0 would mean no bound to libcurl.
    func setMilliseconds(_ option: CURLoption, _ duration: Duration) throws(TransportError) {
        try setLong(option, duration.wholeMilliseconds)
    }

    func require(_ code: CURLcode, _ option: CURLoption) throws(TransportError) {
        guard code != CURLE_OK else { return }
        throw .unavailable(
            "libcurl refused its option \(option.rawValue): \(String(cString: curl_easy_strerror(code)))"
        )
    }
}

extension Duration {
    /// The duration in milliseconds, rounded up, from 1 to what libcurl takes.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < Int64(CInt.max) / 1000 else { return Int(CInt.max) }
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int(max(1, milliseconds))
    }
}
