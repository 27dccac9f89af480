import Checks
import DHIS2Simulator
import Testing

/// A fault of the server, and what a run says of the check that meets it.
struct FaultRow: Sendable, CustomTestStringConvertible {
    var name: String
    var fault: SimulatedFault
    /// Keys of the check that meets it: a short timeout where nothing else ends an attempt, retries.
    var keys = ""
    /// How many requests are hit; all of them unless said otherwise.
    var times: Int?
    var outcome = Outcome.error
    var layer: Layer?
    var code: String?
    /// The whole message, with the server's port as PORT.
    var message: String?
    /// The outcomes of all attempts.
    var attempts: [Outcome] = [.error]

    var testDescription: String { name }

    private static let inFront = "Something in front of DHIS2 on 127.0.0.1:PORT"

    static let all = connections + messages + layers + changes
}

extension FaultRow {
    /// Connections that end, or do not.
    static let connections = [
        FaultRow(
            name: "closes without an answer",
            fault: .closeWithoutAnswer,
            layer: .network,
            code: "connection-reset",
            message:
                "127.0.0.1:PORT broke the connection after the request was sent, before any answer: it was stopped, or what stands in front of DHIS2 has no server behind it."
        ),
        FaultRow(
            name: "resets before the headers",
            fault: .resetBeforeHeaders,
            layer: .network,
            code: "connection-reset",
            message:
                "127.0.0.1:PORT broke the connection after the request was sent, before any answer: it was stopped, or what stands in front of DHIS2 has no server behind it."
        ),
        FaultRow(
            name: "resets in the headers",
            fault: .resetInHeaders,
            layer: .network,
            code: "connection-reset",
            message: "127.0.0.1:PORT broke the connection in the middle of its answer."
        ),
        FaultRow(
            name: "resets in the body",
            fault: .resetInBody,
            layer: .proxy,
            code: "gateway-error",
            message: "127.0.0.1:PORT reset the connection before its answer was complete."
                + " \(inFront) may have cut or damaged it, e.g. at a limit of its own. The target of the route \"echo\" (echo.example.org) may have broken off: DHIS2 passes bodies on as they come."
        ),
        FaultRow(
            name: "hangs",
            fault: .hang,
            keys: "timeout: 2s",
            layer: .network,
            code: "timeout",
            message: "127.0.0.1:PORT did not answer within 2 s."
                + " The connection stood; DHIS2 waits up to 5 s for the target of the route \"echo\" (echo.example.org), which may be what is slow."
        ),
        FaultRow(
            name: "hangs in the body",
            fault: .hangInBody,
            keys: "timeout: 2s, headers: {User-Agent: matrix, Accept-Encoding: gzip}",
            layer: .network,
            code: "timeout",
            message:
                "127.0.0.1:PORT began to answer, but did not finish within 2 s; 143 of the 287 bytes of its body had come."
                + " The connection stood; DHIS2 waits up to 5 s for the target of the route \"echo\" (echo.example.org), which may be what is slow."
        ),
        FaultRow(
            name: "drips too slowly",
            fault: .drip(bytes: 1, every: .milliseconds(200)),
            keys: "timeout: 2s, headers: {User-Agent: matrix, Accept-Encoding: gzip}",
            layer: .network,
            code: "timeout",
            message:
                "127.0.0.1:PORT began to answer, but did not finish within 2 s; not even its header fields had come."
                + " The connection stood; DHIS2 waits up to 5 s for the target of the route \"echo\" (echo.example.org), which may be what is slow."
        ),
        FaultRow(
            name: "drips fast enough",
            fault: .drip(bytes: 16, every: .milliseconds(1)),
            outcome: .passed,
            attempts: [.passed]
        ),
        FaultRow(name: "is late", fault: .delay(.milliseconds(20)), outcome: .passed, attempts: [.passed]),
    ]
}

extension FaultRow {
    /// Messages that break HTTP, or a client's patience.
    static let messages = [
        FaultRow(
            name: "truncates the body",
            fault: .truncatedBody,
            // What the route echoes is as long as the request.
            keys: "headers: {User-Agent: matrix, Accept-Encoding: gzip}",
            layer: .proxy,
            code: "gateway-error",
            message: "The answer of 127.0.0.1:PORT broke off: transfer closed with 144 bytes remaining to read."
                + " \(inFront) may have cut or damaged it, e.g. at a limit of its own. The target of the route \"echo\" (echo.example.org) may have broken off: DHIS2 passes bodies on as they come."
        ),
        FaultRow(
            name: "sends a bad chunk",
            fault: .badChunk,
            layer: .proxy,
            code: "gateway-error",
            message:
                "The answer of 127.0.0.1:PORT is broken: Illegal or missing hexadecimal sequence in chunked-encoding."
                + " \(inFront) may have cut or damaged it, e.g. at a limit of its own. The target of the route \"echo\" (echo.example.org) may have broken off: DHIS2 passes bodies on as they come."
        ),
        FaultRow(
            name: "sends what is not gzip as gzip",
            fault: .badGzip,
            layer: .proxy,
            code: "undecodable-body",
            message: "The body from 127.0.0.1:PORT could not be decoded as gzip: incorrect header check."
                + " \(inFront) packed it: DHIS2 unpacks what targets send. The servlet container of DHIS2 may have, if compression is switched on there."
        ),
        FaultRow(
            name: "is no HTTP server",
            fault: .garbageStatusLine,
            layer: .network,
            code: "not-http",
            message: "What 127.0.0.1:PORT answered is not HTTP: Received HTTP/0.9 when not allowed."
        ),
        FaultRow(
            name: "sends a huge header",
            fault: .hugeHeader(bytes: 1 << 20),
            layer: .network,
            code: "too-large",
            message: "127.0.0.1:PORT sent a header field that is too long."
        ),
        FaultRow(
            name: "sends headers without end",
            fault: .endlessHeaders,
            layer: .network,
            code: "too-large",
            message: "127.0.0.1:PORT sent more than 262144 bytes of header fields, the most that routecheck reads."
        ),
        FaultRow(
            name: "sends a body without end",
            fault: .endlessBody,
            layer: .network,
            code: "too-large",
            message: "127.0.0.1:PORT sent a body of more than 67108864 bytes, the most that routecheck reads."
        ),
        FaultRow(
            name: "sends a gzip bomb",
            fault: .gzipBomb(bytes: 80 << 20),
            layer: .network,
            code: "too-large",
            message: "127.0.0.1:PORT sent a body of more than 67108864 bytes, the most that routecheck reads."
        ),
    ]
}

extension FaultRow {
    private static let patient = "retry: {attempts: 3, delay: 1ms, max-delay: 5ms}"

    /// Answers of other layers than the route's target.
    static let layers = [
        FaultRow(
            name: "answers 500 from the target",
            fault: .status(500, headers: ["Content-Type": "text/plain"], body: "boom"),
            outcome: .failed,
            layer: .upstream,
            code: "status-mismatch",
            message: #"The target of the route "echo" (echo.example.org) answered 500 where 2xx was expected."#,
            attempts: [.failed]
        ),
        FaultRow(
            name: "asks to come back once",
            fault: .tooManyRequests(retryAfter: "0"),
            keys: patient,
            times: 1,
            outcome: .passed,
            attempts: [.failed, .passed]
        ),
        FaultRow(
            name: "asks to come back each time",
            fault: .tooManyRequests(retryAfter: "120"),
            keys: patient,
            outcome: .failed,
            layer: .upstream,
            code: "status-mismatch",
            message: #"The target of the route "echo" (echo.example.org) answered 429 where 2xx was expected."#,
            attempts: [.failed, .failed, .failed]
        ),
        FaultRow(
            name: "is behind a proxy whose backend is down",
            fault: .proxyPage(status: 503),
            outcome: .failed,
            layer: .proxy,
            code: "gateway-error",
            message:
                "A proxy in front of DHIS2 on 127.0.0.1:PORT answered 503: it could not reach DHIS2, or not in time.",
            attempts: [.failed]
        ),
        FaultRow(
            name: "is behind something that answers in its place",
            fault: .statusInFront(418, headers: ["Content-Type": "text/plain"], body: "teapot"),
            outcome: .failed,
            layer: .proxy,
            code: "proxy-error",
            message: "Something in front of DHIS2 on 127.0.0.1:PORT answered 418: the page is not DHIS2's.",
            attempts: [.failed]
        ),
        FaultRow(
            name: "asks to log in",
            fault: .loginRedirect,
            outcome: .failed,
            layer: .dhis2,
            code: "login-redirect",
            message:
                "DHIS2 2.42.4 sent the request to its login page, as if it had no credentials: personal access tokens may be switched off there, or something in front removes the Authorization header.",
            attempts: [.failed]
        ),
        FaultRow(
            name: "is behind something that follows the redirect to log in",
            fault: .loginPage,
            outcome: .failed,
            layer: .dhis2,
            code: "login-page",
            message:
                "DHIS2 2.42.4 seems to have answered with its login page: the credentials did not reach it, and something in front of it follows its redirects."
                + " The target of the route \"echo\" (echo.example.org) may itself be a DHIS2 that asks for a login: check the route's credentials.",
            attempts: [.failed]
        ),
        FaultRow(
            name: "is taken off its container",
            fault: .containerPage(status: 404),
            outcome: .failed,
            layer: .dhis2,
            code: "not-ready",
            message:
                "The servlet container answered 404 in place of DHIS2 2.42.4, which has answered before: it may be restarting.",
            attempts: [.failed]
        ),
        FaultRow(
            name: "is behind a captive portal",
            fault: .captivePortal,
            outcome: .failed,
            layer: .proxy,
            code: "foreign-page",
            message:
                "Something in front of DHIS2 on 127.0.0.1:PORT answered 200 in its place: a cache, a portal or a maintenance page.",
            attempts: [.failed]
        ),
    ]
}

extension FaultRow {
    /// Routes that change, and a server that goes away, while the run goes on.
    static let changes = [
        FaultRow(
            name: "loses the route",
            fault: .deleteRoute,
            layer: .route,
            code: "route-not-found",
            message: #"No route has the code "echo", or it is disabled and not shown to you."#
        ),
        FaultRow(
            name: "renames the route",
            fault: .renameRoute(to: "parrot"),
            outcome: .passed,
            attempts: [.passed]
        ),
        FaultRow(
            name: "disables the route",
            fault: .disableRoute,
            outcome: .failed,
            layer: .route,
            code: "route-disabled",
            message: #"The route "echo" exists but is disabled."#,
            attempts: [.failed]
        ),
    ]
}
