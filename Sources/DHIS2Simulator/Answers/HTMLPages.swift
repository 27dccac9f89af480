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
