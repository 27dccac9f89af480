extension SimulatedInstance {
    static let cacheControl = "no-cache, private"

    /// JSON from DHIS2 itself.
    func json(_ document: JSONText, status: Int = 200, cached: Bool = false) -> SimulatedReply {
        var headers: HeaderList = ["Content-Type": Self.contentType("application/json")]
        if !cached { headers.add("Cache-Control", Self.cacheControl) }
        return SimulatedReply(status: status, headers: headers, text: document.text)
    }

    /// An error of DHIS2's own, in the form the request accepts.
    ///
    /// Section 3.4: where `Accept` or the end of the path rules JSON out, the error cannot be written, and the container
    /// shows its own 500 instead (inferred).
    func error(_ envelope: Envelope, to request: SimulatedRequest) -> SimulatedReply {
        guard Self.acceptsJSON(request) else {
            return HTMLPages.tomcat(500, message: "No acceptable representation")
        }
        var reply = json(envelope.json, status: envelope.status)
        // Section 5: from 2.42 on no charset, which everything of a target has; the length is told from 2.44 on.
        if era != .b { reply.headers.replace("Content-Type", with: "application/json") }
        if era != .e { reply.framing = .chunked }
        return reply
    }

    func methodNotAllowed(_ request: SimulatedRequest, allowed: String) -> SimulatedReply {
        var reply = error(Envelope(405, "Request method '\(request.method)' is not supported"), to: request)
        if reply.status == 405 { reply.headers.add("Allow", allowed) }
        return reply
    }

    private static func acceptsJSON(_ request: SimulatedRequest) -> Bool {
        let suffixes = [".xml", ".csv", ".png", ".pdf"]
        guard !suffixes.contains(where: { request.path.hasSuffix($0) }) else { return false }
        let accepted = request.headers.values(of: "Accept")
        return accepted.isEmpty
            || accepted.contains { value in
                value.containsASCII("json") || value.containsASCII("*/*") || value.containsASCII("application/*")
            }
    }

    /// Adds what tells DHIS2's answers from those of the layers before it (section 6).
    func marked(_ reply: SimulatedReply) -> SimulatedReply {
        guard !configuration.hidesMarker else { return reply }
        var reply = reply
        if configuration.sendsContentSecurityPolicy {
            reply.headers.add("Content-Security-Policy", "frame-ancestors 'self';")
        } else {
            reply.headers.add("X-Frame-Options", "SAMEORIGIN")
        }
        reply.headers.add("X-Content-Type-Options", "nosniff")
        return reply
    }

    /// The filter that forces UTF-8 on every response adds it to the type too (section 3.4, inferred).
    static func contentType(_ type: String) -> String {
        type.containsASCII("charset") ? type : type + ";charset=UTF-8"
    }

    /// The absolute base address, as the request addressed the server.
    func baseURL(_ request: SimulatedRequest) -> String {
        "http://" + (request.headers["Host"] ?? "localhost") + configuration.contextPath
    }
}
