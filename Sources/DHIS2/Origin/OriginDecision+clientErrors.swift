import HTTPVocabulary

extension OriginDecision {
    var unauthorized: ResponseOrigin {
        let server = context.dhis2Name
        if facts.challengesToken {
            let fault = AuthenticationFault(tokenMessage: message?.message, server: server)
            return decide(.dhis2, fault.reason, .certain, fault.sentence)
        }
        if facts.otherChallenge != nil {
            // DHIS2 has no other challenge of its own and drops its targets'.
            return decide(
                .proxy,
                .proxyAuthentication,
                .certain,
                "\(inFront) wants credentials of its own before it lets requests through (401)."
            )
        }
        guard let message, passage != .aroundDHIS2 else {
            var origin = passedOn
            if origin.layer == .upstream {
                (origin.reason, origin.sentence) = (.credentialsRefusedByTarget, Self.capitalized(refusedByTarget))
            }
            return origin
        }
        if AuthenticationFault.isAboutToken(message.message) {
            let fault = AuthenticationFault(tokenMessage: message.message, server: server)
            return decide(.dhis2, fault.reason, .good, fault.sentence)
        }
        let fault = AuthenticationFault(passwordMessage: message.message, server: server)
        let byCredentials = Alternative(layer: .dhis2, reason: fault.reason, sentence: fault.sentence)
        switch context.preflight.credentialsAccepted {
        case true:
            return decide(.upstream, .credentialsRefusedByTarget, .good, refusedByTarget, or: byCredentials)
        case nil where context.usesToken:
            return decide(.upstream, .credentialsRefusedByTarget, .fair, refusedByTarget, or: byCredentials)
        case nil, false:
            return decide(.dhis2, fault.reason, .good, fault.sentence, or: byTarget)
        }
    }

    private var refusedByTarget: String {
        "\(context.targetName) refused the credentials that the route sends it (401)."
    }

    var proxyAuthentication: ResponseOrigin {
        guard passage != .throughDHIS2 else { return passedOn }
        return decide(
            .proxy,
            .proxyAuthentication,
            .good,
            NetworkFault.proxyAuthentication(exchange, on: context.server)
        )
    }

    var badRequest: ResponseOrigin {
        if facts.challengesToken {
            let fault = AuthenticationFault(tokenMessage: message?.message, server: context.dhis2Name)
            return decide(.dhis2, fault.reason, .certain, fault.sentence)
        }
        if let text = message?.message {
            if Self.isIllegalCharacter(text) { return illegalCharacter(text) }
            if Self.isSubPathRefusal(text) { return subPathNotAllowed }
            if let name = unexpandedPlaceholder(in: text) { return placeholderBefore44(name) }
            if passage != .aroundDHIS2, context.era != .a {
                return decide(.upstream, .answered, .fair, answered, or: byDHIS2)
            }
        }
        guard isHTML, passage == .unknown || passage == .aroundDHIS2 else { return passedOn }
        return decide(
            .dhis2,
            .urlRefused,
            .good,
            """
            The servlet container or the firewall of \(context.dhis2Name) refused the URL (400) before any route ran; \
            look for characters such as "//", ";" or "%" in the path.
            """
        )
    }

    /// DHIS2 cites the whole target URL after the position, with the secrets of a route that authenticates by query
    /// parameters; none of it may go on.
    private func illegalCharacter(_ text: String) -> ResponseOrigin {
        let part = text.hasPrefix("Illegal character in path") ? "path" : "query"
        return decide(
            .route,
            .targetURLMalformed,
            .good,
            """
            \(context.dhis2Name) could not build the target's URL for \(context.routeName): a character in the \
            \(part) is not encoded as it needs it. Check the route's URL, and the version if it is pinned.
            """,
            or: byTarget
        )
    }

    /// Whether a text is Java's: `Illegal character in query at index 40: <URL>`.
    private static func isIllegalCharacter(_ text: String) -> Bool {
        guard text.hasPrefix("Illegal character in "), let place = text.firstRange(of: " at index ") else {
            return false
        }
        let rest = text[place.upperBound...]
        let digits = rest.prefix { ("0"..."9").contains($0) }
        return !digits.isEmpty && rest[digits.endIndex...].hasPrefix(":")
    }

    /// The name in what the HTTP engine of 2.40 and 2.41 says of braces in a URL, which it takes for variables.
    private func unexpandedPlaceholder(in text: String) -> String? {
        let prefix = "Not enough variable values available to expand '"
        guard context.era.map(\.reportsTargetFaultsAs503) ?? true, text.hasPrefix(prefix), text.hasSuffix("'") else {
            return nil
        }
        return ServerText.excerpt(String(text.dropFirst(prefix.count).dropLast()), limit: 60)
    }

    private func placeholderBefore44(_ name: String) -> ResponseOrigin {
        decide(
            .route,
            .placeholderMissing,
            .good,
            """
            The URL of \(context.routeName) has the placeholder {\(name)}, which \(context.dhis2Name) cannot fill: \
            placeholders came with 2.44.
            """,
            or: byTarget
        )
    }

    static func isSubPathRefusal(_ text: String) -> Bool {
        text.hasPrefix("Route '") && text.hasSuffix("' does not allow sub-paths")
    }

    var subPathNotAllowed: ResponseOrigin {
        let advice =
            context.subPath.isEmpty
            ? "A slash after /run counts as a path."
            : "Let the route's URL end with /**, or leave the path out."
        return decide(
            .route,
            .subPathNotAllowed,
            .good,
            """
            \(context.routeName) takes no path after /run (\(status)). \(advice)
            """
        )
    }

    var forbidden: ResponseOrigin {
        switch message?.message {
        case "User not authorized to execute route", "User not authorized":
            return decide(
                .route,
                .routeForbidden,
                .good,
                """
                The user may not run \(context.routeName): \(context.dhis2Name) wants read access to it, or one of \
                its authorities.
                """,
                or: byTarget
            )
        case .some where passage != .aroundDHIS2 && context.era != .a:
            return decide(.upstream, .answered, .fair, answered, or: byDHIS2)
        default:
            return passedOn
        }
    }

    var notFound: ResponseOrigin {
        if let text = message?.message,
            OwnAnswer.isRouteNotFound(text, reference: context.reference?.description ?? context.code)
        {
            return routeNotFound
        }
        switch passage {
        case .throughDHIS2, .stripped:
            return passedOn
        case .unknown where isHTML:
            return decide(
                .dhis2,
                .wrongContextPath,
                .good,
                """
                \(context.server.hostAndPort) has nothing at this URL (404): the context path in the server URL may \
                be wrong, or the servlet container did not take the path.
                """,
                or: byProxy
            )
        case .aroundDHIS2 where isHTML:
            return decide(
                .dhis2,
                .notReady,
                .fair,
                """
                The servlet container answered 404 in place of \(context.dhis2Name), which has answered before: it \
                may be restarting.
                """,
                or: byProxy
            )
        case .unknown, .aroundDHIS2:
            return passedOn
        }
    }

    private var routeNotFound: ResponseOrigin {
        switch context.route?.disabled {
        case true:
            return decide(
                .route,
                .routeDisabled,
                .good,
                "\(context.routeName) exists but is disabled."
            )
        case false:
            return decide(
                .route,
                .routeNotFound,
                .good,
                "\(context.routeName) was there when it was looked up, but has been deleted or disabled since."
            )
        case nil:
            return decide(
                .route,
                .routeNotFound,
                .good,
                "\(context.dhis2Name) has no route with the code \(ServerText.quoted(context.code)), or it is disabled."
            )
        }
    }

    var methodNotAllowed: ResponseOrigin {
        let allowed = allowedMethods
        let sentence =
            "\(context.dhis2Name) does not run routes with \(context.method.rawValue)"
            + (allowed.map { "; it knows only \($0)." } ?? ".")
        if allowed != nil, passage != .aroundDHIS2 {
            return decide(.dhis2, .methodNotAllowed, .good, sentence)
        }
        guard message != nil, passage != .aroundDHIS2 else { return passedOn }
        return decide(.upstream, .answered, .fair, answered, or: byDHIS2)
    }

    /// The methods that an old server knows, if the run's is not among them; HEAD goes where GET goes.
    private var allowedMethods: String? {
        guard let version = context.version, context.method != .get, context.method != .head else { return nil }
        if version.minor == 40, context.method != .post { return "GET and POST" }
        if version.minor == 41, let patch = version.patch, patch < 2 { return "GET" }
        return nil
    }
}
