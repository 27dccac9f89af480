import DHIS2
import HTTPVocabulary

// Which way an answer took, where a mark is missing; and what DHIS2 is asked under a path that is not its own.
extension OriginRow {
    private static let both: DHIS2Marks = [.securityHeaders, .emptyReasonPhrase]
    private static let proxy = "A proxy in front of DHIS2 on dhis.example.org answered"
    private static let inFront = "Something in front of DHIS2 on dhis.example.org"

    static let ways: [OriginRow] = [
        OriginRow(
            "proxy's 504, told by headers and phrase",
            .page(504, title: "504 Gateway Time-out").phrased("Gateway Time-out"),
            in: .known(marks: both),
            .proxy,
            .gatewayError,
            .likely,
            "\(proxy) 504: it could not reach DHIS2, or not in time.",
            or: .answered
        ),
        OriginRow(
            "proxy's 504, told by the phrase alone",
            .answer(504, ["Content-Type: application/json"], body: "{}").phrased("Gateway Time-out"),
            in: .known(marks: .emptyReasonPhrase),
            .proxy,
            .gatewayError,
            .likely,
            "\(proxy) 504: it could not reach DHIS2, or not in time.",
            or: .answered
        ),
        OriginRow(
            "proxy's 504 with a body of its own, told by the missing cookie",
            .page(504, title: "Down for maintenance"),
            in: .known(marks: .sessionExpiry),
            .proxy,
            .gatewayError,
            .likely,
            "\(proxy) 504: it could not reach DHIS2, or not in time.",
            or: .answered
        ),
        OriginRow(
            "the target's page where only the phrase arrives",
            .page(404, title: "Not here").phrased(""),
            in: .known(marks: .emptyReasonPhrase),
            .upstream,
            .answered,
            .likely,
            "T\(target) answered 404."
        ),
        OriginRow(
            "the target's empty 504 where only the phrase arrives",
            .answer(504).phrased("").after(milliseconds: 9_999),
            in: .known("2.43.0", marks: .emptyReasonPhrase, route: .chap(timeout: 10)),
            .route,
            .targetTimeout,
            .likely,
            "T\(target) did not answer DHIS2 2.43.0 within the 10 s that the route allows."
        ),
        OriginRow(
            "a page in place of a good answer, told by the phrase",
            .page(200).phrased("OK"),
            in: .known(marks: both),
            .proxy,
            .foreignPage,
            .certain,
            "\(inFront) answered 200 in its place: a cache, a portal or a maintenance page."
        ),
        OriginRow(
            "a maintenance page of a proxy that writes the same security headers",
            HTTPExchange.marked(200, ["Content-Type: text/html"], body: "<title>Maintenance</title>").phrased("OK"),
            in: .known(marks: both),
            .proxy,
            .foreignPage,
            .likely,
            "\(inFront) answered 200 in its place: a cache, a portal or a maintenance page."
        ),
        OriginRow(
            "an answer in JSON that lacks the cookie which all others have",
            .answer(200, ["Content-Type: application/json"], body: #"{"status":"UP"}"#).phrased("OK"),
            in: .known(marks: .sessionExpiry),
            .proxy,
            .foreignPage,
            .likely,
            "\(inFront) answered 200 in its place: a cache, a portal or a maintenance page."
        ),
        OriginRow(
            "error under a type that a proxy has stripped of its charset",
            .own(404, "Object not found"),
            in: .known { $0.preflight.marks = .securityHeaders },
            .upstream,
            .answered,
            .likely,
            "T\(target) answered 404."
        ),
        OriginRow(
            "packed answer of a target to 2.41, which a proxy sends in chunks",
            .ofInner(403, "User not authorized", ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]),
            in: .known("2.41.9.1", marks: [.securityHeaders, .chunks]),
            .upstream,
            .answered,
            .certain,
            "T\(target) answered 403."
        ),
        OriginRow(
            "target's page about its own database",
            .container(500, "Request processing failed: a.b.C: Could not open JPA EntityManager for transaction"),
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 500.",
            or: .internalError
        ),
        OriginRow(
            "a phrase where none arrives empty says nothing",
            .marked(404, body: "x").phrased("Not Found"),
            in: .known(marks: .securityHeaders),
            .upstream,
            .answered,
            .certain,
            "T\(target) answered 404."
        ),
        OriginRow(
            "proxy's 413",
            .page(413, title: "413 Request Entity Too Large").phrased("Request Entity Too Large"),
            in: .known(marks: both),
            .proxy,
            .proxyError,
            .likely,
            "\(inFront) answered 413: the page is not DHIS2's.",
            or: .answered
        ),
        OriginRow(
            "servlet container's 404 in place of DHIS2",
            .container(404, "The requested resource [/dhis/api] is not available", isMarked: false, phrase: ""),
            in: .known(marks: both),
            .dhis2,
            .notReady,
            .likely,
            "The servlet container answered 404 in place of DHIS2 2.43.0, which has answered before: it may be restarting."
        ),
        OriginRow(
            "proxy's 404 in place of DHIS2",
            .page(404, title: "404 Not Found").phrased("Not Found"),
            in: .known(marks: both),
            .proxy,
            .proxyError,
            .likely,
            "\(inFront) answered 404: the page is not DHIS2's.",
            or: .answered
        ),
        OriginRow(
            "servlet container's 503 without DHIS2",
            .answer(503, ["Content-Type: text/plain"], body: "x").phrased(""),
            in: .known(marks: both),
            .dhis2,
            .unexpectedAnswer,
            .likely,
            "The servlet container of DHIS2 2.43.0 answered 503 before any route ran."
        ),
        OriginRow(
            "path that DHIS2 does not know",
            .marked(301, ["Location: /dhis/api/routes/chapchapch1/run/"]),
            in: .known(accepted: nil),
            .dhis2,
            .wrongContextPath,
            .certain,
            """
            A DHIS2 answers on dhis.example.org, but it has no API under /dhis (301): the path before /api in the server \
            URL is wrong. Use https://dhis.example.org as the server URL.
            """
        ),
        OriginRow(
            "login page under another path",
            .marked(302, ["Location: https://dhis.example.org/login/"]),
            in: .known(accepted: nil),
            .dhis2,
            .wrongContextPath,
            .likely,
            """
            A DHIS2 answers on dhis.example.org, but its login page is not under /dhis: the path before /api in the server \
            URL is wrong (use https://dhis.example.org), or the credentials did not reach DHIS2.
            """
        ),
        OriginRow(
            "login page under another path of a server that has answered under this one",
            .marked(302, ["Location: https://dhis.example.org/login/"]),
            .dhis2,
            .loginRedirect,
            .certain,
            """
            DHIS2 2.43.0 sent the request to its login page, as if it had no credentials: personal access tokens may be \
            switched off there, or something in front removes the Authorization header.
            """
        ),
        OriginRow(
            "DHIS2's page for an unknown path",
            .container(404, "No static resource api/44/routes/chap/run."),
            in: .known(accepted: nil),
            .dhis2,
            .wrongContextPath,
            .likely,
            "DHIS2 2.43.0 has nothing at this URL (404): the path before /api in the server URL may be wrong.",
            or: .answered
        ),
    ]

    /// What a target's redirects usually mean.
    static let forgotten: [OriginRow] = [
        OriginRow(
            "redirect of a plain path on http",
            .marked(301),
            in: .known("2.43.1", route: .plain, subPath: "items"),
            .upstream,
            .redirected,
            .certain,
            """
            The target of the route "chap" (chap.example.org) answered with a redirect (301), which DHIS2 does not follow; \
            it drops the Location header. Usually the target wants a trailing slash or https in the route's URL. Let the \
            route's URL name the final address.
            """
        ),
        OriginRow(
            "redirect of a path with a slash on https",
            .marked(308),
            in: .known("2.43.1", subPath: "items/"),
            .upstream,
            .redirected,
            .certain,
            """
            T\(target) answered with a redirect (308), which DHIS2 does not follow; it drops the Location header. Usually \
            the target wants the path without its trailing slash. Let the route's URL name the final address.
            """
        ),
        OriginRow(
            "401 of the target of a route with credentials",
            .marked(401, body: "no"),
            in: .known(route: .authenticated),
            .upstream,
            .credentialsRefusedByTarget,
            .certain,
            "T\(target) refused the credentials that the route sends it (401). \(secrets)"
        ),
        OriginRow(
            "401 of the target of a route with credentials that was edited",
            .marked(401, body: "no"),
            in: .known(route: .edited),
            .upstream,
            .credentialsRefusedByTarget,
            .certain,
            """
            T\(target) refused the credentials that the route sends it (401). DHIS2 forgets a route's secrets whenever the \
            route is changed by PATCH, or by a PUT of what GET returned: if it was edited lately (the last time on \
            2026-11-27), enter them again.
            """
        ),
        OriginRow(
            "401 of the target of a route without credentials",
            .marked(401, body: "no"),
            in: .known(route: .open()),
            .upstream,
            .credentialsRefusedByTarget,
            .certain,
            "T\(target) wants credentials (401), and the route sends none: give the route an authentication."
        ),
        OriginRow(
            "401 in the words of a target that is a DHIS2, of a route without credentials",
            .marked(401, message: "Unauthorized"),
            in: .known(accepted: nil, route: .open([])),
            .upstream,
            .credentialsRefusedByTarget,
            .possible,
            "T\(target) wants credentials (401), and the route sends none: give the route an authentication.",
            or: .passwordRefused
        ),
        OriginRow(
            "401 of the target of a route with header fields only",
            .marked(401, body: "no"),
            in: .known(route: .open(["Authorization", "X-Key"])),
            .upstream,
            .credentialsRefusedByTarget,
            .certain,
            """
            T\(target) wants other credentials (401): the route has no authentication, only header fields of its own \
            (Authorization, X-Key).
            """
        ),
        OriginRow(
            "403 of the target of a route with credentials",
            .marked(403, body: "no"),
            in: .known(route: .authenticated),
            .upstream,
            .credentialsRefusedByTarget,
            .certain,
            "T\(target) answered 403. \(secrets)"
        ),
        OriginRow(
            "403 of the target of a route without credentials",
            .marked(403, body: "no"),
            .upstream,
            .answered,
            .certain,
            "T\(target) answered 403."
        ),
        OriginRow(
            "403 of a route with credentials that a proxy gave",
            .page(403),
            in: .known(route: .authenticated),
            .proxy,
            .proxyError,
            .likely,
            "\(inFront) answered 403: the page is not DHIS2's.",
            or: .answered
        ),
    ]

    private static let secrets = """
        DHIS2 forgets a route's secrets whenever the route is changed by PATCH, or by a PUT of what GET returned: if it was \
        edited lately, enter them again.
        """
}

extension Route {
    static var plain: Route {
        var route = chap
        route.url = "http://chap.example.org/**"
        return route
    }

    static var edited: Route {
        var route = authenticated
        route.created = "2026-11-01T08:00:00.000"
        route.lastUpdated = "2026-11-27T20:04:32.560"
        return route
    }

    static func open(_ headerNames: [String]? = nil) -> Route {
        var route = chap
        route.isWithoutAuthentication = true
        route.headerNames = headerNames
        return route
    }

    static var authenticated: Route {
        var route = chap
        route.authenticationType = "http-basic"
        return route
    }
}
