/// An answer of the simulated server, before it becomes bytes.
package struct SimulatedReply: Sendable, Equatable {
    /// How the body travels.
    package enum Framing: Sendable, Equatable {
        /// With the `Content-Length` of the body.
        case length
        /// In one chunk, without `Content-Length`.
        case chunked
        /// The `Content-Length` of the body, but only half of it arrives; then nothing for the given time, then the end.
        case stalled(Duration)
        /// A greater `Content-Length` than that of the body; nothing more comes, and only a client that asked for it sees
        /// the connection end.
        case short(announced: Int)
    }

    package var status: Int
    /// Tomcat sends no reason phrase; a proxy in front of it does.
    package var reason: String
    package var headers: HeaderList
    package var body: [UInt8]
    package var framing: Framing
    /// How long the answer takes from the end of the request; no step of it waits for that.
    package var delay: Duration

    package init(
        status: Int,
        reason: String = "",
        headers: HeaderList = [:],
        body: [UInt8] = [],
        framing: Framing = .length,
        delay: Duration = .zero
    ) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
        self.framing = framing
        self.delay = delay
    }

    package init(
        status: Int,
        reason: String = "",
        headers: HeaderList = [:],
        text: String,
        delay: Duration = .zero
    ) {
        self.init(status: status, reason: reason, headers: headers, body: Array(text.utf8), delay: delay)
    }

    /// The body as text, with replacement characters where it is not UTF-8.
    package var bodyText: String { String(decoding: body, as: UTF8.self) }

    /// RFC 9110, section 6.4.1: these statuses have no content, whatever the method.
    var hasNoContent: Bool { status == 204 || status == 304 || (100..<200).contains(status) }
}
