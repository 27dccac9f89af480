/// Why a request is refused.
///
/// The connection ends after the answer.
struct RequestProblem: Error, Equatable {
    /// What Tomcat answers to it.
    let status: Int
    let message: String

    /// Not HTTP/1, or beyond the limits of a head.
    static let invalid = RequestProblem(status: 400, message: "Invalid request")
    /// A body beyond ``RequestLimits/body``, as a proxy in front of Tomcat would refuse it.
    static let tooLarge = RequestProblem(status: 413, message: "The request body is too large")
    /// A transfer coding other than `chunked` (RFC 9112, section 6.1).
    static let unknownCoding = RequestProblem(status: 501, message: "The transfer coding is not supported")
    /// A version other than HTTP/1.
    static let unknownVersion = RequestProblem(status: 505, message: "The HTTP version is not supported")

    /// The answer, after which the connection ends.
    var reply: SimulatedReply { HTMLPages.tomcat(status, message: message) }
}
