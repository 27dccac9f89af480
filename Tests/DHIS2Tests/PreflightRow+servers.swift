import DHIS2

extension PreflightRow {
    static let serverRows: [PreflightRow] = [
        PreflightRow(
            name: "wrong context path",
            exchange: .page(404, title: "HTTP Status 404"),
            layer: .dhis2,
            reason: .wrongContextPath,
            mayPass: true,
            message: """
                No DHIS2 answers under /dhis of dhis.example.org (404). Check the context path in the server URL, or \
                leave it out.
                """
        ),
        PreflightRow(
            name: "wrong context path of a DHIS2 at the root, with credentials",
            exchange: .marked(301, ["Location: /nope/api/system/info/"]),
            base: "http://dhis.example.org:8080/nope",
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org:8080, but it has no API under /nope (301): the path before /api in the \
                server URL is wrong. Use http://dhis.example.org:8080 as the server URL.
                """
        ),
        PreflightRow(
            name: "wrong context path of a DHIS2 under another one, with credentials",
            exchange: .marked(301, ["Location: /dhis/nope/api/system/info/"]),
            base: "https://dhis.example.org/dhis/nope",
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org, but it has no API under /dhis/nope (301): the path before /api in the \
                server URL is wrong. Use https://dhis.example.org/dhis as the server URL.
                """
        ),
        PreflightRow(
            name: "wrong context path, without credentials that count",
            exchange: .marked(302, ["Location: http://dhis.example.org/login/"]),
            base: "http://dhis.example.org/nope",
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org, but its login page is not under /nope: the path before /api in the \
                server URL is wrong (use http://dhis.example.org), or the credentials did not reach DHIS2.
                """
        ),
        PreflightRow(
            name: "no context path where there should be one, without credentials that count",
            exchange: .marked(302, ["Location: /dhis/dhis-web-login/"]),
            base: "https://dhis.example.org",
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org, but its login page is not under the root: the path before /api in the \
                server URL is wrong (use https://dhis.example.org/dhis), or the credentials did not reach DHIS2.
                """
        ),
        PreflightRow(
            name: "path that DHIS2 does not know",
            exchange: .container(404, "No static resource api/api/system/info."),
            base: "https://dhis.example.org/api",
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org, but it has no API under /api (404). Use \
                https://dhis.example.org as the server URL.
                """
        ),
        PreflightRow(
            name: "database down",
            exchange: .container(
                500,
                """
                Request processing failed: org.springframework.transaction.CannotCreateTransactionException: Could not \
                open JPA EntityManager for transaction
                """
            ),
            layer: .dhis2,
            reason: .database,
            mayPass: true,
            message: """
                dhis.example.org got no connection to its database (500): the database is down, or other requests hold all \
                connections.
                """
        ),
        PreflightRow(
            name: "database down before 2.42",
            exchange: .marked(500, message: "Could not open JPA EntityManager for transaction; nested exception is x"),
            layer: .dhis2,
            reason: .database,
            mayPass: true,
            message: """
                dhis.example.org got no connection to its database (500): the database is down, or other requests hold all \
                connections.
                """
        ),
        PreflightRow(
            name: "no context path",
            exchange: .page(404),
            base: "https://dhis.example.org",
            layer: .dhis2,
            reason: .wrongContextPath,
            mayPass: true,
            message: """
                No DHIS2 answers at the root of dhis.example.org (404). Add its context path to the server URL, such as \
                /dhis.
                """
        ),
        PreflightRow(
            name: "context path with /api",
            exchange: .page(404),
            base: "https://dhis.example.org/dhis/api",
            layer: .dhis2,
            reason: .wrongContextPath,
            mayPass: true,
            message: """
                No DHIS2 answers under /dhis/api of dhis.example.org (404). Use https://dhis.example.org/dhis as the \
                server URL.
                """
        ),
        PreflightRow(
            name: "/api at the end of the URL",
            exchange: .marked(404, message: "Not found: /api/api/system/info", errorCode: "E1005"),
            base: "https://dhis.example.org/dhis/api",
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org, but it has no API under /dhis/api (404). Use \
                https://dhis.example.org/dhis as the server URL.
                """
        ),
        PreflightRow(
            name: "address of an app as a browser has it",
            exchange: .page(404),
            base: "https://dhis.example.org/dhis/dhis-web-dashboard/index.html",
            layer: .dhis2,
            reason: .wrongContextPath,
            mayPass: true,
            message: """
                No DHIS2 answers under /dhis/dhis-web-dashboard/index.html of dhis.example.org (404). Use \
                https://dhis.example.org/dhis as the server URL.
                """
        ),
        PreflightRow(
            name: "address of an app, to which DHIS2 adds a slash",
            exchange: .marked(301, ["Location: /dhis/apps/dashboard/api/system/info/"]),
            base: "https://dhis.example.org/dhis/apps/dashboard",
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org, but it has no API under /dhis/apps/dashboard (301): the path before \
                /api in the server URL is wrong. Use https://dhis.example.org/dhis as the server URL.
                """
        ),
        PreflightRow(
            name: "address of an app, with a relative redirect to the login page",
            exchange: .marked(302, ["Location: login/"]),
            base: "https://dhis.example.org/apps/dashboard",
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org, but its login page is not under /apps/dashboard: the path before /api \
                in the server URL is wrong (use https://dhis.example.org), or the credentials did not reach DHIS2.
                """
        ),
        PreflightRow(
            name: "address of an app that answers with its page",
            exchange: .page(200, title: "Dashboard"),
            base: "https://dhis.example.org/dhis-web-dashboard",
            layer: .proxy,
            reason: .foreignPage,
            mayPass: true,
            message: """
                dhis.example.org answered /api/system/info with a web page titled "Dashboard" instead of DHIS2's answer: a \
                captive portal, a sign-on page or another site is in the way. Or: Use https://dhis.example.org as the \
                server URL.
                """
        ),
        PreflightRow(
            name: "context path that a DHIS2 at the root does not know",
            exchange: .marked(404, message: "Not found: /dhis/api/system/info", errorCode: "E1005"),
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org, but it has no API under /dhis (404). Check the context path in \
                the server URL.
                """
        ),
        PreflightRow(
            name: "404 at the root in DHIS2's words",
            exchange: .marked(404, message: "Not found: /api/system/info"),
            base: "https://dhis.example.org",
            layer: .dhis2,
            reason: .unexpectedAnswer,
            message: """
                dhis.example.org answered 404 to /api/system/info, which no DHIS2 with routes does: Not found: \
                /api/system/info
                """
        ),
        PreflightRow(
            name: "more than is kept",
            exchange: .answer(200, ["Content-Type: application/json"], body: #"{"version":"2.43.0","x":""#)
                .ofSize(5_000_000),
            layer: .dhis2,
            reason: .notDHIS2,
            mayPass: true,
            message: """
                dhis.example.org answered /api/system/info with 5000000 bytes, far more than a DHIS2 does: another site \
                or service may be there.
                """
        ),
        PreflightRow(
            name: "another JSON API",
            exchange: .answer(200, ["Content-Type: application/json"], body: #"{"status":"UP"}"#),
            layer: .dhis2,
            reason: .notDHIS2,
            mayPass: true,
            message: "dhis.example.org answered /api/system/info, but not as a DHIS2 does: it gave no version."
        ),
        PreflightRow(
            name: "a version that is none",
            exchange: .marked(200, json: #"{"version":"latest"}"#),
            layer: .dhis2,
            reason: .notDHIS2,
            message: "dhis.example.org answered /api/system/info, but not as a DHIS2 does: it gave no version."
        ),
        PreflightRow(
            name: "plain text",
            exchange: .answer(200, ["Content-Type: text/plain"], body: "hello"),
            layer: .dhis2,
            reason: .notDHIS2,
            mayPass: true,
            message: "dhis.example.org answered /api/system/info, but not as a DHIS2 does: it gave no version."
        ),
        PreflightRow(
            name: "2.39",
            exchange: .marked(200, json: #"{"version":"2.39.5"}"#),
            layer: .dhis2,
            reason: .tooOld,
            message: "dhis.example.org runs DHIS2 2.39.5, which has no routes: they came with 2.40."
        ),
        PreflightRow(
            name: "DHIS2's own 503",
            exchange: .marked(503),
            layer: .dhis2,
            reason: .notReady,
            mayPass: true,
            message: "dhis.example.org answers that it is not ready (503)."
        ),
        PreflightRow(
            name: "DHIS2's own 500",
            exchange: .marked(500, message: "Something broke"),
            layer: .dhis2,
            reason: .internalError,
            mayPass: true,
            message: "dhis.example.org failed to answer /api/system/info (500): Something broke"
        ),
        PreflightRow(
            name: "DHIS2's own 403",
            exchange: .marked(403, message: "Access is denied"),
            layer: .dhis2,
            reason: .unexpectedAnswer,
            message: """
                dhis.example.org answered 403 to /api/system/info, which no DHIS2 with routes does: Access is denied
                """
        ),
        PreflightRow(
            name: "teapot",
            exchange: .answer(418),
            layer: .proxy,
            reason: .proxyError,
            mayPass: true,
            message: """
                Something in front of dhis.example.org answered 418 to /api/system/info, not DHIS2: DHIS2 may be down or \
                still starting, or another server is there.
                """
        ),
    ]
}
