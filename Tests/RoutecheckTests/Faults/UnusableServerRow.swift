import Checks
import DHIS2Simulator
import Testing

/// What a server answers to one of the first two questions, and what a run says of it.
struct UnusableServerRow: Sendable, CustomTestStringConvertible {
    var fault: SimulatedFault
    var layer: Layer
    var code: String
    /// The whole message, with the server's port as PORT.
    var message: String

    /// How often a look-up is sent: what may pass within a moment is tried twice more.
    var lookups: Int { ["gateway-error", "connection-reset"].contains(code) ? 3 : 1 }

    var testDescription: String { code }

    /// An answer with the type of JSON.
    private static func json(_ body: String) -> SimulatedFault {
        .status(200, headers: ["Content-Type": "application/json"], body: body)
    }

    static let ofServerInfo = [
        UnusableServerRow(
            fault: .loginRedirect,
            layer: .dhis2,
            code: "login-redirect",
            message:
                "127.0.0.1:PORT sent the request to its login page, as if it had no credentials: personal access tokens may be switched off there, or something in front removes the Authorization header."
        ),
        UnusableServerRow(
            fault: .loginPage,
            layer: .dhis2,
            code: "login-page",
            message:
                #"127.0.0.1:PORT answered /api/system/info with the login page of DHIS2 titled "Login app | DHIS2": the credentials did not reach it."#
        ),
        UnusableServerRow(
            fault: .captivePortal,
            layer: .proxy,
            code: "foreign-page",
            message:
                #"127.0.0.1:PORT answered /api/system/info with a web page titled "Guest network" instead of DHIS2's answer: a captive portal, a sign-on page or another site is in the way."#
        ),
        UnusableServerRow(
            fault: .proxyPage(status: 502),
            layer: .proxy,
            code: "gateway-error",
            message:
                "A proxy in front of 127.0.0.1:PORT answered 502: DHIS2 is down, still starting, or too slow for it."
        ),
        UnusableServerRow(
            fault: .closeWithoutAnswer,
            layer: .network,
            code: "connection-reset",
            message:
                "127.0.0.1:PORT broke the connection after the request was sent, before any answer: it was stopped, or what stands in front of DHIS2 has no server behind it. If the port speaks TLS, write the server URL with https://."
        ),
        UnusableServerRow(
            fault: .garbageStatusLine,
            layer: .network,
            code: "not-http",
            message:
                "What 127.0.0.1:PORT answered is not HTTP: Received HTTP/0.9 when not allowed. If the port speaks TLS, write the server URL with https://."
        ),
        UnusableServerRow(
            fault: .badGzip,
            layer: .network,
            code: "undecodable-body",
            message: "The body from 127.0.0.1:PORT could not be decoded as gzip: incorrect header check."
        ),
        UnusableServerRow(
            fault: .endlessBody,
            layer: .network,
            code: "too-large",
            message: "127.0.0.1:PORT sent a body of more than 67108864 bytes, the most that routecheck reads."
        ),
        UnusableServerRow(
            fault: .status(429, headers: ["Retry-After": "60"], body: ""),
            layer: .proxy,
            code: "proxy-error",
            message: "127.0.0.1:PORT answers that it gets too many requests (429)."
        ),
        UnusableServerRow(
            fault: json(#"{"version":"2.39.5"}"#),
            layer: .dhis2,
            code: "too-old",
            message: "127.0.0.1:PORT runs DHIS2 2.39.5, which has no routes: they came with 2.40."
        ),
        UnusableServerRow(
            fault: json(#"{"name":"another"}"#),
            layer: .dhis2,
            code: "not-dhis2",
            message: "127.0.0.1:PORT answered /api/system/info, but not as a DHIS2 does: it gave no version."
        ),
        UnusableServerRow(
            fault: json(#"{"version":"2.42.4","log":""# + String(repeating: "x", count: 2_000_000) + #""}"#),
            layer: .dhis2,
            code: "not-dhis2",
            message:
                "127.0.0.1:PORT answered /api/system/info with 2000029 bytes, far more than a DHIS2 does: another site or service may be there."
        ),
    ]
}
