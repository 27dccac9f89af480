/// The first line and the header fields of a request, and what they say about its body and the connection.
struct RequestHead: Equatable {
    /// How the body travels (RFC 9112, section 6).
    enum Framing: Equatable {
        /// This many bytes; 0 where there is no body.
        case length(Int)
        case chunked
    }

    let method: String
    let path: String
    let rawQuery: String?
    let headers: HeaderList
    let framing: Framing
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110, section 10.1.1).
    let expectsContinue: Bool
    /// Whether the connection goes on after the answer.
    let keepsAlive: Bool
    /// Whether the answer may be chunked (RFC 9112, section 6.1).
    let takesChunks: Bool
}
