/// A way to misbehave.
package enum SimulatedFault: Sendable, Equatable {
    // MARK: Connections

    /// The connection ends in order without a byte of an answer.
    case closeWithoutAnswer
    /// The connection is broken off (RST) without a byte of an answer.
    case resetBeforeHeaders
    /// The connection is broken off (RST) in the middle of a header.
    case resetInHeaders
    /// The connection is broken off (RST) in the middle of the body.
    case resetInBody
    /// The connection stays open and silent.
    case hang
    /// Headers and half of the body come, then silence.
    case hangInBody
    /// So many bytes come at a time, with a pause after each.
    case drip(bytes: Int, every: Duration)
    /// The answer comes so much later.
    case delay(Duration)

    // MARK: HTTP

    /// `Content-Length` promises more than comes before the connection ends.
    case truncatedBody
    /// A chunk's length is no number.
    case badChunk
    /// The first line is no HTTP.
    case garbageStatusLine
    /// A header field with a value of so many bytes.
    case hugeHeader(bytes: Int)
    /// Header fields without end.
    case endlessHeaders
    /// A body without end.
    case endlessBody
    /// A gzip body that unpacks to so many zero bytes.
    case gzipBomb(bytes: Int)
    /// A body that is not what its `Content-Encoding: gzip` says.
    case badGzip

    // MARK: Other layers

    /// An answer that DHIS2 passes on, so with its marker.
    case status(Int, headers: HeaderList, body: String)
    /// An answer of something in front of DHIS2, so without the marker: a redirect to a sign-on page for example.
    case statusInFront(Int, headers: HeaderList, body: String)
    /// An HTML page of a reverse proxy in front of DHIS2, so without the marker; 503 for example.
    case proxyPage(status: Int)
    /// Tomcat's own page, without the marker: 404 while DHIS2 is not deployed, 400 for a URL it refuses.
    case containerPage(status: Int)
    /// DHIS2 asks to log in, credentials or not.
    case loginRedirect
    /// DHIS2's login page itself, as from something in front that follows the redirect to it.
    case loginPage
    /// A network's portal sends everything to its own page.
    case captivePortal

    // MARK: Changes during a run

    /// The route in the rule is deleted.
    case deleteRoute
    /// The route in the rule gets another code.
    case renameRoute(to: String)
    /// The route in the rule is disabled.
    case disableRoute
    /// Every token that is valid expires.
    case expireTokens
    /// The server closes its port and all connections, and comes back on the same port after a while.
    case restart(downFor: Duration)

    /// 429 with `Retry-After` from DHIS2's side of the proxy. (DHIS2 itself would drop an upstream's.)
    package static func tooManyRequests(retryAfter: String) -> SimulatedFault {
        .status(429, headers: ["Retry-After": retryAfter, "Content-Type": "text/plain"], body: "Too Many Requests\n")
    }
}
