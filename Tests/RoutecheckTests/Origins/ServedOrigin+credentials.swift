import DHIS2
import DHIS2Simulator

// DHIS2 does not take the credentials, or the target does not.
extension ServedOrigin {
    private static let login = """
        DHIS2 sent the request to its login page, as if it had no credentials: personal access tokens may be switched \
        off there, or something in front removes the Authorization header.
        """

    /// A run with a token that the server refuses.
    private static func token(
        _ token: String,
        _ reason: ResponseOrigin.Reason,
        _ text: String,
        in eras: [SimulatedEra] = SimulatedEra.allCases,
        _ change: @escaping @Sendable (inout ServedRun) -> Void = { _ in }
    ) -> ServedOrigin {
        ServedOrigin(
            "token: \(reason)",
            in: eras,
            {
                $0.credentials = .personalAccessToken(token)
                $0.runsAtOnce()
                change(&$0)
            },
            .dhis2,
            reason,
            .certain,
            "DHIS2 refused the personal access token: \(text)."
        )
    }

    /// A run with a password that the server refuses.
    private static func password(
        _ username: String,
        _ password: String,
        _ reason: ResponseOrigin.Reason,
        _ sentence: String
    ) -> ServedOrigin {
        ServedOrigin(
            "user \(username): \(reason)",
            {
                $0.credentials = .basic(username: username, password: password)
                $0.runsAtOnce()
            },
            .dhis2,
            reason,
            .likely,
            sentence,
            or: .answered
        )
    }

    static let credentials: [ServedOrigin] =
        [
            ServedOrigin(
                "tokens switched off",
                {
                    $0.server.acceptsTokens = false
                    $0.runsAtOnce()
                },
                .dhis2,
                .loginRedirect,
                .certain,
                login
            ),
            ServedOrigin(
                "login redirect whose marks a proxy hides",
                {
                    $0.server.acceptsTokens = false
                    $0.server.hidesMarker = true
                    $0.runsAtOnce()
                },
                .dhis2,
                .loginRedirect,
                .likely,
                login
            ),
            ServedOrigin(
                "login redirect under a context path",
                {
                    $0.server.contextPath = "/dhis"
                    $0.meets(.loginRedirect)
                },
                .dhis2,
                .loginRedirect,
                .certain,
                login.replacing("DHIS2 sent", with: "DHIS2 VERSION sent")
            ),
            ServedOrigin(
                "login page that a front has followed the redirect to",
                { $0.meets(.loginPage) },
                .dhis2,
                .loginPage,
                .possible,
                """
                DHIS2 VERSION seems to have answered with its login page: the credentials did not reach it, and \
                something in front of \
                it follows its redirects.
                """,
                or: .answered
            ),
            token(SimulatorConfiguration.expiredToken, .tokenExpired, "it has expired"),
            token(
                SimulatorConfiguration.unknownToken,
                .tokenUnknown,
                "it does not exist there, because it was deleted or belongs to another server"
            ),
            token(
                "d2p_tooShort",
                .tokenMalformed,
                "it is malformed, as when it was copied in part or holds an extra character"
            ),
            // 2.40 says so with another status than 2.41 and later.
            token(
                "d2pat_tooShort",
                .tokenMalformed,
                "it is malformed, as when it was copied in part or holds an extra character",
                in: [.b]
            ) {
                $0.server.version = "2.40.12"
            },
            token(SimulatorConfiguration.postOnlyToken, .tokenMethod, "it may not be used with this HTTP method"),
            token(
                SimulatorConfiguration.ownerBarredToken,
                .tokenOwner,
                "its owner is disabled or locked, or has two-factor authentication"
            ),
            token(SimulatorConfiguration.unknownToken, .tokenAddress, "it may not be used from this IP address") {
                $0.server.tokens = [
                    SimulatedToken(
                        SimulatorConfiguration.unknownToken,
                        username: "checker",
                        state: .addresses(["192.0.2.1"])
                    )
                ]
            },
            token(
                SimulatorConfiguration.unknownToken,
                .tokenReferrer,
                "it may only be used with certain Referer headers"
            ) {
                $0.server.tokens = [
                    SimulatedToken(
                        SimulatorConfiguration.unknownToken,
                        username: "checker",
                        state: .referrers(["https://app.example.org"])
                    )
                ]
            },
            ServedOrigin(
                "token that expires after it was accepted",
                { $0.meets(.expireTokens) },
                .dhis2,
                .tokenExpired,
                .certain,
                "DHIS2 VERSION refused the personal access token: it has expired."
            ),
            password(
                "admin",
                "wrong",
                .passwordRefused,
                """
                DHIS2 refused the username or the password; accounts with two-factor authentication get the same answer.
                """
            ),
            password(
                "careful",
                "Careful-1",
                .passwordRefused,
                """
                DHIS2 refused the username or the password; accounts with two-factor authentication get the same answer.
                """
            ),
            password(
                "locked",
                "Locked-1",
                .accountLocked,
                "DHIS2 refused the user: the account is locked, usually after too many wrong passwords."
            ),
            password(
                "retired",
                "Retired-1",
                .accountDisabled,
                "DHIS2 refused the user: the account is disabled."
            ),
        ] + refusingTargets

    private static let refusingTargets: [ServedOrigin] = [
        ServedOrigin(
            "401 of a target that is a DHIS2 itself, after DHIS2 took the token",
            { $0.targetSays(401, "Unauthorized") },
            .upstream,
            .credentialsRefusedByTarget,
            .likely,
            "T\(target) refused the credentials that the route sends it (401).",
            or: .passwordRefused
        ),
        ServedOrigin(
            "401 of a target that is a DHIS2 itself, after DHIS2 took the password",
            {
                $0.targetSays(401, "Account locked")
                $0.credentials = .basic(username: "admin", password: "district")
            },
            .upstream,
            .credentialsRefusedByTarget,
            .likely,
            "T\(target) refused the credentials that the route sends it (401).",
            or: .accountLocked
        ),
        ServedOrigin(
            "401 of a target that is a DHIS2 itself, without a look at the server, with a token",
            {
                $0.targetSays(401, "Unauthorized")
                $0.runsAtOnce()
            },
            .upstream,
            .credentialsRefusedByTarget,
            .possible,
            #"The target of the route "target" refused the credentials that the route sends it (401)."#,
            or: .passwordRefused
        ),
        ServedOrigin(
            "401 of the target",
            { $0.route.upstream = .text("no", status: 401, headers: ["WWW-Authenticate": "Bearer"]) },
            .upstream,
            .credentialsRefusedByTarget,
            .likely,
            "T\(target) refused the credentials that the route sends it (401)."
        ),
    ]
}
