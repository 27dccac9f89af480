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
        guard let url, let schemeEnd = url.firstRange(of: "://") else { return nil }
        let authority = url[schemeEnd.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return host.isEmpty ? nil : String(host)
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
