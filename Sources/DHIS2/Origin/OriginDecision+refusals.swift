import DHIS2Behaviour
import HTTPVocabulary

// What DHIS2 or its servlet container refuses: the request, the route, the user.
extension OriginDecision {
    var badRequest: ResponseOrigin {
        if facts.challengesToken {
            let fault = AuthenticationFault(tokenMessage: message?.message, server: context.dhis2Name)
            return decide(.dhis2, fault.reason, .certain, fault.sentence)
        }
        if let known {
            switch known.message {
            case .illegalCharacter: return illegalCharacter(in: known.gap)
            case .subPathRefused: return subPathNotAllowed
            case .bracesUnfilled where context.behaviour.may(\.takesBracesForVariables):
                return placeholderBefore44(known.gap)
            default: break
            }
        }
        if message?.message != nil, passage != .aroundDHIS2, !context.behaviour.does(\.wrapsTargetErrors) {
            return decide(.upstream, .answered, .possible, answered, or: byDHIS2)
        }
        guard isHTML, passage == .unknown || passage == .aroundDHIS2 else { return passedOn }
        return decide(
            .dhis2,
            .urlRefused,
            .likely,
            """
            The servlet container or the firewall of \(context.dhis2Name) refused the URL (400) before any route ran; \
            look for characters such as "//", ";" or "%" in the path.
            """
        )
    }

    /// DHIS2 cites the whole target URL after the position, with the secrets of a route that authenticates by query
    /// parameters; none of it may go on.
    private func illegalCharacter(in part: String) -> ResponseOrigin {
        let part = part.hasPrefix("path") ? "path" : "query"
        return decide(
            DHIS2Message.illegalCharacter.meaning,
            .likely,
            """
            \(context.dhis2Name) could not build the target's URL for \(context.routeName): a character in the \
            \(part) is not encoded as it needs it. Check the route's URL, and the version if it is pinned.
            """,
            or: [byTarget]
        )
    }

    private func placeholderBefore44(_ name: String) -> ResponseOrigin {
        let name = ServerText.excerpt(name, limit: 60)
        return decide(
            DHIS2Message.bracesUnfilled.meaning,
            .likely,
            """
            The URL of \(context.routeName) has the placeholder {\(name)}, which \(context.dhis2Name) cannot fill: \
            placeholders came with 2.44.
            """,
            or: [byTarget]
        )
    }

    var subPathNotAllowed: ResponseOrigin {
        let advice =
            context.subPath.isEmpty
            ? "A slash after /run counts as a path."
            : "Let the route's URL end with /**, or leave the path out."
        return decide(
            DHIS2Message.subPathRefused.meaning,
            .likely,
            """
            \(context.routeName) takes no path after /run (\(status)). \(advice)
            """
        )
    }

    var forbidden: ResponseOrigin {
        switch known?.message {
        case DHIS2Message.routeForbidden?, DHIS2Message.routeForbiddenBefore242?:
            return decide(
                DHIS2Message.routeForbidden.meaning,
                .likely,
                """
                The user may not run \(context.routeName): \(context.dhis2Name) wants read access to it, or one of \
                its authorities.
                """,
                or: [byTarget]
            )
        case _ where message?.message != nil && passage != .aroundDHIS2 && !context.behaviour.does(\.wrapsTargetErrors):
            return decide(.upstream, .answered, .possible, answered, or: byDHIS2)
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
                .likely,
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
                .possible,
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
                .likely,
                "\(context.routeName) exists but is disabled."
            )
        case false:
            return decide(
                .route,
                .routeNotFound,
                .likely,
                "\(context.routeName) was there when it was looked up, but has been deleted or disabled since."
            )
        case nil:
            return decide(
                .route,
                .routeNotFound,
                .likely,
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
            return decide(.dhis2, .methodNotAllowed, .likely, sentence)
        }
        guard message != nil, passage != .aroundDHIS2 else { return passedOn }
        return decide(.upstream, .answered, .possible, answered, or: byDHIS2)
    }

    /// The methods that an old server knows, if the run's is not among them; HEAD goes where GET goes.
    private var allowedMethods: String? {
        guard let version = context.version, let methods = RouteBehaviour(version).onlyMethods,
            context.method != .head, !methods.contains(context.method)
        else { return nil }
        return methods.map(\.rawValue).joined(separator: " and ")
    }
}
