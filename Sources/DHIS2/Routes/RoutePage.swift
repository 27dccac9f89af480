import DHIS2Behaviour

/// One page of DHIS2's list of routes.
///
/// Up to 2.43 the rows are in the order of their names, on 2.44 in that of their uids.
public struct RoutePage: Sendable, Hashable {
    /// The routes that the credentials may read.
    public var routes: [Route]
    /// Where in the list the page stands; `nil` when the server did not say.
    public var pager: Pager?
    /// The rows that cannot be read, which cost nobody else's.
    public var unreadable: [UnreadableRow]

    /// Creates a page.
    public init(routes: [Route], pager: Pager? = nil, unreadable: [UnreadableRow] = []) {
        self.routes = routes
        self.pager = pager
        self.unreadable = unreadable
    }

    /// Where in a list a page stands.
    ///
    /// A page past the end has no rows, yet DHIS2 up to 2.43 gives the last page's number for it.
    public struct Pager: Sendable, Hashable {
        /// The page's number, from 1.
        public var page: Int?
        /// How many pages there are; 0 for an empty list.
        public var pageCount: Int?
        /// How many routes there are.
        public var total: Int?
        /// How many routes a page holds; 2.44 gives no more than 1,000.
        public var pageSize: Int?

        /// Creates a pager; what is left out is unknown.
        public init(page: Int? = nil, pageCount: Int? = nil, total: Int? = nil, pageSize: Int? = nil) {
            self.page = page
            self.pageCount = pageCount
            self.total = total
            self.pageSize = pageSize
        }
    }
}

/// A row of DHIS2's list of routes that is not a route.
public struct UnreadableRow: Sendable, Hashable, CustomStringConvertible {
    /// The row's number in its page, from 1.
    public var number: Int
    /// The uid of the route, where it can be read.
    public var id: String?
    /// The code of the route, where it can be read.
    public var code: String?
    /// The name of the route, where it can be read.
    public var name: String?
    /// Why the row cannot be read, as a clause (`its "id" is null`).
    public var reason: String

    /// Creates a row.
    public init(number: Int, id: String? = nil, code: String? = nil, name: String? = nil, reason: String) {
        self.number = number
        self.id = id
        self.code = code
        self.name = name
        self.reason = reason
    }

    /// The row and the reason in one clause (`that of the route "chap": its "id" is null`).
    public var description: String {
        let route = (code ?? name ?? id).map { "that of the route \(ServerText.verbatim($0))" }
        return "\(route ?? "row \(number)"): \(reason)"
    }
}

extension RoutePage: Decodable {
    private enum CodingKeys: String, CodingKey {
        case routes, pager
    }

    /// Decodes DHIS2's answer; only the list itself is required.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        pager = try? container.decode(Pager.self, forKey: .pager)
        routes = []
        unreadable = []
        var rows = try container.nestedUnkeyedContainer(forKey: .routes)
        var number = 0
        while !rows.isAtEnd {
            number += 1
            if try rows.decodeNil() {
                unreadable.append(UnreadableRow(number: number, reason: "it is null"))
                continue
            }
            switch try rows.decode(Row.self) {
            case .route(let route): routes.append(route)
            case .unreadable(var row):
                row.number = number
                unreadable.append(row)
            }
        }
    }

    /// A row, whatever it is.
    private enum Row: Decodable {
        case route(Route)
        case unreadable(UnreadableRow)

        init(from decoder: any Decoder) throws {
            do {
                self = .route(try Route(from: decoder))
            } catch {
                let row = try? decoder.container(keyedBy: Route.CodingKeys.self)
                func text(_ key: Route.CodingKeys) -> String? { try? row?.decode(String.self, forKey: key) }
                self = .unreadable(
                    UnreadableRow(
                        number: 0,
                        id: text(.id),
                        code: text(.code),
                        name: text(.name) ?? text(.displayName),
                        reason: row == nil ? "it is not an object" : Self.reason(error)
                    )
                )
            }
        }

        private static func reason(_ error: any Error) -> String {
            switch error as? DecodingError {
            case .keyNotFound(let key, _): "it has no \"\(key.stringValue)\""
            case .valueNotFound(_, let context): "its \(name(context)) is null"
            case .typeMismatch(let type, let context):
                "its \(name(context)) is not \(type is Bool.Type ? "true or false" : "a text")"
            case .dataCorrupted(let context): "its \(name(context)) \(context.debugDescription)"
            default: "it cannot be read"
            }
        }

        private static func name(_ context: DecodingError.Context) -> String {
            "\"\(context.codingPath.last?.stringValue ?? "")\""
        }
    }
}

extension RoutePage.Pager: Decodable {
    private enum CodingKeys: String, CodingKey {
        case page, pageCount, total, pageSize
    }

    /// Decodes DHIS2's pager; a number that is not one is unknown.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys) -> Int? { try? container.decode(Int.self, forKey: key) }
        self.init(
            page: number(.page),
            pageCount: number(.pageCount),
            total: number(.total),
            pageSize: number(.pageSize)
        )
    }
}

/// What the server's list says about some codes.
public struct RouteResolution: Sendable, Hashable {
    /// The routes that the list shows, by code.
    public var found: [String: Route]
    /// The codes that the list does not show, in the order they were given.
    ///
    /// Such a route may still run: a user who holds its authorities, but may not read it, can run it by its code.
    public var missing: [String]
    /// How many requests it took.
    public var requestCount: Int
    /// The rows of the list that cannot be read, each once; numbered in their pages.
    ///
    /// A route in such a row counts as missing.
    public var unreadable: [UnreadableRow]

    /// Creates a resolution.
    public init(
        found: [String: Route] = [:],
        missing: [String] = [],
        requestCount: Int = 0,
        unreadable: [UnreadableRow] = []
    ) {
        self.found = found
        self.missing = missing
        self.requestCount = requestCount
        self.unreadable = unreadable
    }

    /// The codes of routes that are there but disabled, sorted.
    public var disabled: [String] {
        found.filter { $0.value.disabled }.keys.sorted()
    }
}
