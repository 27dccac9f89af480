internal import CLibcurl
internal import DHIS2
internal import HTTPTypes

/// A request's header fields as libcurl wants them, freed with this object.
final class HeaderList {
    private let fields: HTTPFields
    private let hasBody: Bool
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    init(_ request: TransportRequest, userAgent: String) throws(TransportError) {
        fields = request.headerFields
        hasBody = request.sentBody != nil
        for field in fields {
            // libcurl takes "Name:" as a wish to leave the field out and "Name;" as the field without a value.
            try append(field.value.isEmpty ? "\(field.name.rawName);" : "\(field.name.rawName): \(field.value)")
        }
        // libcurl formats lines of this list once for a transfer, but those that it adds by options twice.
        if !fields.contains(.userAgent) { try append("User-Agent: \(userAgent)") }
        if !fields.contains(.acceptEncoding) { try append("Accept-Encoding: \(LibcurlLibrary.contentCodings)") }
        if hasBody {
            // libcurl would ask for leave to send a large body, and call any body a form, an empty one too.
            if !fields.contains(.expect) { try append("Expect:") }
            if !fields.contains(.contentType) { try append("Content-Type:") }
        }
    }

    deinit {
        curl_slist_free_all(list)
    }

    /// Whether a request would have the same list.
    func fits(_ request: TransportRequest) -> Bool {
        hasBody == (request.sentBody != nil) && fields == request.headerFields
    }

    private func append(_ line: String) throws(TransportError) {
        guard let longer = curl_slist_append(list, line) else { throw .unavailable("no memory for header fields") }
        list = longer
    }
}
