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
                No DHIS2 answers under /dhis/api of dhis.example.org (404). Leave out /api at the end of the server URL.
                """
        ),
        PreflightRow(
            name: "/api at the end of the URL",
            exchange: .marked(404, message: "Not found: /api/api/system/info", errorCode: "E1005"),
            base: "https://dhis.example.org/dhis/api",
            layer: .dhis2,
            reason: .wrongContextPath,
            message: """
                A DHIS2 answers on dhis.example.org, but it has no API under /dhis/api (404). Leave out /api at the end \
                of the server URL.
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
            layer: .dhis2,
            reason: .notDHIS2,
            message: "dhis.example.org answered 418 to /api/system/info, which no DHIS2 with routes does."
        ),
    ]
}
