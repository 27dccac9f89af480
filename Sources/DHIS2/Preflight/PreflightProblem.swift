/// Why a server cannot be used, or not yet.
public struct PreflightProblem: Sendable, Hashable {
    /// The layer that is to blame.
    public var layer: ResponseOrigin.Layer
    /// The reason.
    public var reason: ResponseOrigin.Reason
    /// A sentence that a person can act on.
    public var message: String
    /// What was seen, one fact each.
    public var evidence: [String]
    /// Whether it may pass by itself, as with a server that is starting, or a maintenance page in its place; never for
    /// refused credentials.
    public var mayPass: Bool
    /// The status of the answer, if one came.
    public var statusCode: Int?
    /// Why no answer came, if none came.
    public var transportError: TransportError?

    /// Creates a problem.
    public init(
        layer: ResponseOrigin.Layer,
        reason: ResponseOrigin.Reason,
        message: String,
        evidence: [String] = [],
        mayPass: Bool = false,
        statusCode: Int? = nil,
        transportError: TransportError? = nil
    ) {
        self.layer = layer
        self.reason = reason
        self.message = message
        self.evidence = evidence
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
