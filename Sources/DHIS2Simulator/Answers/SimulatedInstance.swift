/// A DHIS2 server as a function: a configuration, indexed, that turns a request into a reply.
///
/// It never changes; it is a class so that every request can hold the one it began with at the price of one reference.
///
/// The answer is found in the order in which a real server finds it, because what refuses first decides what a client
/// sees: Tomcat and Spring's firewall, the context path, the parts without credentials, the login, then the resource.
/// Each stage is a file of this room: `TargetSyntax` for what is refused unread, `+authentication`, `+resources` and
/// `+lists` for what can be read, `+run` for the checks before a route is called, `+upstream`, `+brokenUpstream` and
/// `UpstreamFailure+words` for what becomes of the call, `+replies`, `Negotiation` and `HTMLPages` for the forms that
/// answers have, and `+proxy` for the nginx in front. Sections in comments are those of the project's reference on
/// DHIS2's routes; what a version does was seen there, but where "inferred" or "as read from the source" stands.
package final class SimulatedInstance: Sendable {
    let configuration: SimulatorConfiguration
    /// The second number of the version, such as 42; 0 for a version that is none.
    let minorVersion: Int
    private let routesByUID: [ByteKey: Int]
    private let routesByCode: [ByteKey: Int]
    private let usersByName: [ByteKey: SimulatedUser]
    private let tokensByText: [ByteKey: SimulatedToken]

    package init(_ configuration: SimulatorConfiguration) {
        self.configuration = configuration
        minorVersion = SimulatedEra.minor(of: configuration.version) ?? 0
        routesByUID = Self.index(configuration.routes.indices) { configuration.routes[$0].uid }
        routesByCode = Self.index(configuration.routes.indices) { configuration.routes[$0].code }
        usersByName = Self.index(configuration.users) { $0.username }
        tokensByText = Self.index(configuration.tokens) { $0.token }
    }

    private static func index<Value>(
        _ values: some Sequence<Value>,
        by text: (Value) -> String?
    ) -> [ByteKey: Value] {
        let pairs = values.compactMap { value in text(value).map { (ByteKey($0), value) } }
        return Dictionary(pairs) { first, _ in first }
    }

    var era: SimulatedEra { configuration.era }

    func user(named name: String) -> SimulatedUser? { usersByName[ByteKey(name)] }

    func token(_ text: String) -> SimulatedToken? { tokensByText[ByteKey(text)] }

    func route(uid: String) -> SimulatedRoute? { routesByUID[ByteKey(uid)].map { configuration.routes[$0] } }

    /// The route that a uid, or else a code, names, with the number it has in the database.
    func route(_ reference: String) -> (route: SimulatedRoute, number: Int)? {
        let key = ByteKey(reference)
        guard let index = routesByUID[key] ?? routesByCode[key] else { return nil }
        return (configuration.routes[index], 1000 + index)
    }

    /// The answer to a request, faults and sessions aside.
    package func reply(to request: SimulatedRequest) -> SimulatedReply {
        behindProxy(answer(to: request, cookieUser: nil).reply)
    }

    /// The answer to a request, without the cookies of its session.
    ///
    /// - Parameter cookieUser: Whose live session the request's cookie names.
    /// - Returns: The answer, and whether it is one to a user's request, rather than a refusal.
    func answer(to request: SimulatedRequest, cookieUser: String?) -> (reply: SimulatedReply, isAdmitted: Bool) {
        let request = forwarded(request)
        if let refusal = refusedByProxy(request) ?? refusedTarget(request) { return (refusal, false) }
        guard let path = pathInContext(request.path), isServed(path) else {
            let message = "The requested resource [\(request.path)] is not available"
            return (page(TomcatPage(status: 404, message: message)), false)
        }
        if isOpen(path) { return (tagged(openAnswer(path, request), request), false) }
        if isStoppedByOrigin(request) { return (marked(SimulatedReply(status: 200)), false) }
        if path == Self.logoutPath { return (loggedOut, false) }
        switch authenticate(request, cookieUser: cookieUser) {
        case .refused(let reply, _): return (marked(reply), false)
        case .accepted(let user, _): return (marked(answer(path, request, user)), true)
        }
    }

    /// Whether a path asks for no credentials.
    func isOpen(_ path: Substring) -> Bool {
        path == "/api/ping" && era != .b || path == loginPath || path == "/api/system/ping" && minorVersion >= 44
    }

    private func openAnswer(_ path: Substring, _ request: SimulatedRequest) -> SimulatedReply {
        // Outside of the security chain: no credentials, no headers of DHIS2's, no version in the path.
        if path == "/api/ping" {
            var reply = SimulatedReply(status: 200)
            Self.addVary(to: &reply)
            return reply
        }
        if path == loginPath { return loginPage }
        return reading(request) {
            let headers: HeaderList = [
                "Cache-Control": "no-store", "Content-Type": Self.contentType("application/json"),
            ]
            return SimulatedReply(status: 200, headers: headers, text: "pong")
        }
    }

    /// Whether a request is a script's of another origin, which DHIS2's CORS filter answers itself from 2.42 on, before
    /// it looks at credentials.
    func isStoppedByOrigin(_ request: SimulatedRequest) -> Bool {
        guard era != .b, let origin = request.headers["Origin"], !origin.isEmpty else { return false }
        return origin.lowercased() != "http://" + (request.headers["Host"] ?? "").lowercased()
    }

    /// The page that a browser is sent to; it is in the same place for everyone.
    var loginPage: SimulatedReply {
        marked(
            SimulatedReply(status: 200, headers: ["Content-Type": "text/html;charset=UTF-8"], text: HTMLPages.login)
        )
    }

    /// Whether a path leads to something of DHIS2's; all else is Tomcat's to answer.
    ///
    /// From 2.42 on all below the context path is DHIS2's.
    func isServed(_ path: Substring) -> Bool {
        era != .b || path.utf8.starts(with: "/api/".utf8) || path == "/api" || path == loginPath
            || path == Self.logoutPath
    }

    /// The path below the context path, or `nil` when it is not below it.
    func pathInContext(_ path: String) -> Substring? {
        guard !configuration.contextPath.isEmpty else { return path[...] }
        guard path.utf8.starts(with: configuration.contextPath.utf8) else { return nil }
        let rest = path.dropFirst(configuration.contextPath.count)
        return rest.isEmpty || rest.utf8.first == UInt8(ascii: "/") ? rest : nil
    }

    /// Answers a request of a user who is logged in.
    private func answer(_ path: Substring, _ request: SimulatedRequest, _ user: SimulatedUser) -> SimulatedReply {
        var segments = PathSegments(path)
        guard segments.next() == "api" else { return outsideOfTheAPI(path) }
        var behindVersion = segments
        if let first = behindVersion.next(), isServedVersion(first) { segments = behindVersion }
        let resource = segments.next() ?? ""
        switch (resource, segments.next()) {
        case ("routes", nil):
            return tagged(reading(request) { listRoutes(request, user) }, request)
        case ("routes", let reference?):
            return answerRoute(QueryText.decodePath(reference), segments, request, user) ?? notServed(path)
        case ("me", nil):
            return tagged(reading(request) { describeUser(request, user) }, request)
        case ("system", "info"?) where segments.rest == nil:
            return reading(request) { describeSystem(request, user) }
        case ("system", "ping"?) where segments.rest == nil:
            return reading(request) {
                let headers: HeaderList = [
                    "Cache-Control": Self.noStore, "Content-Type": Self.contentType("application/json"),
                ]
                return SimulatedReply(status: 200, headers: headers, text: "pong")
            }
        // Elsewhere the ping needs credentials.
        case ("ping", nil):
            return reading(request) { SimulatedReply(status: 200) }
        default:
            return notServed(path)
        }
    }

    /// Where nothing is deployed: 2.42 and later take the path for that of an app without its last slash.
    private func outsideOfTheAPI(_ path: Substring) -> SimulatedReply {
        guard !path.utf8.isEmpty, path.utf8.last != UInt8(ascii: "/") else { return notServed(path) }
        var reply = SimulatedReply(status: 301, headers: ["Location": configuration.contextPath + path + "/"])
        if era == .d { Self.addVary(to: &reply) }
        return reply
    }

    /// Spring's word for a path that leads nowhere, on Tomcat's page.
    private func notServed(_ path: Substring) -> SimulatedReply {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }.joined(separator: "/")
        var reply = page(TomcatPage(status: 404, message: era == .b ? nil : "No static resource \(name)."))
        if era == .d { Self.addVary(to: &reply) }
        return reply
    }

    /// What a route's own address says, or `nil` where it leads nowhere.
    private func answerRoute(
        _ reference: String,
        _ segments: PathSegments,
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) -> SimulatedReply? {
        var segments = segments
        guard let action = segments.next() else {
            return tagged(reading(request) { describeRoute(reference, request, user) }, request)
        }
        guard action == "run" else { return nil }
        // Another part of the API reads this as a property of the route.
        if segments.rest == "gist", ["GET", "HEAD"].contains(request.method) { return gist(of: reference, request) }
        // `/run/` differs from `/run`: its slash counts as an empty sub-path.
        return runRoute(reference, subPath: segments.rest.map { QueryText.decodePath($0) }, request, user)
    }

    /// Two digits after `/api/` name a version of the API.
    private func isServedVersion(_ segment: Substring) -> Bool {
        guard segment.utf8.count == 2, let version = Int(segment) else { return false }
        // 2.41 takes one more than its own.
        return version >= 28 && version <= (minorVersion == 41 ? 42 : minorVersion)
    }

    /// Refuses every method but GET and HEAD.
    private func reading(_ request: SimulatedRequest, _ answer: () -> SimulatedReply) -> SimulatedReply {
        if request.method == "OPTIONS" { return Self.options(["GET", "HEAD"]) }
        guard ["GET", "HEAD"].contains(request.method) else { return methodNotAllowed(request) }
        return answer()
    }
}
