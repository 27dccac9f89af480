import DHIS2Behaviour

// What DHIS2 says in words that are known, in its own message format or on the servlet container's page.
extension OriginDecision {
    /// What the words of the answer amount to; `nil` where they are not known.
    var said: ResponseOrigin? {
        guard let text = message?.message ?? page?.message, passage != .aroundDHIS2, page == nil || mayBeDHIS2s else {
            return nil
        }
        // The page has the status of a failure, whatever DHIS2 wanted to say.
        let known = DHIS2Message.recognise(text, about: .route, status: page == nil ? status : nil)
        return known.flatMap { origin(of: $0, in: text) } ?? targetFault(text)
    }

    /// Whether the page can be what DHIS2 could not write: a target may run in a Tomcat too.
    private var mayBeDHIS2s: Bool { status == 500 && (cannotWriteErrors || isDatabaseLate) }

    /// Whether it took as long as DHIS2 waits for a connection to its database.
    private var isDatabaseLate: Bool { exchange.timings.total >= .seconds(29) }

    private func origin(of known: DHIS2Message.Recognised, in text: String) -> ResponseOrigin? {
        switch known.message {
        case .routeNotFound, .routeNotFoundBefore242:
            let reference = context.reference?.description ?? context.code
            return OwnAnswer.isRouteNotFound(text, reference: reference) ? routeNotFound : nil
        case .routeForbidden, .routeForbiddenBefore242: return routeForbidden
        case .subPathRefused: return subPathNotAllowed
        case .illegalCharacter: return illegalCharacter(in: known.gap)
        case .malformedEscape: return illegalCharacter(in: "query")
        case .bracesUnfilled: return placeholderBefore44(known.gap)
        case .placeholderMissing: return placeholderMissing(known.gap)
        case .targetAuthenticationFailed: return context.mayRefuseQuery ? queryNotAllowed : authenticationFailed
        case .unexpectedError: return decide(known.message.meaning, .possible, notAllowed, or: orTarget)
        case .targetFault: return faultBefore242(text)
        case .bodyCut: return cutBefore242(text)
        case .unknownStatus: return unknownStatus(known.gap)
        case .queryUndecodable, .queryUndecodableFrom244: return queryUndecodable
        case .parameterWithoutName: return parameterWithoutName
        case .bracesUnfilledFrom244: return bracesUnfilled(known.gap)
        case .gistAsked, .gistAskedByUID: return SubPathRules.relative(context.subPath) == "gist" ? gistAsked : nil
        case .multipartBroken: return multipartBroken
        case .databaseDown: return databaseDown
        case .nothingThere: return ownFailure(text)
        default: return nil
        }
    }

    /// How sure it is what DHIS2 says.
    var sure: Certainty { author == .dhis2 ? .certain : .likely }

    /// A target that is a DHIS2 too may have said it, where the answer does not tell.
    var orTarget: [Alternative] { author == .dhis2 ? [] : [byTarget] }

    /// What DHIS2 says in words that a target may have said too.
    private func decide(_ message: DHIS2Message, _ sentence: String) -> ResponseOrigin {
        decide(message.meaning, sure, sentence, or: orTarget)
    }
}

// The words of a route and of the request for it.
extension OriginDecision {
    private var routeNotFound: ResponseOrigin {
        let name = context.routeName
        let (reason, sentence): (Reason, String) =
            switch context.route?.disabled {
            case true: (.routeDisabled, "\(name) exists but is disabled.")
            case false:
                (.routeNotFound, "\(name) was there when it was looked up, but has been deleted or disabled since.")
            case nil:
                (
                    .routeNotFound,
                    "\(context.dhis2Name) has no route with the code \(ServerText.quoted(context.code)), or it is disabled."
                )
            }
        return decide(.route, reason, sure, sentence)
    }

    private var routeForbidden: ResponseOrigin {
        decide(
            .routeForbidden,
            """
            The user may not run \(context.routeName): \(context.dhis2Name) wants read access to it, or one of its \
            authorities.
            """
        )
    }

    private var subPathNotAllowed: ResponseOrigin {
        let advice =
            context.subPath.isEmpty
            ? "A slash after /run counts as a path."
            : "Let the route's URL end with /**, or leave the path out."
        return decide(
            DHIS2Message.subPathRefused.meaning,
            sure,
            "\(context.routeName) takes no path after /run (\(status)). \(advice)"
        )
    }

    /// DHIS2 cites the whole target URL after the position, with the secrets of a route that authenticates by query
    /// parameters; none of it may go on.
    private func illegalCharacter(in part: String) -> ResponseOrigin {
        let part = part.hasPrefix("path") ? "path" : "query"
        return decide(
            .illegalCharacter,
            """
            \(context.dhis2Name) could not build the target's URL for \(context.routeName): a character in the \
            \(part) is not encoded as it needs it. Check the route's URL, and the version if it is pinned.
            """
        )
    }

    private func placeholderBefore44(_ name: String) -> ResponseOrigin? {
        guard context.behaviour.may(\.takesBracesForVariables) else { return nil }
        let name = ServerText.excerpt(name, limit: 60)
        return decide(
            .bracesUnfilled,
            """
            The URL of \(context.routeName) has the placeholder {\(name)}, which \(context.dhis2Name) cannot fill: \
            placeholders came with 2.44.
            """
        )
    }

    private func placeholderMissing(_ name: String) -> ResponseOrigin {
        let name = ServerText.excerpt(name, limit: 60)
        return decide(
            DHIS2Message.placeholderMissing.meaning,
            sure,
            """
            The URL of \(context.routeName) has the placeholder {\(name)}, which got no value; give it as the \
            parameter _\(name).
            """
        )
    }

    private var authenticationFailed: ResponseOrigin {
        decide(
            DHIS2Message.targetAuthenticationFailed.meaning,
            sure,
            """
            \(context.dhis2Name) could not get the credentials that \(context.routeName) sends to its target; check \
            the route's authentication, e.g. its OAuth 2 token address and secret.
            """
        )
    }

    /// The route authenticates by query parameters, which up to 2.43 cannot be called with parameters of the request.
    var queryNotAllowed: ResponseOrigin {
        let sentence = RouteError.queryRefusal(of: context.routeName, by: context.dhis2Name)
        guard context.route == nil else { return decide(.route, .queryNotAllowed, sure, sentence) }
        let byCredentials = Alternative(
            layer: .route,
            reason: .targetAuthentication,
            sentence: """
                If \(context.routeName) authenticates in another way, DHIS2 could not get the credentials that it sends \
                to its target.
                """
        )
        return decide(.route, .queryNotAllowed, .possible, sentence, or: byCredentials)
    }

    var notAllowed: String {
        """
        \(context.dhis2Name) may not call \(context.targetName): its route.remote_servers_allowed does not name the \
        host, or the target is plain http.
        """
    }

    private var queryUndecodable: ResponseOrigin {
        decide(
            .queryUndecodable,
            """
            \(context.dhis2Name) could not decode the query (\(status)): a "%" in it is not encoded as this version \
            needs it. Check the version if it is pinned.
            """
        )
    }

    private var parameterWithoutName: ResponseOrigin {
        decide(
            .parameterWithoutName,
            "\(context.dhis2Name) refused the query (\(status)): one of its parameters has no name."
        )
    }

    private func bracesUnfilled(_ name: String) -> ResponseOrigin {
        let name = ServerText.excerpt(name, limit: 60)
        return decide(
            .bracesUnfilledFrom244,
            """
            \(context.dhis2Name) took {\(name)} for a placeholder that has no value (\(status)): it stands in the URL of \
            \(context.routeName), in the path or in the query.
            """
        )
    }

    private var gistAsked: ResponseOrigin {
        decide(
            .gistAsked,
            """
            DHIS2 answers the path "gist" itself, with its Gist API, and does not call \(context.targetName). Use \
            another path.
            """
        )
    }

    private var multipartBroken: ResponseOrigin {
        decide(
            .multipartBroken,
            """
            The Content-Type of the request is multipart, but it names no boundary, so \(context.dhis2Name) refused \
            the body (\(status)).
            """
        )
    }

    private var databaseDown: ResponseOrigin {
        decide(
            .databaseDown,
            """
            \(context.dhis2Name) got no connection to its database (\(status)): the database is down, or other \
            requests hold all connections. Each run in flight holds one (connection.pool.max_size, 80 by default).
            """
        )
    }
}
