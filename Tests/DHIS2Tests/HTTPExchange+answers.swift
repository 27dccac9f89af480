import DHIS2

extension HTTPExchange {
    /// An answer with header lines and a body.
    static func answer(_ status: Int, _ headers: [String] = [], body: String = "") -> HTTPExchange {
        HTTPExchange(
            statusCode: status,
            headerSection: Array(headers.map { $0 + "\r\n" }.joined().utf8),
            body: Array(body.utf8)
        )
    }

    /// The marks that DHIS2 sets on all its answers.
    static let marks = [
        "X-Content-Type-Options: nosniff", "Content-Security-Policy: frame-ancestors 'self';",
    ]

    /// An answer that passed DHIS2's filters.
    static func marked(_ status: Int, _ headers: [String] = [], body: String = "") -> HTTPExchange {
        answer(status, marks + headers, body: body)
    }

    static func marked(_ status: Int, json: String) -> HTTPExchange {
        marked(status, ["Content-Type: application/json"], body: json)
    }

    /// DHIS2's message format under a type that a proxy has rewritten, so that it does not tell whose it is.
    static func marked(
        _ status: Int,
        _ headers: [String] = [],
        message: String,
        errorCode: String? = nil
    ) -> HTTPExchange {
        marked(
            status,
            headers + ["Content-Type: application/json; charset=utf-8"],
            body: envelope(status, message, errorCode)
        )
    }

    /// An error of DHIS2's own from 2.42 on, whose type has no charset.
    static func own(_ status: Int, _ message: String?, _ headers: [String] = []) -> HTTPExchange {
        marked(
            status,
            headers + ["Cache-Control: no-cache, private", "Content-Type: application/json"],
            body: message.map { envelope(status, $0) } ?? wordless(status)
        )
    }

    /// An error of a DHIS2 that is the target of a route, as it arrives.
    static func ofInner(_ status: Int, _ message: String?, _ headers: [String] = []) -> HTTPExchange {
        marked(
            status,
            headers + ["Cache-Control: no-cache, private", "Content-Type: application/json;charset=UTF-8"],
            body: message.map { envelope(status, $0) } ?? wordless(status)
        )
    }

    private static func wordless(_ status: Int) -> String {
        #"{"httpStatus":"Some","httpStatusCode":\#(status),"status":"ERROR"}"#
    }

    /// A page of the servlet container.
    static func container(
        _ status: Int,
        _ message: String?,
        isMarked: Bool = true,
        phrase: String? = nil
    ) -> HTTPExchange {
        let row = message.map { "<p><b>Message</b> \($0)</p>" } ?? ""
        var answer = answer(
            status,
            (isMarked ? marks : []) + ["Content-Type: text/html;charset=utf-8", "Content-Language: en"],
            body:
                "<!doctype html><html><head><title>HTTP Status \(status) – Some</title></head><body>\(row)</body></html>"
        )
        answer.reasonPhrase = phrase
        return answer
    }

    /// The same answer under a status line with a reason phrase, or with an empty one.
    func phrased(_ phrase: String) -> HTTPExchange {
        var copy = self
        copy.reasonPhrase = phrase
        return copy
    }

    /// A page that did not pass DHIS2's filters.
    static func page(_ status: Int, title: String = "nginx", headers: [String] = []) -> HTTPExchange {
        answer(
            status,
            ["Content-Type: text/html", "Server: nginx"] + headers,
            body: "<html><head><title>\(title)</title></head><body></body></html>"
        )
    }

    static func envelope(_ status: Int, _ message: String, _ errorCode: String? = nil) -> String {
        let escaped = message.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
        let code = errorCode.map { #","errorCode":"\#($0)""# } ?? ""
        return
            #"{"httpStatus":"Some","httpStatusCode":\#(status),"status":"ERROR","message":"\#(escaped)"\#(code)}"#
    }

    /// The same answer, cut out of a longer one.
    func ofSize(_ size: Int) -> HTTPExchange {
        var copy = self
        copy.bodySize = size
        return copy
    }

    /// The same answer, of the client's own proxy.
    func by(proxy: String, hasCredentials: Bool = false) -> HTTPExchange {
        var copy = self
        copy.proxy = proxy
        copy.hasProxyCredentials = hasCredentials
        return copy
    }

    /// The same answer, after so many milliseconds.
    func after(milliseconds: Int) -> HTTPExchange {
        var copy = self
        copy.timings.total = .milliseconds(milliseconds)
        return copy
    }
}
