import DHIS2Behaviour

extension Preflight {
    /// Reads a refusal that is not about the path that was asked for: of the credentials, or by what stands in front.
    ///
    /// - Returns: `nil` when the status says something about the path.
    static func problem(
        ofRefusal exchange: HTTPExchange,
        facts: HeaderFacts,
        from server: BaseURL,
        usesToken: Bool
    ) -> PreflightProblem? {
        let host = server.hostAndPort
        let status = exchange.statusCode
        switch status {
        case 300...399 where status != 304:
            return redirect(exchange, facts: facts, from: server)
        case 400 where facts.challengesToken, 401 where facts.challengesToken:
            return credentials(AuthenticationFault(tokenMessage: WebMessage(exchange)?.message, server: host), exchange)
        case 401:
            if facts.otherChallenge != nil || !facts.isMarked && WebMessage(exchange) == nil {
                return problem(
                    .proxy,
                    .proxyAuthentication,
                    "Something in front of \(host) wants credentials of its own before it lets requests through (401).",
                    exchange
                )
            }
            let message = WebMessage(exchange)?.message
            let fault =
                usesToken || AuthenticationFault.isAboutToken(message)
                ? AuthenticationFault(tokenMessage: message, server: host)
                : AuthenticationFault(passwordMessage: message, server: host)
            return credentials(fault, exchange)
        case 407:
            return problem(
                .proxy,
                .proxyAuthentication,
                NetworkFault.proxyAuthentication(exchange, on: server),
                exchange
            )
        case 502...504 where isFromFront(exchange, facts):
            return problem(
                .proxy,
                .gatewayError,
                "A proxy in front of \(host) answered \(status): DHIS2 is down, still starting, or too slow for it.",
                exchange,
                mayPass: true
            )
        default: return nil
        }
    }

    /// Reads a bad status that is about the path, which every DHIS2 has.
    static func problem(
        ofStatus exchange: HTTPExchange,
        facts: HeaderFacts,
        from server: BaseURL,
        at path: String
    ) -> PreflightProblem {
        let host = server.hostAndPort
        let status = exchange.statusCode
        let isOwn = facts.isMarked || WebMessage(exchange) != nil
        switch status {
        case 404 where !isOwn:
            let path = server.contextPath
            let place = path.isEmpty ? "at the root of \(host)" : "under \(path) of \(host)"
            let advice =
                if path.isEmpty {
                    "Add its context path to the server URL, such as /dhis."
                } else if path.hasSuffix("/api") {
                    "Leave out /api at the end of the server URL."
                } else {
                    "Check the context path in the server URL, or leave it out."
                }
            return problem(
                .dhis2,
                .wrongContextPath,
                "No DHIS2 answers \(place) (404). \(advice)",
                exchange,
                mayPass: true
            )
        case 404 where !server.contextPath.isEmpty:
            let advice =
                server.contextPath.hasSuffix("/api")
                ? "Leave out /api at the end of the server URL." : "Check the context path in the server URL."
            return problem(
                .dhis2,
                .wrongContextPath,
                "A DHIS2 answers on \(host), but it has no API under \(server.contextPath) (404). \(advice)",
                exchange
            )
        case 403 where !isOwn:
            return problem(.proxy, .proxyError, "Something in front of \(host) refused \(path) (403).", exchange)
        case 429:
            return problem(
                .proxy,
                .proxyError,
                "\(host) answers that it gets too many requests (429).",
                exchange,
                mayPass: true
            )
        case 502...504:
            return problem(
                .dhis2,
                .notReady,
                "\(host) answers that it is not ready (\(status)).",
                exchange,
                mayPass: true
            )
        case 500 where saysDatabaseIsDown(exchange, facts):
            return problem(
                .dhis2,
                .database,
                """
                \(host) got no connection to its database (500): the database is down, or other requests hold all \
                connections.
                """,
                exchange,
                mayPass: true
            )
        case 500...599:
            let detail = WebMessage(exchange)?.message.map { ": " + ServerText.excerpt($0) } ?? "."
            return problem(
                .dhis2,
                .internalError,
                "\(host) failed to answer \(path) (\(status))\(detail)",
                exchange,
                mayPass: true
            )
        default:
            let detail = WebMessage(exchange)?.message.map { ": " + ServerText.excerpt($0) } ?? "."
            return problem(
                .dhis2,
                isOwn ? .unexpectedAnswer : .notDHIS2,
                "\(host) answered \(status) to \(path), which no DHIS2 with routes does\(detail)",
                exchange
            )
        }
    }

    /// Whether a page is one of something in front: DHIS2 has none with these statuses, though its marks can be on it.
    static func isFromFront(_ exchange: HTTPExchange, _ facts: HeaderFacts) -> Bool {
        !facts.isMarked || HTMLPage.isPage(exchange, facts) && ContainerPage(exchange, facts) == nil
    }

    private static func saysDatabaseIsDown(_ exchange: HTTPExchange, _ facts: HeaderFacts) -> Bool {
        let text = WebMessage(exchange)?.message ?? ContainerPage(exchange, facts)?.message
        let known = text.flatMap { DHIS2Message.recognise($0, about: .route, status: exchange.statusCode) }
        return known?.message == .databaseDown
    }

    private static func credentials(_ fault: AuthenticationFault, _ exchange: HTTPExchange) -> PreflightProblem {
        problem(.dhis2, fault.reason, fault.sentence, exchange)
    }

    private static func redirect(
        _ exchange: HTTPExchange,
        facts: HeaderFacts,
        from server: BaseURL
    ) -> PreflightProblem {
        let host = server.hostAndPort
        let status = exchange.statusCode
        switch Redirect(status: status, facts, from: server) {
        case .nowhere:
            return problem(
                .proxy,
                .proxyRedirect,
                "\(host) answered with a redirect that leads nowhere (\(status)), which no DHIS2 does.",
                exchange
            )
        case .sessionEnd:
            return problem(
                .dhis2,
                .sessionLimit,
                """
                \(host) ended the session of the request (302), because there were too many newer sessions of the same \
                user: another program uses the same user. Give this one a user of its own, or raise \
                max.sessions.per_user in dhis.conf.
                """,
                exchange,
                mayPass: true
            )
        case .login:
            return problem(.dhis2, .loginRedirect, Redirect.loginSentence(host), exchange)
        case .loginElsewhere(let base):
            return problem(
                .dhis2,
                .wrongContextPath,
                Redirect.loginElsewhereSentence(server, base: base),
                exchange
            )
        case .unknownPath(let base):
            return problem(.dhis2, .wrongContextPath, Redirect.unknownPathSentence(server, base: base), exchange)
        case .toHTTPS:
            return problem(.proxy, .proxyRedirect, Redirect.toHTTPSSentence(server, status: status), exchange)
        case .elsewhere(let location):
            return problem(
                .proxy,
                .proxyRedirect,
                """
                \(host) sends requests elsewhere (\(status)), to \(ServerText.excerpt(location, limit: 100)): a \
                sign-on page or another site is in the way, or the server URL is not the final one.
                """,
                exchange,
                mayPass: true
            )
        }
    }
}
