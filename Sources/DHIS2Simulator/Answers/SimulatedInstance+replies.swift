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
    /// Section 3.4: where `Accept` or the end of the path rules JSON out, the error cannot be written, and the
    /// container shows its own 500 instead (inferred).
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

    /// Adds what tells DHIS2's answers from those of the layers before it.
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

    /// The filter that forces UTF-8 on every response adds it to the type too (inferred).
    static func contentType(_ type: String) -> String {
        type.containsASCII("charset") ? type : type + ";charset=UTF-8"
    }

    /// The absolute base address, as the request addressed the server.
    func baseURL(_ request: SimulatedRequest) -> String {
        "http://" + (request.headers["Host"] ?? "localhost") + configuration.contextPath
    }
}

/// DHIS2's JSON for everything that is not an object: its WebMessage.
struct Envelope: Equatable {
    var status: Int
    /// Absent where Java's exception has none.
    var message: String?
    /// Absent on 401, 405, 500, 502, 503 and on complaints about an address.
    var errorCode: String?

    init(_ status: Int, _ message: String?, errorCode: String? = nil) {
        self.status = status
        self.message = message
        self.errorCode = errorCode
    }

    var json: JSONText {
        var members: [(String, JSONText)] = [
            ("httpStatus", .string(Self.phrase(for: status))),
            ("httpStatusCode", .number(status)),
            ("status", .string(status < 400 ? "OK" : "ERROR")),
        ]
        if let message { members.append(("message", .string(message))) }
        if let errorCode { members.append(("errorCode", .string(errorCode))) }
        return .object(members)
    }

    static func badRequest(_ message: String) -> Envelope { Envelope(400, message, errorCode: "E1003") }
    static func forbidden(_ message: String) -> Envelope { Envelope(403, message, errorCode: "E1006") }
    static func notFound(_ message: String) -> Envelope { Envelope(404, message, errorCode: "E1005") }

    /// Spring's phrases, as `httpStatus` has them.
    static func phrase(for status: Int) -> String {
        switch status {
        case 200: "OK"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 413: "Payload Too Large"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Status \(status)"
        }
    }
}

/// Pages of the layers around DHIS2, none of which carries DHIS2's marker by itself.
enum HTMLPages {
    /// Tomcat's own error page: a wrong context path, an address it refuses, an error it could not render.
    static func tomcat(_ status: Int, message: String) -> SimulatedReply {
        let phrase = Envelope.phrase(for: status)
        return SimulatedReply(
            status: status,
            headers: ["Content-Type": "text/html;charset=utf-8", "Content-Language": "en"],
            text: """
                <!doctype html><html lang="en"><head><title>HTTP Status \(status) – \(phrase)</title></head>\
                <body><h1>HTTP Status \(status) – \(phrase)</h1><hr class="line" /><p><b>Type</b> Status Report</p>\
                <p><b>Message</b> \(message)</p><hr class="line" /><h3>Apache Tomcat</h3></body></html>
                """
        )
    }

    /// The page of an nginx in front of DHIS2.
    static func nginx(_ status: Int) -> SimulatedReply {
        let title = status < 400 ? "Welcome to nginx!" : "\(status) \(Envelope.phrase(for: status))"
        return SimulatedReply(
            status: status,
            reason: Envelope.phrase(for: status),
            headers: ["Server": "nginx", "Content-Type": "text/html"],
            text: "<html>\r\n<head><title>\(title)</title></head>\r\n<body>\r\n<center><h1>\(title)</h1></center>\r\n"
                + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
        )
    }

    /// The page of a network that wants its guests to sign in.
    static let captivePortal = SimulatedReply(
        status: 200,
        reason: "OK",
        headers: ["Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"],
        text: "<!doctype html>\n<title>Guest network</title>\n<p>Please accept the terms to go online.</p>\n"
    )

    static let login = """
        <!doctype html><html><head><title>Login app | DHIS2</title></head><body><div id="dhis2-app-root"></div></body></html>
        """
}
