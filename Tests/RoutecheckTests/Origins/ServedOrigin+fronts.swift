import DHIS2
import DHIS2Simulator

// What stands in front of DHIS2 answers, without DHIS2's marks.
extension ServedOrigin {
    static let fronts: [ServedOrigin] =
        [502, 503, 504].flatMap { (status: Int) -> [ServedOrigin] in
            let byProxy =
                "A proxy in front of DHIS2 on HOST answered \(status): it could not reach DHIS2, or not in time."
            return [
                ServedOrigin(
                    "HTML \(status)",
                    { $0.meets(.proxyPage(status: status)) },
                    .proxy,
                    .gatewayError,
                    .likely,
                    byProxy
                ),
                ServedOrigin(
                    "HTML \(status) of a proxy that hides DHIS2's marks",
                    {
                        $0.server.hidesMarker = true
                        $0.meets(.proxyPage(status: status))
                    },
                    .proxy,
                    .gatewayError,
                    .possible,
                    byProxy,
                    or: .answered
                ),
            ]
        } + [
            ServedOrigin(
                "captive portal",
                { $0.meets(.captivePortal) },
                .proxy,
                .foreignPage,
                .likely,
                "Something in front of DHIS2 on HOST answered 200 in its place: a cache, a portal or a maintenance page."
            ),
            ServedOrigin(
                "captive portal without a look at the server",
                {
                    $0.meets(.captivePortal)
                    $0.runsAtOnce()
                },
                .upstream,
                .answered,
                .possible,
                #"The target of the route "target" answered 200."#,
                or: .foreignPage
            ),
            ServedOrigin(
                "redirect to a sign-on page",
                {
                    let location = "https://sso.example.org/login?state=secret"
                    $0.meets(.statusInFront(302, headers: ["Location": location], body: ""))
                },
                .proxy,
                .proxyRedirect,
                .likely,
                """
                Something in front of DHIS2 on HOST sends the request elsewhere (302), to \
                https://sso.example.org/login?…: DHIS2 never passes on where a target redirects to.
                """
            ),
            ServedOrigin(
                "redirect to https",
                {
                    let location = "https://127.0.0.1/api/routes/TargetRt001/run"
                    $0.meets(.statusInFront(301, headers: ["Location": location], body: ""))
                },
                .proxy,
                .proxyRedirect,
                .certain,
                "HOST wants to be asked with https (301). Write the server URL with https://."
            ),
            ServedOrigin(
                "credentials for a proxy in front",
                { $0.meets(.statusInFront(401, headers: ["WWW-Authenticate": "Basic realm=\"staging\""], body: "")) },
                .proxy,
                .proxyAuthentication,
                .certain,
                "Something in front of DHIS2 on HOST wants credentials of its own before it lets requests through (401)."
            ),
            ServedOrigin(
                "firewall's 403",
                { $0.meets(.statusInFront(403, headers: ["Content-Type": "text/html"], body: "<h1>Blocked</h1>")) },
                .proxy,
                .proxyError,
                .likely,
                "Something in front of DHIS2 on HOST answered 403; DHIS2 did not see the answer."
            ),
        ]
}
