// The forms that DHIS2's own answers have.
extension SimulatedInstance {
    /// What browsers are told about an object of the API and about an error.
    static let cacheControl = "no-cache, private"
    /// What they are told about everything that has no rule of its own.
    static let noStore = "no-cache, no-store, max-age=0, must-revalidate"

    /// JSON from DHIS2 itself, in answer to a request that was served.
    ///
    /// - Parameter cacheControl: The field's value; `nil` where the field is missing.
    func json(_ document: JSONText, cacheControl: String? = cacheControl) -> SimulatedReply {
        var headers: HeaderList = ["Content-Type": Self.contentType("application/json")]
        if let cacheControl { headers.add("Cache-Control", cacheControl) }
        return SimulatedReply(status: 200, headers: headers, body: Array(document.text.utf8), framing: ownFraming)
    }

    /// DHIS2 writes its own JSON without knowing its length; 2.44 puts it by first.
    var ownFraming: SimulatedReply.Framing { era == .e ? .length : .chunked }

    /// An error of DHIS2's own, in the form the request accepts.
    func error(_ envelope: Envelope, to request: SimulatedRequest) -> SimulatedReply {
        let negotiation = Negotiation(request)
        guard let type = negotiation.type else { return unwritable(envelope) }
        var headers: HeaderList = [
            "Cache-Control": Self.cacheControl,
            // From 2.42 on no charset, which everything of a target has.
            "Content-Type": era == .b ? Self.contentType(type) : type,
        ]
        if negotiation.isDownload { headers.add("Content-Disposition", Self.download) }
        return SimulatedReply(
            status: envelope.status,
            headers: headers,
            body: Array(envelope.json.text.utf8),
            framing: ownFraming
        )
    }

    static let download = "inline;filename=f.txt"

    /// An error that the request's form leaves no way to write: the container's page, which names the exception.
    private func unwritable(_ envelope: Envelope) -> SimulatedReply {
        let cause = envelope.exception + (envelope.message.map { ": " + $0 } ?? "")
        let isSpring5 = era == .b
        let page = TomcatPage(
            status: 500,
            message: "Request processing failed" + (isSpring5 ? "; nested exception is " : ": ") + cause,
            report: .exception(
                class: isSpring5
                    ? "org.springframework.web.util.NestedServletException" : "jakarta.servlet.ServletException"
            )
        )
        var reply = page.reply(minorVersion: minorVersion)
        // The page is longer than what Tomcat holds back, for its stack trace.
        reply.framing = .chunked
        return reply
    }

    func methodNotAllowed(_ request: SimulatedRequest) -> SimulatedReply {
        error(
            Envelope(
                405,
                "Request method '\(request.method)' is not supported",
                exception: "org.springframework.web.HttpRequestMethodNotSupportedException"
            ),
            to: request
        )
    }

    /// The answer to OPTIONS.
    static func options(_ methods: [String]) -> SimulatedReply {
        var headers: HeaderList = ["Allow": (methods + ["OPTIONS"]).joined(separator: ",")]
        if methods.contains("PATCH") { headers.add("Accept-Patch", "") }
        return SimulatedReply(status: 200, headers: headers)
    }

    /// Adds what tells DHIS2's answers from those of the layers before it.
    func marked(_ reply: SimulatedReply) -> SimulatedReply {
        var reply = reply
        if !configuration.hidesMarker {
            if configuration.sendsContentSecurityPolicy {
                reply.headers.add("Content-Security-Policy", "frame-ancestors 'self';")
            } else {
                reply.headers.add("X-Frame-Options", "SAMEORIGIN")
            }
            reply.headers.add("X-Content-Type-Options", "nosniff")
        }
        reply.headers.add("X-XSS-Protection", minorVersion <= 41 ? "1; mode=block" : "0")
        return reply
    }

    /// The filter that forces UTF-8 on every response adds it to the type too.
    static func contentType(_ type: String) -> String {
        type.containsASCII("charset") ? type : type + ";charset=UTF-8"
    }

    /// The absolute base address, as the request addressed the server.
    ///
    /// A proxy's word for the scheme is believed, its word for the host is not (seen on 2.41 to 2.43).
    func baseURL(_ request: SimulatedRequest) -> String {
        let isSecure = request.headers["X-Forwarded-Proto"] == "https" && minorVersion <= 43
        return (isSecure ? "https://" : "http://") + (request.headers["Host"] ?? "localhost")
            + configuration.contextPath
    }
}

// What Spring adds to answers of its own.
extension SimulatedInstance {
    /// The fields of what is served without a route of the API: what an answer would depend on if it had a CORS policy.
    ///
    /// 2.44 has them on the ping only.
    static func addVary(to reply: inout SimulatedReply) {
        for name in ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"] {
            reply.headers.add("Vary", name)
        }
    }

    /// 2.44 tells a digest of what it answers to GET, unless that is not to be kept.
    func tagged(_ reply: SimulatedReply, _ request: SimulatedRequest) -> SimulatedReply {
        guard era == .e, request.method == "GET", (200..<300).contains(reply.status),
            !reply.headers.values(of: "Cache-Control").contains(where: { $0.containsASCII("no-store") })
        else { return reply }
        var reply = reply
        reply.headers.add("ETag", "\"0" + Self.digest(of: reply.body) + "\"")
        return reply
    }

    /// 32 hexadecimal digits that change with the bytes; DHIS2's are an MD5.
    private static func digest(of bytes: [UInt8]) -> String {
        (UInt8(0)..<4).map { CRC32.checksum(of: [$0] + bytes).digits(8, radix: 16) }.joined()
    }
}
