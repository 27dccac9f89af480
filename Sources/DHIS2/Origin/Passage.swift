import DHIS2Behaviour

/// What the marks of an answer say about its way.
enum Passage: Sendable, Hashable {
    /// DHIS2 wrote it or passed it on.
    case throughDHIS2
    /// DHIS2's servlet container wrote it, before or in place of DHIS2's filters.
    case container
    /// DHIS2's filters never saw it.
    case aroundDHIS2
    /// It carries none of the marks, and nobody knows whether it should.
    case unknown
    /// It carries none, and neither do the server's other answers: a proxy strips them.
    case stripped

    /// Decides by the marks.
    ///
    /// - Parameters:
    ///   - facts: What the answer shows.
    ///   - status: Its status.
    ///   - due: The marks that arrive from this server; `nil` where nobody has looked.
    init(_ facts: HeaderFacts, status: Int, due: DHIS2Marks?) {
        // A proxy may write security headers into pages of its own, but not Tomcat's empty reason phrase.
        if due?.contains(.emptyReasonPhrase) == true, facts.foreignPhrase != nil {
            self = .aroundDHIS2
            return
        }
        // No target's cookie passes, and no proxy knows this one.
        if facts.isMarked || facts.marks.contains(.sessionExpiry) {
            self = .throughDHIS2
            return
        }
        guard let due else {
            self = .unknown
            return
        }
        let isFromTomcat = due.contains(.emptyReasonPhrase) && facts.marks.contains(.emptyReasonPhrase)
        if due.contains(.securityHeaders) {
            self = isFromTomcat ? .container : .aroundDHIS2
        } else if isFromTomcat || due.contains(.sessionCookie) && facts.marks.contains(.sessionCookie) {
            self = .throughDHIS2
        } else if due.contains(.sessionExpiry), !Self.statusesWithoutSession.contains(status) {
            // Whoever came so far has accepted credentials, and would have been given the cookie.
            self = .aroundDHIS2
        } else {
            self = .stripped
        }
    }

    /// The way of an answer to a path of DHIS2's own, where more is known: no target answers there, and DHIS2 writes its
    /// errors in its message format or lets its servlet container make a page of them.
    ///
    /// - Parameters:
    ///   - exchange: The answer, of a status that is not good.
    ///   - facts: What it shows.
    ///   - due: The marks that arrive from this server; `nil` where nobody has looked.
    init(ofOwnPath exchange: HTTPExchange, _ facts: HeaderFacts, due: DHIS2Marks?) {
        let passage = Passage(facts, status: exchange.statusCode, due: due)
        switch passage {
        case .unknown, .stripped:
            self = WebMessage(exchange) == nil ? .aroundDHIS2 : .stripped
        case .throughDHIS2 where HTMLPage.isPage(exchange, facts) && ContainerPage(exchange, facts) == nil:
            self = .aroundDHIS2
        case .throughDHIS2, .container, .aroundDHIS2:
            self = passage
        }
    }

    /// With these DHIS2 refuses credentials, or its servlet container the request.
    private static let statusesWithoutSession = [302, 400, 401, 405]

    /// Whether two missing marks show for certain that DHIS2 did not write a page with a good status; a proxy may put a page
    /// of its own in the place of another's error.
    static func isSurelyAround(_ facts: HeaderFacts, due: DHIS2Marks?) -> Bool {
        guard let due, !facts.isMarked else { return false }
        return due.contains([.securityHeaders, .emptyReasonPhrase]) && facts.foreignPhrase != nil
    }
}

/// Who wrote an answer in DHIS2's message format: a target may be a DHIS2 too.
enum Author: Sendable, Hashable {
    /// The DHIS2 that was asked.
    case dhis2
    /// The target of the route, or what stands behind it.
    case target
    /// The answer does not tell.
    case unknown

    /// Decides by how the answer's type is written, and before 2.42 by how its length is given.
    ///
    /// This holds for answers in DHIS2's message format but those of its authentication, which write their type as a
    /// target's does.
    ///
    /// - Parameters:
    ///   - facts: What the answer shows.
    ///   - behaviour: What the server does.
    ///   - due: The marks that arrive from this server.
    init(_ facts: HeaderFacts, behaviour: PossibleBehaviour, due: DHIS2Marks?) {
        // Where a proxy rewrites types, they tell nothing.
        if let due, !due.contains(.charset) {
            self = .unknown
            return
        }
        switch facts.jsonType {
        case .bare:
            self = .dhis2
        case .withCharset where behaviour.does(\.leavesCharsetOffOwnErrors):
            self = .target
        case .withCharset where behaviour.does(\.sendsTargetsWholeAndItselfInChunks) && due?.contains(.chunks) == true:
            self = facts.marks.contains(.chunks) ? .dhis2 : .target
        case .withCharset, .other:
            self = .unknown
        }
    }
}
