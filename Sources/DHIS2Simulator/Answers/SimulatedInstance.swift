/// A DHIS2 server as a function: a configuration, indexed, that turns a request into a reply.
///
/// It never changes; it is a class so that every request can hold the one it began with at the price of one reference.
///
/// The answer is found in the order in which a real server finds it, because what refuses first decides what a client
/// sees: Tomcat and Spring's firewall, the context path, the parts without credentials, the login, then the resource.
/// Each stage is a file of this room: `+authentication`, `+resources` for what can be read, `+run` for the checks
/// before a route is called and `+upstream` for what becomes of the call, `+replies` for the forms that answers have.
/// Sections in comments are those of the project's reference on DHIS2's routes; "inferred" stands where no server was
/// seen to do it.
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
        answer(to: request, cookieUser: nil).reply
    }

    /// The answer to a request, without the cookies of its session.
    ///
    /// - Parameter cookieUser: Whose live session the request's cookie names.
    /// - Returns: The answer, and whether it is one to a user's request, rather than a refusal.
    func answer(to request: SimulatedRequest, cookieUser: String?) -> (reply: SimulatedReply, isAdmitted: Bool) {
        if TargetSyntax.isRefused(request) {
            return (HTMLPages.tomcat(400, message: "Invalid character found in the request target"), false)
        }
        guard let path = pathInContext(request.path), isServed(path) else {
            let message = "The requested resource [\(request.path)] is not available"
            return (HTMLPages.tomcat(404, message: message), false)
        }
        if isOpen(path) { return (openAnswer(path, request), false) }
        if isStoppedByOrigin(request) { return (marked(SimulatedReply(status: 200)), false) }
        if path == Self.logoutPath { return (loggedOut, false) }
        switch authenticate(request, cookieUser: cookieUser) {
        case .refused(let reply, _): return (marked(reply), false)
        case .accepted(let user, _): return (marked(answer(path, request, user)), true)
        }
    }

    /// Whether a path asks for no credentials.
    func isOpen(_ path: Substring) -> Bool {
        path == "/api/ping" || path == loginPath || path == "/api/system/ping" && minorVersion >= 44
    }

    private func openAnswer(_ path: Substring, _ request: SimulatedRequest) -> SimulatedReply {
        // Outside of the security chain: no credentials, no headers of DHIS2's, no version in the path.
        if path == "/api/ping" { return SimulatedReply(status: 200) }
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

    /// Whether a path leads to something of DHIS2's; all else, such as another context path, is Tomcat's to answer.
    func isServed(_ path: Substring) -> Bool {
        path.utf8.starts(with: "/api/".utf8) || path == "/api" || path == loginPath || path == Self.logoutPath
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
        // The first is `api`.
        _ = segments.next()
        var behindVersion = segments
        if let first = behindVersion.next(), isServedVersion(first) { segments = behindVersion }
        let resource = segments.next() ?? ""
        switch (resource, segments.next()) {
        case ("routes", nil):
            return reading(request) { listRoutes(request, user) }
        case ("routes", let reference?):
            return answerRoute(QueryText.decodePath(reference), segments, request, user)
        case ("me", nil):
            return reading(request) { describeUser(request, user) }
        case ("system", "info"?) where segments.rest == nil:
            return reading(request) { describeSystem(request, user) }
        case ("system", "ping"?) where segments.rest == nil:
            return reading(request) {
                SimulatedReply(status: 200, headers: ["Content-Type": "text/plain;charset=UTF-8"], text: "pong")
            }
        default:
            return error(.notFound("Not found: \(path)"), to: request)
        }
    }

    private func answerRoute(
        _ reference: String,
        _ segments: PathSegments,
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) -> SimulatedReply {
        var segments = segments
        guard let action = segments.next() else {
            return reading(request) { describeRoute(reference, request, user) }
        }
        guard action == "run" else { return error(.notFound("Not found: \(request.path)"), to: request) }
        // `/run/` differs from `/run`: its slash counts as an empty sub-path.
        return runRoute(reference, subPath: segments.rest.map { QueryText.decodePath($0) }, request, user)
    }

    /// Two digits after `/api/` name a version of the API.
    private func isServedVersion(_ segment: Substring) -> Bool {
        guard segment.utf8.count == 2, let version = Int(segment) else { return false }
        return version >= 28 && version <= minorVersion
    }

    /// Refuses every method but GET and HEAD.
    private func reading(_ request: SimulatedRequest, _ answer: () -> SimulatedReply) -> SimulatedReply {
        guard ["GET", "HEAD"].contains(request.method) else { return methodNotAllowed(request, allowed: "GET, HEAD") }
        return answer()
    }
}

/// What Tomcat and Spring's firewall refuse in a request's target before DHIS2 sees it.
enum TargetSyntax {
    /// Whether the target is refused, with Tomcat's 400 page.
    static func isRefused(_ request: SimulatedRequest) -> Bool {
        isPathRefused(request.path) || request.rawQuery.map(isQueryRefused) == true
    }

    private static func isPathRefused(_ path: String) -> Bool {
        guard path.utf8.first == UInt8(ascii: "/") else { return true }
        var previous: UInt8 = 0
        var hasDots = false
        for byte in path.utf8 {
            // Not allowed in a target at all, or refused by the firewall.
            if byte <= 0x20 || byte >= 0x7F || byte.isOne(of: "\"#<>\\^`{|};") { return true }
            if byte == UInt8(ascii: "/") && previous == byte { return true }
            if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "%") { hasDots = true }
            previous = byte
        }
        return hasDots && (hasDotSegment(path) || hasRefusedEscape(path))
    }

    private static func hasDotSegment(_ path: String) -> Bool {
        path.split(separator: "/").contains { segment in
            let decoded = QueryText.decodePath(segment)
            return decoded == "." || decoded == ".."
        }
    }

    /// `%2F`, `%5C`, `%25`, `%3B`, encoded control characters, and escapes that are none.
    private static func hasRefusedEscape(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        return bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "%") else { return false }
            guard let value = QueryText.escape(in: bytes, at: index) else { return true }
            return value < 0x20 || value == 0x7F || value.isOne(of: "/\\%;")
        }
    }

    /// Tomcat as DHIS2 ships it relaxes its rules for `[ ] { } | \` in queries only.
    private static func isQueryRefused(_ query: String) -> Bool {
        query.utf8.contains { $0 <= 0x20 || $0 >= 0x7F || $0.isOne(of: "\"#<>^`") }
    }
}
