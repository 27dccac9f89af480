import DHIS2

extension PreflightRow {
    private static let login = """
        dhis.example.org sent the request to its login page, as if it had no credentials: personal access tokens may \
        be switched off there, or something in front removes the Authorization header.
        """

    static let wayRows: [PreflightRow] =
        [
            "/dhis/dhis-web-commons/security/login.action", "/dhis/dhis-web-login", "/dhis/dhis-web-login/",
            "https://dhis.example.org/dhis/login/?error",
        ].map { location in
            PreflightRow(
                name: "redirect to \(location)",
                exchange: .answer(302, ["Location: \(location)"]),
                layer: .dhis2,
                reason: .loginRedirect,
                message: login
            )
        } + [
            PreflightRow(
                name: "marked redirect to another login page",
                exchange: .marked(302, ["Location: /elsewhere/login.html"]),
                layer: .dhis2,
                reason: .loginRedirect,
                message: login
            ),
            PreflightRow(
                name: "end of the session",
                exchange: .marked(302, ["Location: /dhis/dhis-web-commons-security/logout.action"]),
                layer: .dhis2,
                reason: .sessionLimit,
                mayPass: true,
                message: """
                    dhis.example.org ended the session of the request (302), because there were too many newer sessions \
                    of the same user: another program uses the same user. Give this one a user of its own, or raise \
                    max.sessions.per_user in dhis.conf.
                    """
            ),
            PreflightRow(
                name: "redirect to https",
                exchange: .answer(301, ["Location: https://dhis.example.org/dhis/api/system/info"]),
                base: "http://dhis.example.org/dhis",
                layer: .proxy,
                reason: .proxyRedirect,
                message: "dhis.example.org redirects to HTTPS (301). Write the server URL with https://."
            ),
            PreflightRow(
                name: "sign-on page",
                exchange: .answer(302, ["Location: https://sso.example.org/login?state=secret"]),
                layer: .proxy,
                reason: .proxyRedirect,
                mayPass: true,
                message: """
                    dhis.example.org sends requests elsewhere (302), to https://sso.example.org/login?…: a sign-on page \
                    or another site is in the way, or the server URL is not the final one.
                    """
            ),
            PreflightRow(
                name: "sign-on page with DHIS2's path on another host",
                exchange: .answer(302, ["Location: https://sso.example.org/login"]),
                base: "https://dhis.example.org",
                layer: .proxy,
                reason: .proxyRedirect,
                mayPass: true,
                message: """
                    dhis.example.org sends requests elsewhere (302), to https://sso.example.org/login: a sign-on page \
                    or another site is in the way, or the server URL is not the final one.
                    """
            ),
            PreflightRow(
                name: "login page of a server with a port",
                exchange: .answer(302, ["Location: http://[::1]:8080/login/"]),
                base: "http://[::1]:8080",
                layer: .dhis2,
                reason: .loginRedirect,
                message: login.replacing("dhis.example.org", with: "[::1]:8080")
            ),
            PreflightRow(
                name: "redirect to nowhere",
                exchange: .answer(302),
                layer: .proxy,
                reason: .proxyRedirect,
                mayPass: true,
                message: "dhis.example.org answered with a redirect that leads nowhere (302), which no DHIS2 does."
            ),
            PreflightRow(
                name: "proxy's own authentication",
                exchange: .page(401, headers: ["WWW-Authenticate: Basic realm=\"staging\""]),
                layer: .proxy,
                reason: .proxyAuthentication,
                message: """
                    Something in front of dhis.example.org wants credentials of its own before it lets requests through \
                    (401).
                    """
            ),
            PreflightRow(
                name: "407",
                exchange: .page(407),
                layer: .proxy,
                reason: .proxyAuthentication,
                message: """
                    A proxy on the way to dhis.example.org wants credentials of its own (407): write them into the \
                    proxy's URL.
                    """
            ),
            PreflightRow(
                name: "407 of a proxy that is known",
                exchange: .page(407).by(proxy: "proxy proxy.example:3128, which http_proxy names,"),
                layer: .proxy,
                reason: .proxyAuthentication,
                message: """
                    The proxy proxy.example:3128, which http_proxy names, on the way to dhis.example.org wants \
                    credentials of its own (407): write them into the proxy's URL.
                    """
            ),
            PreflightRow(
                name: "407 of a proxy that was sent credentials",
                exchange: .page(407).by(proxy: "proxy proxy.example:3128", hasCredentials: true),
                layer: .proxy,
                reason: .proxyAuthentication,
                message: """
                    The proxy proxy.example:3128 on the way to dhis.example.org refused the credentials in the proxy's URL \
                    (407): check the user and the password.
                    """
            ),
            PreflightRow(
                name: "captive portal",
                exchange: .page(200, title: "Welcome to Hotel WiFi"),
                layer: .proxy,
                reason: .foreignPage,
                mayPass: true,
                message: """
                    dhis.example.org answered /api/system/info with a web page titled "Welcome to Hotel WiFi" instead \
                    of DHIS2's answer: a captive portal, a sign-on page or another site is in the way.
                    """
            ),
            PreflightRow(
                name: "login page with 200",
                exchange: .page(200, title: "DHIS2 Login"),
                layer: .dhis2,
                reason: .loginPage,
                message: """
                    dhis.example.org answered /api/system/info with the login page of DHIS2 titled "DHIS2 Login": the \
                    credentials did not reach it.
                    """
            ),
            PreflightRow(
                name: "web application firewall",
                exchange: .page(403),
                layer: .proxy,
                reason: .proxyError,
                mayPass: true,
                message: "Something in front of dhis.example.org refused /api/system/info (403)."
            ),
            PreflightRow(
                name: "too many requests",
                exchange: .page(429),
                layer: .proxy,
                reason: .proxyError,
                mayPass: true,
                message: "dhis.example.org answers that it gets too many requests (429)."
            ),
        ]
        + [502, 503, 504].map { status in
            PreflightRow(
                name: "proxy's \(status)",
                exchange: .page(status),
                layer: .proxy,
                reason: .gatewayError,
                mayPass: true,
                message: """
                    A proxy in front of dhis.example.org answered \(status): DHIS2 is down, still starting, or too slow \
                    for it.
                    """
            )
        }
}
