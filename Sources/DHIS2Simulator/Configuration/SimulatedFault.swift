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

/// An order to misbehave: which requests, which of them in turn, and how.
///
/// Every rule counts the requests it matches. Of the rules whose turn it is, the first answers the request; changes of
/// routes and delays take effect on the way and let the next rule have its turn too.
package struct FaultRule: Sendable, Equatable {
    /// The method, or `nil` for all.
    package var method: String?
    /// The path below the context path, `*` standing for any characters, or `nil` for all.
    package var path: String?
    /// The code or uid of a route whose `/run` is meant, or `nil` for all requests.
    package var route: String?
    /// How many matching requests pass before the first that is hit.
    package var after: Int
    /// How many are hit, or `nil` for all that follow.
    package var times: Int?
    package var fault: SimulatedFault

    package init(
        method: String? = nil,
        path: String? = nil,
        route: String? = nil,
        after: Int = 0,
        times: Int? = nil,
        fault: SimulatedFault
    ) {
        self.method = method
        self.path = path
        self.route = route
        self.after = after
        self.times = times
        self.fault = fault
    }

    /// Whether the rule's turn has come at the request that is its `count`th, counted from 1.
    func isDue(at count: Int) -> Bool {
        guard count > after else { return false }
        guard let times else { return true }
        return count - after <= times
    }

    /// Whether a text fits a pattern in which `*` stands for any characters.
    static func matches(_ text: String, pattern: String) -> Bool {
        let text = Array(text.utf8)
        let pattern = Array(pattern.utf8)
        var (at, of) = (0, 0)
        var retry: (at: Int, of: Int)?
        while at < text.count {
            if of < pattern.count, pattern[of] == UInt8(ascii: "*") {
                retry = (at, of)
                of += 1
            } else if of < pattern.count, pattern[of] == text[at] {
                at += 1
                of += 1
            } else if let last = retry {
                retry = (last.at + 1, last.of)
                at = last.at + 1
                of = last.of + 1
            } else {
                return false
            }
        }
        return pattern[of...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
