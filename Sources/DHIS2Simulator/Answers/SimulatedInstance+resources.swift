// The routes as objects of the API.
extension SimulatedInstance {
    /// `GET /api/routes`: what the user may read, filtered, ordered and paged.
    func listRoutes(_ request: SimulatedRequest, _ user: SimulatedUser) -> SimulatedReply {
        let parameters = QueryText.parameters(of: request.rawQuery ?? "")
        func value(_ name: String) -> String? { parameters.last { $0.name == name }?.value }
        let filters: [FilterExpression]
        let page: Int
        let pageSize: Int
        do throws(FilterExpression.Problem) {
            filters = try self.filters(parameters.filter { $0.name == "filter" }.map(\.value))
            page = try number(value("page"), of: "page", otherwise: 1)
            pageSize = try number(value("pageSize"), of: "pageSize", otherwise: 50)
        } catch {
            return self.error(.badRequest(error.message), to: request)
        }
        var routes = configuration.routes.filter { route in
            route.isReadable(by: user) && filters.allSatisfy { $0.accepts(Self.text(of: $0.property, in: route)) }
        }
        Self.sort(&routes, by: value("order"))
        let fields = FieldSelection(value("fields") ?? "id,displayName")
        guard value("paging") != "false" else { return json(.object([("routes", rows(routes, fields, request))])) }
        let list = RoutePage(of: routes, page: page, pageSize: pageSize, era: era)
        let others = (request.rawQuery ?? "").split(separator: "&").map(String.init).filter {
            !$0.hasPrefix("page=") && !$0.hasPrefix("pageSize=")
        }
        let pager = list.pager(base: baseURL(request) + "/api/routes", otherParameters: others)
        return json(.object([("pager", pager), ("routes", rows(list.rows, fields, request))]))
    }

    private func filters(_ values: [String]) throws(FilterExpression.Problem) -> [FilterExpression] {
        var filters: [FilterExpression] = []
        for text in FilterSplitting.expressions(in: values, era: era) { filters.append(try FilterExpression(text)) }
        return filters
    }

    private func number(
        _ text: String?,
        of name: String,
        otherwise standard: Int
    ) throws(FilterExpression.Problem) -> Int {
        guard let text else { return standard }
        if let number = Int(text) { return number }
        guard era != .b else { return standard }
        let message = "Value '\(text)' is not valid for parameter \(name). It should be of type int"
        throw FilterExpression.Problem(message: message)
    }

    /// `GET /api/routes/{uid}`: sharing applies, and from 2.42 on a code is no uid.
    func describeRoute(
        _ reference: String,
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) -> SimulatedReply {
        let isUID = reference.utf8.count == 11 && reference.utf8.allSatisfy(\.isASCIIAlphanumeric)
        guard isUID || era == .b else {
            // The pattern of the address asks for a uid, which leaves methods that a code could be meant for
            // (inferred).
            return methodNotAllowed(request, allowed: "POST")
        }
        guard let route = route(uid: reference), route.isReadable(by: user) else {
            return error(.notFound("Route with id \(reference) could not be found."), to: request)
        }
        let wanted = QueryText.parameters(of: request.rawQuery ?? "").last { $0.name == "fields" }?.value
        return json(object(route, FieldSelection(wanted ?? "*"), request))
    }

    private func rows(
        _ routes: [SimulatedRoute],
        _ fields: FieldSelection,
        _ request: SimulatedRequest
    ) -> JSONText {
        .array(routes.map { object($0, fields, request) })
    }

    private func object(
        _ route: SimulatedRoute,
        _ fields: FieldSelection,
        _ request: SimulatedRequest
    ) -> JSONText {
        var members: [(String, JSONText)] = [("name", .string(route.name))]
        if let code = route.code { members.append(("code", .string(code))) }
        members += [
            ("created", .string(Self.created)),
            ("lastUpdated", .string(Self.created)),
            ("href", .string(baseURL(request) + "/api/routes/" + route.uid)),
            ("url", .string(route.url)),
            ("disabled", .bool(route.disabled)),
            ("headers", .object(route.headers.fields.map { ($0.name, .string($0.value)) })),
        ]
        if let auth = route.auth { members.append(("auth", Self.readablePart(of: auth))) }
        members += [
            ("authorities", .array(route.authorities.map(JSONText.string))),
            ("responseTimeoutSeconds", .number(route.responseTimeoutSeconds)),
            ("displayName", .string(route.name)),
            ("favorite", .bool(false)),
            ("sharing", .object([("public", .string(route.isPublic ? "rw------" : "--------"))])),
            ("translations", .array([])),
            ("attributeValues", .array([])),
            ("favorites", .array([])),
            ("id", .string(route.uid)),
        ]
        return .object(members.filter { fields.contains($0.0) })
    }

    private static let created = "2026-01-01T12:00:00.000"

    /// Secrets are never shown.
    private static func readablePart(of auth: SimulatedRouteAuth) -> JSONText {
        switch auth {
        case .basic(let username, _):
            .object([("type", .string("http-basic")), ("username", .string(username))])
        case .token: .object([("type", .string("api-token"))])
        case .headers: .object([("type", .string("api-headers"))])
        case .queryParameters: .object([("type", .string("api-query-params"))])
        case .clientCredentials: .object([("type", .string("oauth2-client-credentials"))])
        }
    }

    private static func text(of property: String, in route: SimulatedRoute) -> String? {
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

    /// By name without regard to case, then by uid, unless `order=property:direction` says otherwise; a direction that
    /// nobody knows means ascending.
    private static func sort(_ routes: inout [SimulatedRoute], by order: String?) {
        routes.sort { ($0.name.lowercased(), $0.uid) < ($1.name.lowercased(), $1.uid) }
        guard let parts = order?.split(separator: ":"), let property = parts.first else { return }
        let direction = parts.count > 1 ? parts[1] : "asc"
        func key(_ route: SimulatedRoute) -> String {
            let text = text(of: String(property), in: route) ?? ""
            return direction.hasPrefix("i") ? text.lowercased() : text
        }
        let isDescending = direction.hasSuffix("desc")
        routes.sort { isDescending ? key($0) > key($1) : key($0) < key($1) }
    }
}

// Who is logged in, and what the server is.
extension SimulatedInstance {
    /// `GET /api/me`; `fields` narrows it as for routes.
    func describeUser(_ request: SimulatedRequest, _ user: SimulatedUser) -> SimulatedReply {
        let all: [(String, JSONText)] = [
            ("id", .string("U" + CRC32.name(of: user.username.utf8, count: 10))),
            ("username", .string(user.username)),
            ("displayName", .string(user.username)),
            ("authorities", .array(user.authorities.map(JSONText.string))),
        ]
        let parameters = QueryText.parameters(of: request.rawQuery ?? "")
        guard let fields = parameters.last(where: { $0.name == "fields" })?.value else { return json(.object(all)) }
        let selection = FieldSelection(fields)
        return json(.object(all.filter { selection.contains($0.0) }))
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
        return json(.object(members))
    }
}
