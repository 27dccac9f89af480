/// What Tomcat and Spring's firewall refuse in a request before DHIS2 sees it.
enum TargetSyntax {
    /// Who refuses, and what is said of it.
    enum Refusal: Equatable {
        /// Tomcat, while it reads the request line.
        case unreadable(String)
        /// Tomcat, with the path before it, and a message or none.
        case invalid(String?)
        case trace
        /// Spring's firewall; up to 2.41 its message is shown, with a 500.
        case firewall(String)
        /// Spring's firewall of 2.42 and later; older ones let it pass.
        case newFirewall
    }

    /// Why a request is refused, or `nil` where it is not.
    static func refusal(of request: SimulatedRequest) -> Refusal? {
        if request.path.utf8.allSatisfy(isPlain), request.rawQuery.map({ $0.utf8.allSatisfy(isReadable) }) ?? true,
            methods.contains(request.method), request.path.utf8.first == UInt8(ascii: "/"),
            !hasSuspiciousSegment(request.path)
        {
            return nil
        }
        return unreadable(request) ?? (request.method == "TRACE" ? .trace : nil) ?? badPath(request.path)
            ?? badMethod(request.method) ?? blocked(request.path)
    }

    private static let methods: Set = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PATCH", "PUT"]

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte.isOne(of: "/-._~!$&'()*+,=:@")
    }

    /// Tomcat as DHIS2 ships it relaxes its rules for `[ ] { } | \`.
    private static func isReadable(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !byte.isOne(of: "\"#<>^`")
    }

    private static func hasSuspiciousSegment(_ path: String) -> Bool {
        var previous: UInt8 = 0
        for byte in path.utf8 {
            if previous == UInt8(ascii: "/"), byte == previous || byte == UInt8(ascii: ".") { return true }
            previous = byte
        }
        return false
    }

    private static func unreadable(_ request: SimulatedRequest) -> Refusal? {
        guard !request.target.utf8.allSatisfy(isReadable) else { return nil }
        var shown = ""
        for byte in request.target.utf8 {
            shown +=
                byte < 0x7F ? String(UnicodeScalar(byte)) : "0x" + Int(byte).digits(2, radix: 16)
        }
        return .unreadable(
            "Invalid character found in the request target [\(shown) ]. "
                + "The valid characters are defined in RFC 7230 and RFC 3986"
        )
    }

    // MARK: Tomcat

    private static func badPath(_ path: String) -> Refusal? {
        guard path.utf8.first == UInt8(ascii: "/") else { return .invalid("Invalid URI") }
        let bytes = Array(path.utf8)
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%") else {
                decoded.append(bytes[index])
                index += 1
                continue
            }
            guard index + 2 < bytes.count else { return .invalid("Invalid URI: [End of file (EOF)]") }
            guard let value = QueryText.escape(in: bytes, at: index) else {
                return .invalid("Invalid URI: [The hexadecimal encoding is invalid]")
            }
            if value == UInt8(ascii: "/") {
                return .invalid("Invalid URI: [The encoded slash character is not allowed]")
            }
            decoded.append(value)
            index += 3
        }
        if decoded.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\\") }) { return .invalid("Invalid URI") }
        return bytes.contains { $0.isOne(of: "[]{}|") } ? .invalid(nil) : nil
    }

    // MARK: Spring's firewall

    private static func badMethod(_ method: String) -> Refusal? {
        guard !methods.contains(method) else { return nil }
        return .firewall(
            "The request was rejected because the HTTP method \"\(method)\" was not included within the list of allowed "
                + "HTTP methods [HEAD, DELETE, POST, GET, OPTIONS, PATCH, PUT]"
        )
    }

    private static let blocklist = [
        ";", "%3b", "%3B", "//", "%25", "%2e", "%2E", "%0a", "%0A", "%0d", "%0D", "%5c", "%5C", "%00",
    ]

    private static func blocked(_ path: String) -> Refusal? {
        let bytes = Array(path.utf8)
        if let part = blocklist.first(where: { bytes.firstOffset(of: Array($0.utf8)) != nil }) {
            return .firewall(
                "The request was rejected because the URL contained a potentially malicious String \"\(part)\""
            )
        }
        if path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) {
            return .firewall("The request was rejected because the URL was not normalized.")
        }
        return QueryText.isUTF8(path: path) ? nil : .newFirewall
    }
}

extension SimulatedInstance {
    /// The page for a request that does not reach DHIS2, or `nil` where it does.
    func refusedTarget(_ request: SimulatedRequest) -> SimulatedReply? {
        guard let refusal = TargetSyntax.refusal(of: request) else { return nil }
        switch refusal {
        case .unreadable(let message):
            return unreadable(message)
        case .invalid(let message):
            return page(TomcatPage(status: 400, message: message))
        case .trace:
            var reply = page(TomcatPage(status: 405, message: "TRACE method is not allowed"))
            reply.headers.add("Allow", "HEAD, DELETE, POST, GET, OPTIONS, PUT")
            return reply
        case .firewall(let message) where era == .b:
            let name = "org.springframework.security.web.firewall.RequestRejectedException"
            return page(TomcatPage(status: 500, message: message, report: .exception(class: name)))
        case .newFirewall where era == .b:
            return nil
        case .firewall, .newFirewall:
            return page(TomcatPage(status: 400))
        }
    }

    /// Tomcat's page for a request that it could not read.
    func unreadable(_ message: String) -> SimulatedReply {
        page(TomcatPage(status: 400, message: message, report: .exception(class: "java.lang.IllegalArgumentException")))
    }

    func page(_ page: TomcatPage) -> SimulatedReply { page.reply(minorVersion: minorVersion) }
}
