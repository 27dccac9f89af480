import DHIS2
import HTTPVocabulary

// What is not there, and what only the marks tell apart.
extension OriginRow {
    static let missing: [OriginRow] = [
        OriginRow(
            "404 to a HEAD",
            .marked(404),
            in: .known(method: .head),
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 404.",
            or: .unexpectedAnswer
        ),
        OriginRow(
            "disabled",
            .marked(404, message: "Route not found: 'chapchapch1'", errorCode: "E1005"),
            in: .known(route: .disabledChap),
            .route,
            .routeDisabled,
            .likely,
            #"The route "chap" exists but is disabled."#
        ),
        OriginRow(
            "gone",
            .marked(404, message: "Route not found: 'chapchapch1'", errorCode: "E1005"),
            .route,
            .routeNotFound,
            .likely,
            #"The route "chap" was there when it was looked up, but has been deleted or disabled since."#
        ),
        OriginRow(
            "not listed",
            .marked(404, message: "Route not found: 'chap'", errorCode: "E1005"),
            in: .known(route: nil),
            .route,
            .routeNotFound,
            .likely,
            #"DHIS2 2.43.0 has no route with the code "chap", or it is disabled."#
        ),
        OriginRow(
            "gone in the words of 2.41",
            .marked(404, message: "Route chapchapch1 not found", errorCode: "E1005"),
            in: .known("2.41.8"),
            .route,
            .routeNotFound,
            .likely,
            #"The route "chap" was there when it was looked up, but has been deleted or disabled since."#
        ),
        OriginRow(
            "another route's not found",
            .marked(404, message: "Route not found: 'x'", errorCode: "E1005"),
            .upstream,
            .answered,
            .likely,
            "T\(target) answered 404."
        ),
        OriginRow(
            "404 of the target",
            .marked(404, body: "no"),
            .upstream,
            .answered,
            .certain,
            "T\(target) answered 404."
        ),
        OriginRow(
            "HTML 404 of the target",
            .marked(404, ["Content-Type: text/html"], body: "<p>"),
            .upstream,
            .answered,
            .certain,
            "T\(target) answered 404."
        ),
        OriginRow(
            "HTML 404 without preflight",
            .page(404),
            in: .blind,
            .dhis2,
            .wrongContextPath,
            .likely,
            """
            dhis.example.org has nothing at this URL (404): the context path in the server URL may be wrong, or the \
            servlet container did not take the path.
            """,
            or: .proxyError
        ),
        OriginRow(
            "HTML 404 after preflight",
            .page(404),
            .dhis2,
            .notReady,
            .possible,
            "The servlet container answered 404 in place of DHIS2 2.43.0, which has answered before: it may be restarting.",
            or: .proxyError
        ),
        OriginRow(
            "HTML 404 where marks are stripped",
            .page(404),
            in: .stripped,
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 404.",
            or: .proxyError
        ),
        OriginRow("410 of the target", .marked(410), .upstream, .answered, .certain, "T\(target) answered 410."),
        OriginRow("429 of the target", .marked(429), .upstream, .answered, .certain, "T\(target) answered 429."),
        OriginRow(
            "429 of a proxy",
            .page(429),
            .proxy,
            .proxyError,
            .likely,
            "Something in front of DHIS2 on dhis.example.org answered 429: the page is not DHIS2's.",
            or: .answered
        ),
        OriginRow(
            "409 in DHIS2's words",
            .marked(409, message: "Conflict"),
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 409.",
            or: .unexpectedAnswer
        ),
        OriginRow(
            "418 without anything known",
            .answer(418),
            in: .blind,
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 418.",
            or: .proxyError
        ),
    ]
}
