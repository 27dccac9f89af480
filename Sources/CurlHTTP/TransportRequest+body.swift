internal import DHIS2
internal import HTTPVocabulary

extension TransportRequest {
    /// The body as it is sent: methods that are about their body announce one of no length when there is none (RFC 9110,
    /// section 8.6).
    var sentBody: [UInt8]? {
        body ?? ([.post, .put, .patch].contains(method) ? [] : nil)
    }
}
