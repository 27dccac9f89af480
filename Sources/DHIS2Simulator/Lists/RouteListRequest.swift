/// The query of a request for the list of routes.
struct RouteListRequest {
    /// A list that DHIS2 refuses.
    struct Problem: Error {
        let envelope: Envelope

        init(_ envelope: Envelope) { self.envelope = envelope }
    }

    private let parameters: [(name: String, value: String)]
    /// The pairs of the query as they were sent.
    private let pairs: [String]

    init(_ request: SimulatedRequest) {
        let query = request.rawQuery ?? ""
        parameters = QueryText.parameters(of: query)
        pairs = query.utf8.split(separator: UInt8(ascii: "&")).map { String(Substring($0)) }
    }

    /// The last value of a parameter.
    func value(_ name: String) -> String? { parameters.last { $0.name == name }?.value }

    var filters: [String] { parameters.filter { $0.name == "filter" }.map(\.value) }

    /// All but what says which page, encoded anew, names in the order of a hash map.
    var others: [String] {
        var query = RunQuery()
        for parameter in parameters where parameter.name != "page" && parameter.name != "pageSize" {
            query.add(parameter.name, parameter.value)
        }
        query.orderAsHashMap()
        return query.parameters.map { parameter in
            Self.encode(parameter.name) + "=" + Self.encode(parameter.value ?? "")
        }
    }

    /// The pairs as they were sent, all but the page's number.
    var withoutPage: [String] { pairs.filter { !$0.hasPrefix("page=") } }

    /// As `java.net.URLEncoder`, for a form.
    private static func encode(_ text: String) -> String {
        QueryText.encode(text) { $0.isASCIIAlphanumeric || $0.isOne(of: "-._* ") }
            .split(separator: " ", omittingEmptySubsequences: false).joined(separator: "+")
    }
}

/// How `order=property:direction` sorts a list.
struct RouteOrder {
    private let property: String
    private let isDescending: Bool
    private let ignoresCase: Bool
    /// Whether the direction is one that DHIS2 knows.
    let isKnown: Bool

    /// - Parameter text: The value of the parameter; a direction that nobody knows means ascending.
    init?(_ text: String?) {
        guard let parts = text?.split(separator: ":"), let first = parts.first else { return nil }
        property = String(first)
        let direction = parts.count > 1 ? String(parts[1]) : "asc"
        isDescending = direction.hasSuffix("desc")
        ignoresCase = direction.hasPrefix("i")
        isKnown = ["asc", "desc", "iasc", "idesc"].contains(direction)
    }

    func sort(_ routes: inout [SimulatedRoute]) {
        func key(_ route: SimulatedRoute) -> String {
            let text = SimulatedInstance.text(of: property, in: route) ?? ""
            return ignoresCase ? text.lowercased() : text
        }
        routes.sort { isDescending ? key($0) > key($1) : key($0) < key($1) }
    }

    /// By name without regard to case, then by uid.
    static func sortByName(_ routes: inout [SimulatedRoute]) {
        routes.sort { ($0.name.lowercased(), $0.uid) < ($1.name.lowercased(), $1.uid) }
    }
}

/// A request for a list that 2.44 hands to its Gist API: all names are known, and nothing is asked that it cannot do.
struct GistRequest {
    let list: RouteListRequest
    let fields: [String]
    let filters: [FilterExpression]
    let order: RouteOrder?

    init?(_ list: RouteListRequest) {
        guard list.value("paging") != "false" else { return nil }
        let fields = (list.value("fields") ?? "id,displayName").split(separator: ",").map(String.init)
        guard fields.allSatisfy(SimulatedInstance.routeMembers.contains) else { return nil }
        order = RouteOrder(list.value("order"))
        guard order?.isKnown ?? true else { return nil }
        var filters: [FilterExpression] = []
        for text in list.filters {
            guard let filter = FilterExpression(gist: text) else { return nil }
            filters.append(filter)
        }
        self.list = list
        self.fields = fields
        self.filters = filters
    }
}
