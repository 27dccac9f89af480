import DHIS2

// What came through, and what was sent elsewhere.
extension OriginRow {
    static let successes: [OriginRow] = [
        OriginRow(
            "marked 200",
            .marked(200, json: "{}"),
            .upstream,
            .answered,
            .certain,
            "The route's target answered."
        ),
        OriginRow(
            "marked HTML",
            .marked(200, ["Content-Type: text/html"], body: "<p>"),
            .upstream,
            .answered,
            .certain,
            "The route's target answered."
        ),
        OriginRow(
            "marked login page",
            .marked(200, ["Content-Type: text/html"], body: "<title>Login app | DHIS2</title>"),
            .dhis2,
            .loginPage,
            .possible,
            """
            DHIS2 2.43.0 seems to have answered with its login page: the credentials did not reach it, and \
            something in front of it \
            follows its redirects.
            """,
            or: .answered
        ),
        OriginRow(
            "marked login page of 2.40",
            .marked(
                200,
                ["Content-Type: text/html"],
                body: #"<title>Health</title><form action="../../dhis-web-commons-security/login.action">"#
            ),
            in: .known("2.40.12"),
            .dhis2,
            .loginPage,
            .possible,
            """
            DHIS2 2.40.12 seems to have answered with its login page: the credentials did not reach it, and \
            something in front of it \
            follows its redirects.
            """,
            or: .answered
        ),
        OriginRow(
            "marked page about logging in",
            .marked(200, ["Content-Type: text/html"], body: "<title>Help</title><p>How to login to DHIS2"),
            .upstream,
            .answered,
            .certain,
            "The route's target answered."
        ),
        OriginRow(
            "marked 204 without preflight",
            .marked(204),
            in: .blind,
            .upstream,
            .answered,
            .certain,
            "The route's target answered."
        ),
        OriginRow(
            "unmarked 200 where marks arrive",
            .page(200),
            .proxy,
            .foreignPage,
            .likely,
            "Something in front of DHIS2 on dhis.example.org answered 200 in its place: a cache, a portal or a maintenance page."
        ),
        OriginRow(
            "unmarked JSON without preflight",
            .answer(200, body: "{}"),
            in: .blind,
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 200.",
            or: .proxyError
        ),
        OriginRow(
            "unmarked HTML without preflight",
            .page(200),
            in: .blind,
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 200.",
            or: .foreignPage
        ),
        OriginRow(
            "unmarked HTML where marks are stripped",
            .page(200),
            in: .stripped,
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 200.",
            or: .foreignPage
        ),
    ]

    private static let login = """
        DHIS2 2.43.0 sent the request to its login page, as if it had no credentials: personal access tokens may be \
        switched off there, or something in front removes the Authorization header.
        """

    static let redirects: [OriginRow] =
        [
            OriginRow(
                "marked login redirect",
                .marked(302, ["Location: /dhis/login/"]),
                .dhis2,
                .loginRedirect,
                .certain,
                login
            ),
            OriginRow(
                "unmarked login redirect",
                .answer(302, ["Location: https://dhis.example.org/dhis/dhis-web-login/"]),
                in: .stripped,
                .dhis2,
                .loginRedirect,
                .likely,
                login
            ),
        ]
        + [
            ("/dhis/dhis-web-commons-security/logout.action", true, OriginContext.known()),
            ("/dhis-web-commons-security/logout.action", true, .known()),
            ("https://dhis.example.org/dhis/dhis-web-commons-security/logout.action?x=login", true, .blind),
            ("http://inner:8080/other/logout.action;jsessionid=planted", true, .known()),
            ("/login/logout.action", true, .stripped),
            ("/dhis/dhis-web-commons-security/logout.action", false, .stripped),
            ("https://dhis.example.org/dhis/dhis-web-commons-security/logout.action", false, .blind),
        ].map { (location: String, isMarked: Bool, context: OriginContext) in
            var row = OriginRow(
                "end of the session at \(location)",
                isMarked ? .marked(302, ["Location: \(location)"]) : .answer(302, ["Location: \(location)"]),
                in: context,
                .dhis2,
                .sessionLimit,
                isMarked ? .certain : .likely,
                """
                DHIS2\(context.version.map { " \($0)" } ?? "") ended the session twice (302), because there were too \
                many newer sessions of the same user: another program uses the same user. Give this one a user of its \
                own, or raise max.sessions.per_user in dhis.conf.
                """
            )
            row.context.wasRepeated = true
            return row
        }
        + [
            ("https://sso.example.org/dhis/dhis-web-commons-security/logout.action", 302),
            ("/logout.action", 302), ("/dhis/dhis-web-commons-security/logout.action", 301),
        ].map { location, status in
            OriginRow(
                "unmarked \(status) to \(location)",
                .answer(status, ["Location: \(location)"]),
                .proxy,
                .proxyRedirect,
                .likely,
                """
                Something in front of DHIS2 on dhis.example.org sends the request elsewhere (\(status)), to \
                \(location): DHIS2 never passes on where a target redirects to.
                """
            )
        } + [
            OriginRow(
                "sign-on redirect",
                .answer(302, ["Location: https://sso.example.org/login?state=1"]),
                .proxy,
                .proxyRedirect,
                .likely,
                """
                Something in front of DHIS2 on dhis.example.org sends the request elsewhere (302), to \
                https://sso.example.org/login?…: DHIS2 never passes on where a target redirects to.
                """
            ),
            OriginRow(
                "redirect without Location",
                .marked(301),
                .upstream,
                .redirected,
                .certain,
                """
                T\(target) answered with a redirect (301), which DHIS2 does not follow; it drops the Location header. Let \
                the route's URL name the final address.
                """
            ),
            OriginRow("not modified", .marked(304), .upstream, .answered, .certain, "T\(target) answered 304."),
        ]
}
