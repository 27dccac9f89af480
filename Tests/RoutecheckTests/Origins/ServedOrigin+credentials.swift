import DHIS2
import DHIS2Simulator

// DHIS2 does not take the credentials, or the target does not.
extension ServedOrigin {
    /// A run with a token that the server refuses.
    private static func token(
        _ token: String,
        _ reason: ResponseOrigin.Reason,
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
            .dhis2
        )
    }

    /// A run with a password that the server refuses.
    private static func password(
        _ username: String,
        _ password: String,
        _ reason: ResponseOrigin.Reason
    ) -> ServedOrigin {
        ServedOrigin(
            "user \(username): \(reason)",
            {
                $0.credentials = .basic(username: username, password: password)
                $0.runsAtOnce()
            },
            .dhis2
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
                .dhis2
            ),
            ServedOrigin(
                "login redirect whose marks a proxy hides",
                {
                    $0.server.acceptsTokens = false
                    $0.server.hidesMarker = true
                    $0.runsAtOnce()
                },
                .dhis2
            ),
            ServedOrigin(
                "login redirect under a context path",
                {
                    $0.server.contextPath = "/dhis"
                    $0.meets(.loginRedirect)
                },
                .dhis2
            ),
            ServedOrigin(
                "login page that a front has followed the redirect to",
                { $0.meets(.loginPage) },
                .dhis2
            ),
            token(SimulatorConfiguration.expiredToken, .tokenExpired),
            token(SimulatorConfiguration.unknownToken, .tokenUnknown),
            token("d2p_tooShort", .tokenMalformed),
            // 2.40 says so with another status than 2.41 and later.
            token("d2pat_tooShort", .tokenMalformed, in: [.b]) { $0.server.version = "2.40.12" },
            token(SimulatorConfiguration.postOnlyToken, .tokenMethod),
            token(SimulatorConfiguration.ownerBarredToken, .tokenOwner),
            token(SimulatorConfiguration.unknownToken, .tokenAddress) {
                $0.server.tokens = [
                    SimulatedToken(
                        SimulatorConfiguration.unknownToken,
                        username: "checker",
                        state: .addresses(["192.0.2.1"])
                    )
                ]
            },
            token(SimulatorConfiguration.unknownToken, .tokenReferrer) {
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
                .dhis2
            ),
            password("admin", "wrong", .passwordRefused),
            password("careful", "Careful-1", .passwordRefused),
            password("locked", "Locked-1", .accountLocked),
            password("retired", "Retired-1", .accountDisabled),
        ] + refusingTargets

    private static let refusingTargets: [ServedOrigin] = [
        ServedOrigin(
            "401 of a target that is a DHIS2 itself, after DHIS2 took the token",
            { $0.targetSays(401, "Unauthorized") },
            .upstream
        ),
        ServedOrigin(
            "401 of a target that is a DHIS2 itself, after DHIS2 took the password",
            {
                $0.targetSays(401, "Account locked")
                $0.credentials = .basic(username: "admin", password: "district")
            },
            .upstream
        ),
        ServedOrigin(
            "401 of a target that is a DHIS2 itself, without a look at the server, with a token",
            {
                $0.targetSays(401, "Unauthorized")
                $0.runsAtOnce()
            },
            .upstream
        ),
        ServedOrigin(
            "401 of the target",
            { $0.route.upstream = .text("no", status: 401, headers: ["WWW-Authenticate": "Bearer"]) },
            .upstream
        ),
    ]
}
