import DHIS2
import HTTPVocabulary

// What is wrong with a route, or with a request for it.
extension OriginRow {
    static let configuration: [OriginRow] = [
        OriginRow(
            "sub-path refused from 2.42 on",
            .marked(502, message: "Route '4711' does not allow sub-paths"),
            in: .known(subPath: "x"),
            .route,
            .subPathNotAllowed,
            .likely,
            #"The route "chap" takes no path after /run (502). Let the route's URL end with /**, or leave the path out."#
        ),
        OriginRow(
            "sub-path refused before 2.42",
            .marked(400, message: "Route '4711' does not allow sub-paths"),
            in: .known("2.41.8", subPath: "x"),
            .route,
            .subPathNotAllowed,
            .likely,
            #"The route "chap" takes no path after /run (400). Let the route's URL end with /**, or leave the path out."#
        ),
        OriginRow(
            "slash alone",
            .marked(502, message: "Route '4711' does not allow sub-paths"),
            .route,
            .subPathNotAllowed,
            .likely,
            #"The route "chap" takes no path after /run (502). A slash after /run counts as a path."#
        ),
        OriginRow(
            "placeholder",
            .marked(502, message: "Missing or blank value for placeholder: site"),
            in: .known("2.44-SNAPSHOT"),
            .route,
            .placeholderMissing,
            .likely,
            #"The URL of the route "chap" has the placeholder {site}, which got no value; give it as the parameter _site."#
        ),
        OriginRow(
            "route's own authentication",
            .marked(502, message: "An error occurred during authentication"),
            .route,
            .targetAuthentication,
            .likely,
            """
            DHIS2 2.43.0 could not get the credentials that the route "chap" sends to its target; check the route's \
            authentication, e.g. its OAuth 2 token address and secret.
            """
        ),
        OriginRow(
            "allow-list of 2.44",
            .marked(502, message: "An unexpected error occurred"),
            in: .known("2.44-SNAPSHOT"),
            .route,
            .targetNotAllowed,
            .possible,
            """
            DHIS2 2.44-SNAPSHOT may not call the target of the route "chap" (chap.example.org): its \
            route.remote_servers_allowed does not name the host, or the target is plain http.
            """,
            or: .answered
        ),
        OriginRow(
            "our encoding",
            .marked(
                400,
                message: "Illegal character in query at index 40: https://chap.example.org/api?key=SECRET&q=a b"
            ),
            .route,
            .targetURLMalformed,
            .likely,
            """
            DHIS2 2.43.0 could not build the target's URL for the route "chap": a character in the query is not encoded \
            as it needs it. Check the route's URL, and the version if it is pinned.
            """,
            or: .answered
        ),
        OriginRow(
            "our encoding of the path",
            .marked(400, message: "Illegal character in path at index 30: https://chap.example.org/a b"),
            .route,
            .targetURLMalformed,
            .likely,
            """
            DHIS2 2.43.0 could not build the target's URL for the route "chap": a character in the path is not encoded \
            as it needs it. Check the route's URL, and the version if it is pinned.
            """,
            or: .answered
        ),
        OriginRow(
            "words about illegal characters that are not Java's",
            .marked(400, message: "Illegal character in name: use letters"),
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 400.",
            or: .unexpectedAnswer
        ),
        OriginRow(
            "illegal character without a place",
            .marked(400, message: "Illegal character in path at index x: /"),
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 400.",
            or: .unexpectedAnswer
        ),
    ]

    static let servlet: [OriginRow] = [
        OriginRow(
            "URL refused",
            .page(400, title: "HTTP Status 400"),
            .job,
            .urlRefused,
            .likely,
            """
            The servlet container or the firewall of DHIS2 2.43.0 refused the URL (400) before any route ran, e.g. because \
            of "//", ";" or "%" in the path; see the path and the query.
            """
        ),
        OriginRow(
            "400 of the target",
            .marked(400, body: "{}"),
            .upstream,
            .answered,
            .certain,
            "T\(target) answered 400."
        ),
        OriginRow(
            "400 in DHIS2's words",
            .marked(400, message: "No"),
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 400.",
            or: .unexpectedAnswer
        ),
        OriginRow(
            "500 of the container",
            .page(500),
            .dhis2,
            .internalError,
            .possible,
            """
            The servlet container of DHIS2 2.43.0 failed (500); it also does so when the Accept header or an ending such \
            as .xml or .csv keeps DHIS2 from writing an error of its own.
            """,
            or: .proxyError
        ),
        OriginRow(
            "500 of a container with DHIS2's marks",
            .marked(500, ["Content-Type: text/html"], body: "<title>HTTP Status 500 – Internal Server Error</title>"),
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 500.",
            or: .internalError
        ),
        OriginRow(
            "PUT on 2.40",
            .marked(405, message: "Request method 'PUT' is not supported"),
            in: .known("2.40.3", method: .put),
            .dhis2,
            .methodNotAllowed,
            .likely,
            "DHIS2 2.40.3 does not run routes with PUT; it knows only GET and POST."
        ),
        OriginRow(
            "POST on 2.41.1",
            .marked(405),
            in: .known("2.41.1", method: .post),
            .dhis2,
            .methodNotAllowed,
            .likely,
            "DHIS2 2.41.1 does not run routes with POST; it knows only GET."
        ),
        OriginRow(
            "405 of the target",
            .marked(405),
            in: .known(method: .put),
            .upstream,
            .answered,
            .certain,
            "T\(target) answered 405."
        ),
        OriginRow(
            "405 in DHIS2's words",
            .marked(405, message: "No"),
            in: .known(method: .put),
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 405.",
            or: .unexpectedAnswer
        ),
    ]
}
