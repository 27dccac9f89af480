import Checks
import DHIS2Simulator

// DHIS2 has said who it is, and then something is wrong with its list of routes.
extension UnusableServerRow {
    static let ofRoutes = [
        UnusableServerRow(
            fault: .expireTokens,
            layer: .dhis2,
            code: "token-expired",
            message: "127.0.0.1:PORT refused the personal access token: it has expired."
        ),
        UnusableServerRow(
            fault: .loginPage,
            layer: .dhis2,
            code: "login-page",
            message:
                #"127.0.0.1:PORT answered /api/routes with the login page of DHIS2 titled "Login app | DHIS2": the credentials did not reach it."#
        ),
        UnusableServerRow(
            fault: .captivePortal,
            layer: .proxy,
            code: "foreign-page",
            message:
                #"127.0.0.1:PORT answered /api/routes with a web page titled "Guest network" instead of DHIS2's answer: a captive portal, a sign-on page or another site is in the way."#
        ),
        UnusableServerRow(
            fault: .proxyPage(status: 504),
            layer: .proxy,
            code: "gateway-error",
            message:
                "A proxy in front of 127.0.0.1:PORT answered 504: DHIS2 is down, still starting, or too slow for it."
        ),
        UnusableServerRow(
            fault: .statusInFront(403, headers: ["Content-Type": "text/html"], body: "<h1>Blocked</h1>"),
            layer: .proxy,
            code: "proxy-error",
            message: "Something in front of 127.0.0.1:PORT refused /api/routes (403)."
        ),
        UnusableServerRow(
            fault: .containerPage(status: 404),
            layer: .dhis2,
            code: "not-ready",
            message:
                "The servlet container of 127.0.0.1:PORT answered 404 to /api/routes in place of DHIS2, which has answered before: it may be restarting."
        ),
        UnusableServerRow(
            fault: .status(
                403,
                headers: ["Content-Type": "application/json"],
                body: #"{"httpStatus":"Forbidden","httpStatusCode":403,"status":"ERROR","message":"Access is denied"}"#
            ),
            layer: .dhis2,
            code: "bad-status",
            message: "DHIS2 answered 403 to /api/routes: Access is denied"
        ),
        UnusableServerRow(
            fault: .status(200, headers: ["Content-Type": "application/json"], body: #"{"routes":7}"#),
            layer: .dhis2,
            code: "invalid-json",
            message:
                "The answer to /api/routes is not what DHIS2 sends there: $.routes has another type than expected."
        ),
        UnusableServerRow(
            fault: .badGzip,
            layer: .network,
            code: "undecodable-body",
            message: "The body from 127.0.0.1:PORT could not be decoded as gzip: incorrect header check."
        ),
        UnusableServerRow(
            fault: .resetInBody,
            layer: .network,
            code: "connection-reset",
            message: "127.0.0.1:PORT broke the connection in the middle of its answer."
        ),
    ]
}
