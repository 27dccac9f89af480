// `GET /api/routes`: what the user may read, filtered, ordered and paged.
extension SimulatedInstance {
    /// 2.44 hands most questions to another part of its API, the Gist API, which answers them in its own way.
    func listRoutes(_ request: SimulatedRequest, _ user: SimulatedUser) -> SimulatedReply {
        let list = RouteListRequest(request)
        do throws(RouteListRequest.Problem) {
            let page = try number(list.value("page"), of: "page", otherwise: 1)
            let pageSize = try number(list.value("pageSize"), of: "pageSize", otherwise: 50)
            if era == .e, let gist = GistRequest(list) {
                return try gistList(gist, page: page, pageSize: pageSize, request, user)
            }
            return try classicList(list, page: page, pageSize: pageSize, request, user)
        } catch {
            return self.error(error.envelope, to: request)
        }
    }

    private func classicList(
        _ list: RouteListRequest,
        page: Int,
        pageSize: Int,
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) throws(RouteListRequest.Problem) -> SimulatedReply {
        let filters = try filters(list.filters)
        var routes = readableRoutes(of: user, filters)
        RouteOrder.sortByName(&routes)
        if let order = RouteOrder(list.value("order")) { order.sort(&routes) }
        let fields = FieldSelection(list.value("fields") ?? "id,displayName")
        let isPaged = list.value("paging") != "false"
        if isPaged && pageSize < 0 {
            throw RouteListRequest.Problem(Envelope(400, "max-results cannot be negative"))
        }
        var members: [(String, JSONText)] = []
        if isPaged {
            let shown = RoutePage(of: routes, page: page, pageSize: pageSize)
            members.append(("pager", shown.pager(base: baseURL(request) + "/api/routes", list.others)))
            routes = shown.rows
        }
        members.append(("routes", .array(routes.map { object($0, fields, request, user) })))
        return json(.object(members))
    }

    private func gistList(
        _ gist: GistRequest,
        page: Int,
        pageSize: Int,
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) throws(RouteListRequest.Problem) -> SimulatedReply {
        for filter in gist.filters where filter.lacksArgument {
            let message = "Filter `\(filter.text)[]` uses a binary operator that does need an argument."
            throw RouteListRequest.Problem(Envelope(400, message))
        }
        guard pageSize != 0 else {
            throw RouteListRequest.Problem(Envelope(500, "/ by zero", exception: "java.lang.ArithmeticException"))
        }
        // As they were made, unless they are to be ordered.
        var routes = readableRoutes(of: user, gist.filters)
        gist.order?.sort(&routes)
        let size = min(max(pageSize, 1), 1000)
        let shown = max(page, 1)
        let count = (routes.count + size - 1) / size
        var pager: [(String, JSONText)] = [
            ("page", .number(shown)), ("pageSize", .number(size)), ("total", .number(routes.count)),
            ("pageCount", .number(count)),
        ]
        func link(_ number: Int) -> JSONText {
            let query = gist.list.withoutPage + ["page=\(number)"]
            return .string(baseURL(request) + "/api/routes?" + query.joined(separator: "&"))
        }
        if shown > 1 { pager.append(("prevPage", link(shown - 1))) }
        if shown < count { pager.append(("nextPage", link(shown + 1))) }
        let (start, overflows) = (shown - 1).multipliedReportingOverflow(by: size)
        let rows = overflows ? [] : Array(routes.dropFirst(start).prefix(size))
        let document = JSONText.object([
            ("pager", .object(pager)), ("gist", .bool(true)),
            ("routes", .array(rows.map { row($0, gist.fields, request, user) })),
        ])
        return json(document, cacheControl: Self.noStore)
    }

    /// The routes that the user may read and every filter accepts, as they were made.
    private func readableRoutes(of user: SimulatedUser, _ filters: [FilterExpression]) -> [SimulatedRoute] {
        configuration.routes.filter { route in
            route.isReadable(by: user) && filters.allSatisfy { $0.accepts(Self.text(of: $0.property, in: route)) }
        }
    }

    /// A row of the Gist API: members in the order that was asked for.
    private func row(
        _ route: SimulatedRoute,
        _ fields: [String],
        _ request: SimulatedRequest,
        _ user: SimulatedUser
    ) -> JSONText {
        let members = members(of: route, request, user)
        return .object(fields.compactMap { name in members.first { $0.0 == name } })
    }

    private func filters(_ values: [String]) throws(RouteListRequest.Problem) -> [FilterExpression] {
        var filters: [FilterExpression] = []
        for text in FilterSplitting.expressions(in: values, era: era) {
            do throws(FilterExpression.Problem) {
                filters.append(try FilterExpression(text, era: era))
            } catch {
                throw RouteListRequest.Problem(.badRequest(error.message))
            }
        }
        // A comparison with nothing is one with Java's null, which ends the request.
        guard !filters.contains(where: \.lacksArgument) else {
            throw RouteListRequest.Problem(Envelope(500, nil, exception: "java.lang.NullPointerException"))
        }
        return filters
    }

    private func number(
        _ text: String?,
        of name: String,
        otherwise standard: Int
    ) throws(RouteListRequest.Problem) -> Int {
        guard let text else { return standard }
        if let number = Int32(text) { return Int(number) }
        guard era != .b else { return standard }
        let message = "Value '\(text)' is not valid for parameter \(name). It should be of type int"
        throw RouteListRequest.Problem(Envelope(400, message))
    }
}
