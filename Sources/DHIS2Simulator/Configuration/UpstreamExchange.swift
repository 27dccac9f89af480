/// What DHIS2 sends to a route's upstream.
package struct UpstreamRequest: Sendable, Equatable {
    package var method: String
    /// The whole address, as DHIS2 built it.
    package var url: String
    /// The path of the address, not decoded.
    package var path: String
    /// The sub-path that was asked for, without a leading slash; empty when there was none.
    package var subPath: String
    /// The query of the address, not decoded; `nil` when there is none.
    package var rawQuery: String?
    package var headers: HeaderList
    package var body: [UInt8]

    /// The query as most servers read it: split, then decoded as a form.
    package var parameters: [(name: String, value: String)] { QueryText.parameters(of: rawQuery ?? "") }
}

/// What comes of it.
package indirect enum UpstreamOutcome: Sendable {
    case reply(UpstreamReply)
    /// A redirect, and what comes of following it.
    case redirect(UpstreamReply, followed: UpstreamOutcome)
    case failure(UpstreamFailure)
}

/// An upstream's answer.
package struct UpstreamReply: Sendable, Equatable {
    package var status: Int
    package var headers: HeaderList
    package var body: [UInt8]
    /// Time to the first byte.
    package var delay: Duration
    /// The upstream sent it with `Content-Encoding: gzip`.
    package var isCompressed: Bool
    /// The upstream told no length: it sent chunks, or ended the connection.
    package var isChunked: Bool
    /// The upstream stopped in the middle of the body.
    package var stallsInBody: Bool
    /// The upstream sent `103 Early Hints` before this.
    package var sendsEarlyHints: Bool

    package init(
        status: Int = 200,
        headers: HeaderList = [:],
        body: [UInt8] = [],
        delay: Duration = .zero,
        isCompressed: Bool = false,
        isChunked: Bool = false,
        stallsInBody: Bool = false,
        sendsEarlyHints: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.delay = delay
        self.isCompressed = isCompressed
        self.isChunked = isChunked
        self.stallsInBody = stallsInBody
        self.sendsEarlyHints = sendsEarlyHints
    }

    /// An answer in JSON.
    static func json(_ text: String, status: Int = 200) -> UpstreamReply {
        UpstreamReply(status: status, headers: ["Content-Type": "application/json"], body: Array(text.utf8))
    }
}

/// An upstream's answer that breaks off in the middle of its body.
package struct BrokenUpstreamReply: Sendable, Equatable {
    /// What ended it.
    package enum Ending: String, Sendable, CaseIterable {
        /// The upstream closed the connection.
        case closes
        /// The upstream broke the connection off (RST).
        case resets
        /// The upstream fell silent, for longer than the route allows.
        case stalls
    }

    /// What came of it: the body is the part that arrived.
    package var part: UpstreamReply
    /// The `Content-Length` that the upstream had announced; `nil` where it sent chunks.
    package var announcedLength: Int?
    package var ending: Ending

    package init(_ part: UpstreamReply, announcedLength: Int?, ending: Ending = .closes) {
        self.part = part
        self.announcedLength = announcedLength
        self.ending = ending
    }
}

/// Why an upstream gave no answer, or no whole one.
package enum UpstreamFailure: Sendable, Equatable {
    case refused
    case unresolvable
    /// A certificate that nobody trusts.
    case tls
    /// The upstream accepted the connection and never answered the TLS handshake.
    case tlsTimeout
    /// The upstream broke the connection off (RST) before it answered.
    case reset
    /// The upstream closed the connection before it answered.
    case closes
    /// The upstream sent chunks whose length is this line, which is not a number.
    case badChunk(line: String)
    /// The first line of the upstream's answer is this, which is not HTTP.
    case garbage(line: String)
    /// All connections that DHIS2 allows itself to the host are in use.
    case poolExhausted
    /// Connecting took longer than DHIS2 waits; told after the given time instead of DHIS2's own.
    case connectTimeout(after: Duration)
    /// No answer within the route's response timeout, or within the given time instead.
    case timeout(after: Duration?)
    /// The answer broke off in the middle of its body; one to HEAD has none, and comes whole.
    case brokeOff(BrokenUpstreamReply)
}
