import DHIS2Behaviour

// This folder holds the values that have to do with routes: what the list shows of them, how a run names one, what
// came of it, and why there is no answer. The accessor in `Client` makes them.

/// A route as DHIS2's list shows it.
public struct Route: Sendable, Hashable, Identifiable {
    /// The uid: 11 letters and digits.
    public var id: String
    /// The code, unique where a route has one; at most 50 characters, kept by DHIS2 with all its spaces.
    public var code: String?
    /// The name.
    public var name: String
    /// The target's URL, ended by `/**` where sub-paths are allowed.
    public var url: String?
    /// Whether DHIS2 refuses to run it.
    public var disabled: Bool
    /// How many seconds DHIS2 waits for the target to answer, 1…60; unknown before 2.40.10, 2.41.6 and 2.42.0.
    public var responseTimeoutSeconds: Int?
    /// How DHIS2 authenticates to the target, such as `http-basic`; `nil` where it does not, or the list does not say.
    public var authenticationType: String?

    /// The way that puts the credentials into the query.
    static let queryAuthentication = "api-query-params"

    /// Creates a route.
    public init(
        id: String,
        code: String?,
        name: String,
        url: String? = nil,
        disabled: Bool = false,
        responseTimeoutSeconds: Int? = nil,
        authenticationType: String? = nil
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.url = url
        self.disabled = disabled
        self.responseTimeoutSeconds = responseTimeoutSeconds
        self.authenticationType = authenticationType
    }

    /// The host, and the port where there is one, that the route leads to; without credentials, path or query.
    public var targetHost: String? {
        guard let url, let host = URLParts.address(in: url[...])?.host, !host.isEmpty else { return nil }
        return String(host)
    }

    /// The target's scheme, host and port, by which DHIS2 decides whether it may be called.
    var targetOrigin: String? {
        guard let url, let host = targetHost, let colon = url.firstIndex(of: ":") else { return nil }
        return "\(url[..<colon]):\(host)".lowercased()
    }
}

extension Route: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, code, name, displayName, url, disabled, responseTimeoutSeconds, auth
    }

    private struct Authentication: Decodable {
        var type: String
    }

    /// Decodes an entry of DHIS2's list; only the id is required.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        code = try container.decodeIfPresent(String.self, forKey: .code)
        name =
            try container.decodeIfPresent(String.self, forKey: .name)
            ?? container.decodeIfPresent(String.self, forKey: .displayName) ?? ""
        url = try container.decodeIfPresent(String.self, forKey: .url)
        disabled = try container.decodeIfPresent(Bool.self, forKey: .disabled) ?? false
        let seconds = try? container.decodeIfPresent(Int.self, forKey: .responseTimeoutSeconds)
        responseTimeoutSeconds = seconds.flatMap { (1...3_600).contains($0) ? $0 : nil }
        authenticationType = (try? container.decodeIfPresent(Authentication.self, forKey: .auth))?.type
    }
}

/// How a run addressed its route.
public enum RouteReference: Sendable, Hashable, CustomStringConvertible {
    /// By its uid.
    case uid(String)
    /// By its code: because the client is configured so, or because the list does not show the route.
    case code(String)

    /// The uid or the code.
    public var description: String {
        switch self {
        case .uid(let text), .code(let text): text
        }
    }
}

/// How a run names its route to DHIS2.
public enum RouteAddressing: String, Sendable, Hashable, CaseIterable {
    /// By uid, which the list of routes tells; survives that a code is given to another route during a run.
    case uid
    /// By code, without asking for the list of routes.
    case code
}

/// One page of DHIS2's list of routes.
public struct RoutePage: Sendable, Hashable, Decodable {
    /// The routes that the credentials may read, by name.
    public var routes: [Route]
    /// Where in the list the page stands; `nil` when the server did not say.
    public var pager: Pager?

    /// Creates a page.
    public init(routes: [Route], pager: Pager? = nil) {
        self.routes = routes
        self.pager = pager
    }

    /// Where in a list a page stands.
    ///
    /// A page past the end has no rows, yet DHIS2 from 2.42 on gives the last page's number for it.
    public struct Pager: Sendable, Hashable, Decodable {
        /// The page's number, from 1.
        public var page: Int?
        /// How many pages there are; 0 for an empty list.
        public var pageCount: Int?
        /// How many routes there are.
        public var total: Int?
        /// How many routes a page holds.
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

    /// Creates a resolution.
    public init(
        found: [String: Route] = [:],
        missing: [String] = [],
        requestCount: Int = 0
    ) {
        self.found = found
        self.missing = missing
        self.requestCount = requestCount
    }

    /// The codes of routes that are there but disabled, sorted.
    public var disabled: [String] {
        found.filter { $0.value.disabled }.keys.sorted()
    }
}
