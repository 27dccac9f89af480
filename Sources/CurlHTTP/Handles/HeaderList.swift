internal import CLibcurl
internal import DHIS2
internal import HTTPVocabulary

/// A request's header fields as libcurl wants them, freed with this object.
final class HeaderList {
    private let fields: HTTPFields
    private let hasBody: Bool
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    init(_ request: TransportRequest, userAgent: String) throws(TransportError) {
        fields = request.headerFields
        hasBody = request.sentBody != nil
        for field in fields {
            try append(field)
        }
        // libcurl formats lines of this list once for a transfer, but those that it adds by options twice.
        if !fields.contains(.userAgent), !userAgent.isEmpty { try append(Self.userAgent(userAgent)) }
        // The body is unpacked by ``BodyDecoder``, which tells when it breaks off.
        if !fields.contains(.acceptEncoding) { try append("Accept-Encoding: \(BodyDecoder.acceptEncoding)") }
        if hasBody {
            // libcurl would ask for leave to send a large body, and call any body a form, an empty one too.
            if !fields.contains(.expect) { try append("Expect:") }
            if !fields.contains(.contentType) { try append("Content-Type:") }
        }
    }

    deinit {
        curl_slist_free_all(list)
    }

    /// Whether a request would have the same list, which also holds how names are spelled.
    func fits(_ request: TransportRequest) -> Bool {
        hasBody == (request.sentBody != nil) && fields.isWritten(like: request.headerFields)
    }

    private static func userAgent(_ value: String) throws(TransportError) -> HTTPField {
        guard let field = HTTPField(name: .userAgent, value: value) else {
            throw TransportError(.invalidRequest, message: "The user agent cannot be sent in a header field.")
        }
        return field
    }

    private func append(_ field: HTTPField) throws(TransportError) {
        // libcurl takes "Name:" as a wish to leave the field out and "Name;" as the field without a value.
        try append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }

    private func append(_ line: String) throws(TransportError) {
        guard let longer = curl_slist_append(list, line) else { throw .unavailable("no memory for header fields") }
        list = longer
    }
}
