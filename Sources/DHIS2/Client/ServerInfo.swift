public import DHIS2Behaviour

/// What DHIS2 says about itself at `/api/system/info`.
public struct ServerInfo: Sendable, Hashable {
    /// The version.
    public var version: ServerVersion
    /// The commit it was built from.
    public var revision: String?
    /// The address under which DHIS2 believes to be reached.
    public var contextPath: String?
    /// The server's clock when it answered, in its own zone, such as `2026-11-24T02:22:46.123`.
    public var serverDate: String?
    /// The installation's name.
    public var systemName: String?

    /// Creates a server info; what is left out is unknown.
    public init(
        version: ServerVersion,
        revision: String? = nil,
        contextPath: String? = nil,
        serverDate: String? = nil,
        systemName: String? = nil
    ) {
        self.version = version
        self.revision = revision
        self.contextPath = contextPath
        self.serverDate = serverDate
        self.systemName = systemName
    }

    /// The era in which this server's routes behave.
    public var era: RouteEra { RouteEra(version) }
}

extension ServerInfo: Decodable {
    private enum CodingKeys: String, CodingKey {
        case version, revision, contextPath, serverDate, systemName
    }

    /// Decodes DHIS2's answer; only a readable version is required.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text = try container.decode(String.self, forKey: .version)
        guard let version = ServerVersion(text) else {
            throw DecodingError.dataCorruptedError(
                forKey: .version,
                in: container,
                debugDescription: "\"\(text)\" is not a DHIS2 version."
            )
        }
        self.init(
            version: version,
            revision: try? container.decodeIfPresent(String.self, forKey: .revision),
            contextPath: try? container.decodeIfPresent(String.self, forKey: .contextPath),
            serverDate: try? container.decodeIfPresent(String.self, forKey: .serverDate),
            systemName: try? container.decodeIfPresent(String.self, forKey: .systemName)
        )
    }
}
