internal import CLibcurl

/// What holds for libcurl in the whole process.
enum LibcurlLibrary {
    /// Whether libcurl's global state is set up; it is never torn down, as other code may use it too.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// The content codings that this build of libcurl decodes, as `Accept-Encoding` lists them.
    static let contentCodings: String = {
        let features = curl_version_info(CURLVERSION_FIRST)?.pointee.features ?? 0
        let codings = [
            (CURL_VERSION_LIBZ, "gzip, deflate"),
            (CURL_VERSION_BROTLI, "br"),
            (CURL_VERSION_ZSTD, "zstd"),
        ]
        return codings.filter { features & CInt($0.0) != 0 }.map(\.1).joined(separator: ", ")
    }()
}
