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

/// Why a server cannot be used, or not yet.
public struct PreflightProblem: Sendable, Hashable {
    /// The layer that is to blame.
    public var layer: OriginLayer
    /// The reason.
    public var reason: OriginReason
    /// A sentence that a person can act on.
    public var message: String
    /// What was seen, one fact each.
    public var evidence: [String]
    /// How sure the layer is.
    public var certainty: ResponseOrigin.Certainty
    /// Whether it may pass by itself, as with a server that is starting, or whatever stands in front of it answering in its
    /// place; never for refused credentials.
    public var mayPass: Bool
    /// The status of the answer, if one came.
    public var statusCode: Int?
    /// Why no answer came, if none came.
    public var transportError: TransportError?
    /// The value of the answer's `Retry-After` field, if it had one.
    public var retryAfter: String?

    /// Creates a problem.
    public init(
        layer: OriginLayer,
        reason: OriginReason,
        message: String,
        evidence: [String] = [],
        mayPass: Bool = false,
        statusCode: Int? = nil,
        transportError: TransportError? = nil,
        certainty: ResponseOrigin.Certainty = .certain,
        retryAfter: String? = nil
    ) {
        self.layer = layer
        self.reason = reason
        self.certainty = certainty
        self.message = message
        self.evidence = evidence
        self.retryAfter = retryAfter
        self.mayPass = mayPass
        self.statusCode = statusCode
        self.transportError = transportError
    }
}

/// What preflight found.
public enum PreflightOutcome: Sendable, Hashable {
    /// A DHIS2 with routes accepted the credentials.
    case ready(ServerInfo, PreflightKnowledge)
    /// The server cannot be used, or not yet.
    case failed(PreflightProblem)
}

/// What an earlier answer of the server has proved, and what later answers are read by.
public struct PreflightKnowledge: Sendable, Hashable {
    /// Which of DHIS2's marks reach the client: none when a proxy strips them all, `nil` when nobody has looked.
    ///
    /// Where the security headers do, an answer without them is not from DHIS2 and has not passed it.
    public var marks: DHIS2Marks?
    /// Whether DHIS2 has accepted the credentials; `nil` when nobody has looked.
    ///
    /// Where it has, a 401 that is not about a token comes from the target of the route.
    public var credentialsAccepted: Bool?

    /// Creates knowledge; what is left out is unknown.
    public init(marks: DHIS2Marks? = nil, credentialsAccepted: Bool? = nil) {
        self.marks = marks
        self.credentialsAccepted = credentialsAccepted
    }
}
