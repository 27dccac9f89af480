// The routes as objects of the API.
extension SimulatedInstance {
    /// `GET /api/routes/{uid}`: sharing applies, and from 2.42 on a code is no uid.
    func describeRoute(
        _ reference: String,
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) -> SimulatedReply {
        let isUID = reference.utf8.count == 11 && reference.utf8.allSatisfy(\.isASCIIAlphanumeric)
        guard isUID || era == .b else {
            // The pattern of the address asks for a uid, which leaves methods that a code could be meant for.
            return methodNotAllowed(request)
        }
        guard let route = route(uid: reference), route.isReadable(by: user) else {
            return error(.notFound("Route with id \(reference) could not be found."), to: request)
        }
        let wanted = QueryText.parameters(of: request.rawQuery ?? "").last { $0.name == "fields" }?.value
        return json(object(route, FieldSelection(wanted ?? "*"), request, user))
    }

    /// `/api/routes/{uid}/run/gist`, which DHIS2 takes for a question about the property `run`.
    func gist(of reference: String, _ request: SimulatedRequest) -> SimulatedReply {
        let isUID = Self.isUID(reference)
        guard isUID || minorVersion <= 42 else {
            let message =
                "Value '\(reference)' is not valid for path parameter uid. UID must be an alphanumeric string of 11 "
                + "characters starting with a letter, but was: \(reference)"
            return error(Envelope(400, message), to: request)
        }
        return error(.badRequest("No such property: run"), to: request)
    }

    private static func isUID(_ reference: String) -> Bool {
        reference.utf8.count == 11 && reference.utf8.allSatisfy(\.isASCIIAlphanumeric)
            && !(reference.utf8.first?.isDigit ?? true)
    }

    /// A route with the members that a list or a question for it asks for.
    func object(
        _ route: SimulatedRoute,
        _ fields: FieldSelection,
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) -> JSONText {
        .object(members(of: route, request, user).filter { fields.contains($0.0) })
    }

    /// The names of all members of a route.
    static let routeMembers: Set = [
        "code", "name", "created", "lastUpdated", "translations", "createdBy", "favorites", "lastUpdatedBy", "sharing",
        "disabled", "url", "headers", "auth", "authorities", "responseTimeoutSeconds", "displayName", "access", "user",
        "favorite", "href", "id", "attributeValues", "description",
    ]

    /// All members of a route that has them, in DHIS2's order.
    func members(
        of route: SimulatedRoute,
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) -> [(String, JSONText)] {
        var members: [(String, JSONText)] = []
        if let code = route.code { members.append(("code", .string(code))) }
        members += [
            ("name", .string(route.name)),
            ("created", .string(Self.created)),
            ("lastUpdated", .string(Self.created)),
            ("translations", .array([])),
            ("createdBy", Self.author),
        ]
        // 2.44 knows no favourites any more.
        if era != .e { members.append(("favorites", .array([]))) }
        members += [
            ("lastUpdatedBy", Self.author),
            ("sharing", Self.sharing(of: route)),
            ("disabled", .bool(route.disabled)),
            ("url", .string(route.url)),
            ("headers", .object(route.headers.fields.map { ($0.name, .string($0.value)) })),
        ]
        if let auth = route.auth { members.append(("auth", Self.readablePart(of: auth))) }
        members += [
            ("authorities", .array(route.authorities.map(JSONText.string))),
            ("responseTimeoutSeconds", .number(route.responseTimeoutSeconds)),
            ("displayName", .string(route.name)),
            ("access", access(of: user)),
            ("user", Self.author),
        ]
        if era != .e { members.append(("favorite", .bool(false))) }
        members += [
            ("href", .string(baseURL(request) + "/api/routes/" + route.uid)),
            ("id", .string(route.uid)),
            ("attributeValues", .array([])),
        ]
        return members
    }

    private static let author = JSONText.object([
        ("id", .string("M5zQapPyTZI")), ("code", .string("admin")), ("name", .string("admin admin")),
        ("displayName", .string("admin admin")), ("username", .string("admin")),
    ])

    private static func sharing(of route: SimulatedRoute) -> JSONText {
        .object([
            ("owner", .string("M5zQapPyTZI")),
            ("users", .object(route.readers.map { (uid(of: $0), .object([("id", .string(uid(of: $0)))])) })),
            ("userGroups", .object([])),
            ("public", .string(route.isPublic ? "r-------" : "--------")),
        ])
    }

    private func access(of user: SimulatedUser) -> JSONText {
        let mayWrite = JSONText.bool(user.isSuperuser)
        var rights = [("manage", mayWrite)]
        if minorVersion == 42 { rights.append(("externalize", mayWrite)) }
        rights += [("write", mayWrite), ("read", .bool(true)), ("update", mayWrite), ("delete", mayWrite)]
        return .object(rights)
    }

    private static func uid(of username: String) -> String { "U" + CRC32.name(of: username.utf8, count: 10) }

    private static let created = "2026-01-01T12:00:00.000"

    /// Secrets are never shown.
    private static func readablePart(of auth: SimulatedRouteAuth) -> JSONText {
        switch auth {
        case .basic(let username, _):
            .object([("type", .string("http-basic")), ("username", .string(username))])
        case .token: .object([("type", .string("api-token"))])
        case .headers: .object([("type", .string("api-headers"))])
        case .queryParameters: .object([("type", .string("api-query-params"))])
        case .clientCredentials(_, let clientID, let tokenURI):
            .object([
                ("clientId", .string(clientID)), ("tokenUri", .string(tokenURI)),
                ("type", .string("oauth2-client-credentials")),
            ])
        }
    }

    static func text(of property: String, in route: SimulatedRoute) -> String? {
        switch property {
        case "id": route.uid
        case "code": route.code
        case "name", "displayName": route.name
        case "url": route.url
        case "disabled": String(route.disabled)
        case "responseTimeoutSeconds": String(route.responseTimeoutSeconds)
        case "created", "lastUpdated": created
        default: nil
        }
    }
}

// Who is logged in, and what the server is.
extension SimulatedInstance {
    /// `GET /api/me`; `fields` narrows it as for routes.
    func describeUser(_ request: SimulatedRequest, _ user: SimulatedUser) -> SimulatedReply {
        let all: [(String, JSONText)] = [
            ("id", .string(Self.uid(of: user.username))),
            ("username", .string(user.username)),
            ("displayName", .string(user.username)),
            ("authorities", .array(user.authorities.map(JSONText.string))),
        ]
        let parameters = QueryText.parameters(of: request.rawQuery ?? "")
        let fields = parameters.last { $0.name == "fields" }?.value
        let selection = FieldSelection(fields ?? "*")
        return json(.object(all.filter { selection.contains($0.0) }), cacheControl: nil)
    }

    /// `GET /api/system/info`; what could help an attacker is for superusers.
    func describeSystem(_ request: SimulatedRequest, _ user: SimulatedUser) -> SimulatedReply {
        var members: [(String, JSONText)] = [
            ("contextPath", .string(baseURL(request))),
            ("userAgent", .string(request.headers["User-Agent"] ?? "")),
            ("calendar", .string("iso8601")),
            ("dateFormat", .string("yyyy-mm-dd")),
            ("serverDate", .string("2026-01-01T12:00:00.000")),
            ("serverTimeZoneId", .string("Etc/UTC")),
            ("version", .string(configuration.version)),
            ("revision", .string("0000000")),
            ("buildTime", .string("2026-01-01T00:00:00.000")),
            ("systemName", .string("DHIS 2 look-alike")),
        ]
        if user.isSuperuser {
            members.append(("javaVersion", .string("17.0.15")))
            members.append(("osName", .string("Linux")))
        }
        return json(.object(members), cacheControl: Self.noStore)
    }
}
