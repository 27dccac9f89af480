/// Pages of the layers around DHIS2, none of which carries DHIS2's marks by itself.
enum HTMLPages {
    /// The page of an nginx in front of DHIS2.
    static func nginx(_ status: Int) -> SimulatedReply {
        let reason = nginxReason(status)
        let title = status < 400 ? "Welcome to nginx!" : "\(status) \(reason)"
        return SimulatedReply(
            status: status,
            reason: reason,
            headers: ["Server": nginxName, "Content-Type": "text/html"],
            text: "<html>\r\n<head><title>\(title)</title></head>\r\n<body>\r\n<center><h1>\(title)</h1></center>\r\n"
                + "<hr><center>\(nginxName)</center>\r\n</body>\r\n</html>\r\n"
        )
    }

    static let nginxName = "nginx/1.22.1"

    /// nginx words some reasons in its own way (seen: 413, 414, 502, 503, 504).
    private static func nginxReason(_ status: Int) -> String {
        switch status {
        case 413: "Request Entity Too Large"
        case 414: "Request-URI Too Large"
        case 503: "Service Temporarily Unavailable"
        case 504: "Gateway Time-out"
        default: Envelope.phrase(for: status)
        }
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

/// Tomcat's own error page.
///
/// It comes for an address that Tomcat or Spring's firewall refuses, for a path that nobody serves, and for an error that
/// DHIS2 could not write.
struct TomcatPage: Equatable {
    /// What the page reports.
    enum Report: Equatable {
        case status
        /// An exception of a Java class, with a stack trace.
        case exception(class: String)
    }

    let status: Int
    /// Absent where Java's exception has none.
    var message: String?
    var report = Report.status

    /// The page as a server of a version shows it: 2.41 has Tomcat 9, 2.42 and later Tomcat 11.
    func reply(minorVersion: Int) -> SimulatedReply {
        let name =
            switch minorVersion {
            case ...41: "Apache Tomcat/9.0.105"
            case 42, 43: "Apache Tomcat/11.0.20"
            default: "Apache Tomcat/11.0.22"
            }
        let heading = "HTTP Status \(status) – \(Envelope.phrase(for: status))"
        let escaped = message.map(Self.escape)
        var text =
            "<!doctype html><html lang=\"en\"><head><title>\(heading)</title><style type=\"text/css\">\(Self.style)</style>"
            + "</head><body><h1>\(heading)</h1><hr class=\"line\" /><p><b>Type</b> "
            + (report == .status ? "Status Report" : "Exception Report") + "</p>"
        if let escaped { text += "<p><b>Message</b> \(escaped)</p>" }
        text += "<p><b>Description</b> \(description)</p>"
        if case .exception(let name) = report {
            text +=
                "<p><b>Exception</b></p><pre>\(name)\(escaped.map { ": " + $0 } ?? "")\n\tat simulated</pre>"
                + "<p><b>Note</b> The full stack trace of the root cause is available in the server logs.</p>"
        }
        text += "<hr class=\"line\" /><h3>\(name)</h3></body></html>"
        return SimulatedReply(
            status: status,
            headers: ["Content-Type": "text/html;charset=utf-8", "Content-Language": "en"],
            text: text
        )
    }

    private static let style =
        "body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;} "
        + "h1 {font-size:22px;} h2 {font-size:16px;} h3 {font-size:14px;} p {font-size:12px;} a {color:black;} "
        + ".line {height:1px;background-color:#525D76;border:none;}"

    private var description: String {
        switch status {
        case 400:
            "The server cannot or will not process the request due to something that is perceived to be a client error "
                + "(e.g., malformed request syntax, invalid request message framing, or deceptive request routing)."
        case 404:
            "The origin server did not find a current representation for the target resource or is not willing to "
                + "disclose that one exists."
        case 405:
            "The method received in the request-line is known by the origin server but not supported by the target "
                + "resource."
        case 500:
            "The server encountered an unexpected condition that prevented it from fulfilling the request."
        default:
            "The server answered \(Envelope.phrase(for: status))."
        }
    }

    /// As Tomcat escapes: the slash too.
    private static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "'": result += "&#39;"
            case "\"": result += "&quot;"
            case "/": result += "&#47;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
