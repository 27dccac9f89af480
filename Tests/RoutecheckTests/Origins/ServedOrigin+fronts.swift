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
                    .proxy
                ),
                ServedOrigin(
                    "HTML \(status) of a proxy that hides DHIS2's marks",
                    {
                        $0.server.hidesMarker = true
                        $0.meets(.proxyPage(status: status))
                    },
                    .proxy
                ),
            ]
        } + [
            ServedOrigin(
                "captive portal",
                { $0.meets(.captivePortal) },
                .proxy
            ),
            ServedOrigin(
                "captive portal without a look at the server",
                {
                    $0.meets(.captivePortal)
                    $0.runsAtOnce()
                },
                .upstream
            ),
            ServedOrigin(
                "redirect to a sign-on page",
                {
                    let location = "https://sso.example.org/login?state=secret"
                    $0.meets(.statusInFront(302, headers: ["Location": location], body: ""))
                },
                .proxy
            ),
            ServedOrigin(
                "redirect to https",
                {
                    let location = "https://127.0.0.1/api/routes/TargetRt001/run"
                    $0.meets(.statusInFront(301, headers: ["Location": location], body: ""))
                },
                .proxy
            ),
            ServedOrigin(
                "credentials for a proxy in front",
                { $0.meets(.statusInFront(401, headers: ["WWW-Authenticate": "Basic realm=\"staging\""], body: "")) },
                .proxy
            ),
            ServedOrigin(
                "firewall's 403",
                { $0.meets(.statusInFront(403, headers: ["Content-Type": "text/html"], body: "<h1>Blocked</h1>")) },
                .proxy
            ),
        ]
}
