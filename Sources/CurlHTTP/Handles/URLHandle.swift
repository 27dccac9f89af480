internal import CLibcurl
internal import DHIS2
internal import Glibc

/// A URL as libcurl parses it, freed with this object.
///
/// A transfer that is given its URL as text writes it anew after parsing it, which costs as much as the parsing.
final class URLHandle {
    let url: OpaquePointer

    init() throws(TransportError) {
        guard let url = curl_url() else { throw .unavailable("libcurl could not make a URL handle") }
        self.url = url
    }

    deinit {
        curl_url_cleanup(url)
    }

    /// Sets the whole URL, its path and query as they stand.
    func set(_ text: String) throws(TransportError) {
        let code = text.withCString { bytes in
            // A NUL would cut the URL short.
            guard strlen(bytes) == text.utf8.count else { return CURLUE_MALFORMED_INPUT }
            return curl_url_set(url, CURLUPART_URL, bytes, UInt32(CURLU_PATH_AS_IS | CURLU_DISALLOW_USER))
        }
        guard code != CURLUE_OK else { return }
        throw TransportError(.invalidRequest, message: "The URL cannot be used: \(Self.defect(of: text, code)).")
    }

    /// What is wrong with a URL that libcurl refused, where it does not say so plainly.
    private static func defect(of text: String, _ code: CURLUcode) -> String {
        if text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
            return "it contains a blank or a control character"
        }
        if !text.contains("://") { return "it has no scheme" }
        if code == CURLUE_USER_NOT_ALLOWED { return "it contains a user name; send credentials as a header field" }
        return String(cString: curl_url_strerror(code))
    }
}
