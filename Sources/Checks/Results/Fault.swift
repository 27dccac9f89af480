/// Who is at fault for a check that did not pass, and what a person can do about it.
public struct Fault: Sendable, Hashable {
    /// The layer that is at fault.
    public var layer: Layer
    /// What is wrong, in kebab-case, such as `route-disabled`; stable between releases.
    public var code: String
    /// One sentence that a person on call can act on.
    public var message: String
    /// How sure the attribution is.
    public var certainty: Certainty
    /// What was seen that led to it.
    public var evidence: [String]

    /// Creates a fault.
    public init(
        layer: Layer,
        code: String,
        message: String,
        certainty: Certainty = .certain,
        evidence: [String] = []
    ) {
        self.layer = layer
        self.code = code
        self.message = message
        self.certainty = certainty
        self.evidence = evidence
    }
}

/// The layers from the job file to a route's target, in the order a request passes them.
public enum Layer: String, Sendable, Hashable, CaseIterable {
    /// The job file: the request cannot be sent as it is written there.
    case job
    /// The request never reached DHIS2.
    case network
    /// Something in front of DHIS2 answered.
    case proxy
    /// DHIS2 itself: authentication, servlet container, version.
    case dhis2
    /// The route: missing, disabled, forbidden, misconfigured, or its target is unreachable for DHIS2.
    case route
    /// The route's target.
    case upstream
}

/// How sure an attribution is.
public enum Certainty: String, Sendable, Hashable, CaseIterable {
    /// Nothing else can look like this.
    case certain
    /// Something else could look like this, but hardly does.
    case likely
    /// Something else may well look like this.
    case possible
}
