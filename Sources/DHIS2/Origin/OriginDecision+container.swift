import DHIS2Behaviour
import HTTPVocabulary

// What the servlet container says before a route runs, or in place of an error that DHIS2 could not write.
extension OriginDecision {
    /// Whether DHIS2 cannot write its own errors in answer to this request.
    var cannotWriteErrors: Bool {
        !context.acceptsErrors || ErrorFormat.brokenEnding(of: context.subPath) != nil
    }

    /// A page with a 400 or a 500.
    var containerFailed: ResponseOrigin {
        if !facts.isMarked, let page, status == 400 || page.refusesRequest { return urlRefused(page) }
        guard status == 500 else { return passedOn }
        switch passage {
        case .throughDHIS2: return markedFailure
        case .container: return decide(.dhis2, .internalError, .likely, failure)
        case .unknown, .aroundDHIS2: return decide(.dhis2, .internalError, .possible, failure, or: byProxy)
        case .stripped: return passedOn
        }
    }

    /// A target may run in a Tomcat too, but where DHIS2 cannot write its errors it is the likelier.
    private var markedFailure: ResponseOrigin {
        guard page != nil else { return passedOn }
        let byTarget = Alternative(layer: .upstream, reason: .answered, sentence: answered)
        let byContainer = Alternative(layer: .dhis2, reason: .internalError, sentence: failure)
        return cannotWriteErrors
            ? decide(.dhis2, .internalError, .possible, failure, or: byTarget)
            : decide(.upstream, .answered, .possible, answered, or: byContainer)
    }

    private var failure: String {
        """
        The servlet container of \(context.dhis2Name) failed (500); it also does so when the Accept header or an \
        ending such as .xml or .csv keeps DHIS2 from writing an error of its own.
        """
    }

    /// The request as it was sent is what is wrong.
    private func urlRefused(_ page: ContainerPage) -> ResponseOrigin {
        let isUnclear = passage == .throughDHIS2 || passage == .stripped
        let certainty: Certainty = passage == .container ? .certain : isUnclear ? .possible : .likely
        let meaning = DHIS2Message.Meaning(.job, .urlRefused)
        // A target may run in a Tomcat too, and its page is not marked where a proxy strips the marks.
        let others = isUnclear ? [Alternative(layer: .upstream, reason: .answered, sentence: answered)] : []
        if page.isTooLarge {
            return decide(
                meaning,
                certainty,
                """
                The servlet container of \(context.dhis2Name) refused the request (\(status)): its URL and header \
                fields are too long; it takes 8 KiB in all.
                """,
                or: others
            )
        }
        let place =
            oddPart.map { "because of \($0) in the path" }
            ?? "e.g. because of \"//\", \";\" or \"%\" in the path; see the path and the query"
        return decide(
            meaning,
            certainty,
            """
            The servlet container or the firewall of \(context.dhis2Name) refused the URL (\(status)) before any route \
            ran, \(place).
            """,
            or: others
        )
    }

    /// What in the sub-path is not passed on by every version, for a sentence.
    private var oddPart: String? {
        let path = SubPathRules.relative(context.subPath)
        switch SubPathRules.segmentFault(in: path) {
        case .empty: return "an empty segment (\"//\")"
        case .dots: return "a dot segment"
        case nil: return SubPathRules.firstOddCharacter(in: path)
        }
    }

    var notFound: ResponseOrigin {
        switch passage {
        case .throughDHIS2
        where page?.message?.hasPrefix("No static resource api/") == true
            && context.preflight.credentialsAccepted != true:
            let byTarget = Alternative(layer: .upstream, reason: .answered, sentence: answered)
            return decide(
                .dhis2,
                .wrongContextPath,
                .likely,
                """
                \(context.dhis2Name) has nothing at this URL (404): the path before /api in the server URL may be wrong.
                """,
                or: byTarget
            )
        case .throughDHIS2, .stripped:
            return passedOn
        case .unknown where isHTML:
            return decide(.dhis2, .wrongContextPath, .likely, nothingHere, or: byProxy)
        case .aroundDHIS2 where isHTML && context.asksDHIS2Itself && context.preflight.credentialsAccepted != true:
            return decide(.dhis2, .wrongContextPath, .possible, nothingHere, or: byProxy)
        case .container where isHTML:
            return decide(.dhis2, .notReady, .likely, restarting)
        case .aroundDHIS2 where isHTML && !Passage.isSurelyAround(facts, due: context.preflight.marks):
            return decide(.dhis2, .notReady, .possible, restarting, or: byProxy)
        case .container, .unknown, .aroundDHIS2:
            return passedOn
        }
    }

    private var nothingHere: String {
        """
        \(context.server.hostAndPort) has nothing at this URL (404): the context path in the server URL may be wrong, or \
        the servlet container did not take the path.\(context.server.adviceOnOwnPath.map { " \($0)" } ?? "")
        """
    }

    private var restarting: String {
        """
        The servlet container answered 404 in place of \(context.dhis2Name), which has answered before: it may be \
        restarting.
        """
    }
}

extension ContainerPage {
    /// Whether Spring's firewall refused the request: with a 500 on 2.41, and with a 400 that says nothing later.
    var refusesRequest: Bool { message?.hasPrefix("The request was rejected because ") == true }

    /// Whether the request was too long for Tomcat.
    var isTooLarge: Bool { message == "Request header is too large" }
}
