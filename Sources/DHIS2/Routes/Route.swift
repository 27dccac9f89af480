import DHIS2Behaviour

// This folder holds the values that have to do with routes: what the list shows of them, how a run names one, what
// came of it, and why there is no answer. The accessor in `Client` makes them.

/// A route as DHIS2's list shows it, without anything secret.
///
/// Of the route's header fields it has the names, of its authentication the type; DHIS2 may show more to those who may
/// edit the route, and none of that is kept. What an answer does not say, or says in another form than expected, is `nil`.
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
    /// How DHIS2 authenticates to the target, `http-basic` for one; `nil` where it does not, or the list does not say.
    public var authenticationType: String?
    /// Whether DHIS2 surely does not: the list, which shows the route as it was asked to, shows no authentication.
    package var isWithoutAuthentication = false
    /// What the route is for, in its author's words.
    public var description: String?
    /// The names of the header fields that DHIS2 adds to requests, sorted; never their values.
    public var headerNames: [String]?
    /// The authorities of which one is enough to run the route, also for users who may not read it.
    public var authorities: [String]?
    /// When the route was made, in ISO 8601 as DHIS2 writes it.
    ///
    /// It has no zone (`2026-11-27T20:04:32.560`): it is the server's own time.
    public var created: String?
    /// When the route was changed last, written as ``created`` is.
    ///
    /// DHIS2 forgets the secrets of a route's authentication when it is changed by PATCH, or by PUT of what GET gave (seen
    /// on 2.41.9.1 and 2.43.1).
    public var lastUpdated: String?
    /// Who else may read the route.
    public var sharing: Sharing?

    /// The way that puts the credentials into the query.
    static let queryAuthentication = "api-query-params"

    /// Creates a route; what is left out is unknown.
    public init(
        id: String,
        code: String?,
        name: String,
        url: String? = nil,
        disabled: Bool = false,
        responseTimeoutSeconds: Int? = nil,
        authenticationType: String? = nil,
        description: String? = nil,
        headerNames: [String]? = nil,
        authorities: [String]? = nil,
        created: String? = nil,
        lastUpdated: String? = nil,
        sharing: Sharing? = nil
    ) {
        self.id = id
        self.code = code
        self.name = name
        self.url = url
        self.disabled = disabled
        self.responseTimeoutSeconds = responseTimeoutSeconds
        self.authenticationType = authenticationType
        self.description = description
        self.headerNames = headerNames
        self.authorities = authorities
        self.created = created
        self.lastUpdated = lastUpdated
        self.sharing = sharing
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

extension Route {
    /// Who may read a route, and so list and run it.
    public struct Sharing: Sendable, Hashable {
        /// What everybody may, in DHIS2's letters: `r-------` is to read.
        public var publicAccess: String?
        /// The uid of the owner.
        public var owner: String?
        /// The uids of users with access of their own, sorted.
        public var users: [String]
        /// The uids of user groups with access of their own, sorted.
        public var userGroups: [String]

        /// Creates what is known of a route's sharing.
        public init(
            publicAccess: String? = nil,
            owner: String? = nil,
            users: [String] = [],
            userGroups: [String] = []
        ) {
            self.publicAccess = publicAccess
            self.owner = owner
            self.users = users
            self.userGroups = userGroups
        }
    }
}

extension Route: Decodable {
    /// What the list is asked for: DHIS2 shows only id and displayName unless asked for more.
    static let fields = essentialFields + ",description,headers,authorities,created,lastUpdated,sharing"

    /// The part of ``fields`` without which a route cannot be run or its answers not be understood.
    static let essentialFields = "id,code,name,url,disabled,responseTimeoutSeconds,auth"

    enum CodingKeys: String, CodingKey {
        case id, code, name, displayName, url, disabled, responseTimeoutSeconds, auth
        case description, headers, authorities, created, lastUpdated, sharing
    }

    private enum AuthenticationKeys: String, CodingKey {
        case type
    }

    private enum SharingKeys: String, CodingKey {
        case publicAccess = "public"
        case owner, users, userGroups
    }

    /// Any name of a member.
    private struct MemberName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Decodes an entry of DHIS2's list.
    ///
    /// The id is required, and `code` and `disabled` must be what they ought to be: without these a run would reach
    /// another route, or none. All else may be missing or of another type.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) -> String? { try? container.decode(String.self, forKey: key) }
        id = try container.decode(String.self, forKey: .id)
        guard !id.isEmpty else {
            throw DecodingError.dataCorruptedError(forKey: .id, in: container, debugDescription: "is empty")
        }
        code = try container.decodeIfPresent(String.self, forKey: .code)
        disabled = try container.decodeIfPresent(Bool.self, forKey: .disabled) ?? false
        name = text(.name) ?? text(.displayName) ?? ""
        url = text(.url)
        let seconds = try? container.decode(Int.self, forKey: .responseTimeoutSeconds)
        responseTimeoutSeconds = seconds.flatMap { (1...3_600).contains($0) ? $0 : nil }
        // Of what may hold secrets only the type and the names are ever looked at.
        let authentication = try? container.nestedContainer(keyedBy: AuthenticationKeys.self, forKey: .auth)
        authenticationType = try? authentication?.decode(String.self, forKey: .type)
        // DHIS2 leaves out what a route does not have; an entry without its URL has been left more.
        isWithoutAuthentication = url != nil && (try? container.decodeNil(forKey: .auth)) ?? !container.contains(.auth)
        description = text(.description)
        headerNames = Self.names(in: container, .headers)
        authorities = try? container.decode([String].self, forKey: .authorities)
        created = text(.created)
        lastUpdated = text(.lastUpdated)
        if let sharing = try? container.nestedContainer(keyedBy: SharingKeys.self, forKey: .sharing) {
            self.sharing = Sharing(
                publicAccess: try? sharing.decode(String.self, forKey: .publicAccess),
                owner: try? sharing.decode(String.self, forKey: .owner),
                users: Self.names(in: sharing, .users) ?? [],
                userGroups: Self.names(in: sharing, .userGroups) ?? []
            )
        } else {
            sharing = nil
        }
    }

    private static func names<Key>(in container: KeyedDecodingContainer<Key>, _ key: Key) -> [String]? {
        let members = try? container.nestedContainer(keyedBy: MemberName.self, forKey: key)
        return members?.allKeys.map(\.stringValue).sorted()
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
