import DHIS2
import HTTPVocabulary
import Testing

/// An answer to a run, what is known beside it, and who it comes from.
struct OriginRow: Sendable, CustomTestStringConvertible {
    var name: String
    var exchange: HTTPExchange
    var context: OriginContext
    var layer: ResponseOrigin.Layer
    var reason: ResponseOrigin.Reason
    var certainty: ResponseOrigin.Certainty
    var sentence: String
    var alternatives: [ResponseOrigin.Reason]

    init(
        _ name: String,
        _ exchange: HTTPExchange,
        in context: OriginContext = .known(),
        _ layer: ResponseOrigin.Layer,
        _ reason: ResponseOrigin.Reason,
        _ certainty: ResponseOrigin.Certainty,
        _ sentence: String,
        or alternatives: ResponseOrigin.Reason...
    ) {
        self.name = name
        self.exchange = exchange
        self.context = context
        self.layer = layer
        self.reason = reason
        self.certainty = certainty
        self.sentence = sentence
        self.alternatives = alternatives
    }

    var testDescription: String { name }

    static let all =
        successes + redirects + refusals + missing + configuration + servlet + oldServers + reactiveServers + gateways
        + ownErrors + errorsOfInnerServers + refusalsOfPasswords + ways + targetWords + pages + requests + forgotten

    /// The target in sentences, without its first letter.
    static let target = #"he target of the route "chap" (chap.example.org)"#

    func check() {
        let origin = ResponseOrigin(of: exchange, in: context)
        #expect(origin.layer == layer)
        #expect(origin.reason == reason)
        #expect(origin.certainty == certainty)
        #expect(origin.sentence == sentence)
        #expect(origin.alternatives.map(\.reason) == alternatives)
    }
}

extension OriginContext {
    /// A run of the route `chap` on a server whose preflight succeeded.
    static func known(
        _ version: String? = "2.43.0",
        marksArrive: Bool? = true,
        marks: DHIS2Marks? = nil,
        accepted: Bool? = true,
        usesToken: Bool = true,
        route: Route? = .chap,
        subPath: String = "",
        method: HTTPMethod = .get,
        change: (inout OriginContext) -> Void = { _ in }
    ) -> OriginContext {
        guard let server = try? BaseURL("https://dhis.example.org/dhis") else { preconditionFailure("a fixed URL") }
        var context = OriginContext(
            code: "chap",
            reference: route.map { .uid($0.id) } ?? .code("chap"),
            route: route,
            subPath: subPath,
            method: method,
            server: server,
            usesToken: usesToken,
            version: version.flatMap { ServerVersion($0) },
            timeout: .seconds(30),
            preflight: PreflightKnowledge(
                marks: (marks ?? marksArrive.map { $0 ? .securityHeaders : [] })?.union(.charset),
                credentialsAccepted: accepted
            )
        )
        change(&context)
        return context
    }

    /// The same without a preflight.
    static let blind = known(nil, marksArrive: nil, accepted: nil)

    /// The same behind a proxy that strips DHIS2's marks.
    static let stripped = known(marksArrive: false)

    /// The eras, by a version of each.
    static let versions = ["2.40.3", "2.41.8", "2.42.2", "2.43.0", "2.44-SNAPSHOT"]
}

extension Route {
    static var disabledChap: Route {
        var route = chap
        route.disabled = true
        return route
    }

    static func chap(timeout: Int) -> Route {
        var route = chap
        route.responseTimeoutSeconds = timeout
        return route
    }
}
