/// What an earlier answer of the server has proved, and what later answers are read by.
public struct PreflightKnowledge: Sendable, Hashable {
    /// Whether DHIS2's marks (`frame-ancestors 'self'` or `SAMEORIGIN`, and `nosniff`) reach the client: `false` when
    /// a proxy strips them, `nil` when nobody has looked.
    ///
    /// Where they do, an answer without them is not from DHIS2 and has not passed it.
    public var marksArrive: Bool?
    /// Whether DHIS2 has accepted the credentials; `nil` when nobody has looked.
    ///
    /// Where it has, a 401 that is not about a token comes from the target of the route.
    public var credentialsAccepted: Bool?

    /// Creates knowledge; what is left out is unknown.
    public init(marksArrive: Bool? = nil, credentialsAccepted: Bool? = nil) {
        self.marksArrive = marksArrive
        self.credentialsAccepted = credentialsAccepted
    }
}
