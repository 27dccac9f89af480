internal import DHIS2
internal import HTTPVocabulary

/// A request on its way to the loop, and who waits for its answer.
struct Transfer: Sendable {
    /// How a transfer ends.
    typealias Outcome = Result<HTTPExchange, TransportError>

    /// What names this transfer when it is to be cancelled.
    let id: UInt64
    let request: TransportRequest
    let continuation: UnsafeContinuation<Outcome, Never>
}

extension TransportError {
    /// The error of a transfer whose task was cancelled.
    static let cancelled = TransportError(.cancelled, message: "The request was cancelled.")

    /// The error of a transfer that the transport's end cut off.
    static let shutDown = TransportError(.cancelled, message: "The request was cancelled: the transport was shut down.")
}

extension TransportRequest {
    /// The body as it is sent: methods that are about their body announce one of no length when there is none (RFC
    /// 9110, section 8.6).
    var sentBody: [UInt8]? {
        body ?? ([.post, .put, .patch].contains(method) ? [] : nil)
    }
}
