/// How the query of a run must be written so that the route's target gets each value exactly as it was given.
///
/// DHIS2 takes the query apart and puts it together again on its way to the target, differently in each era. Whatever
/// the encoding, letters, digits and `-._~:,/` travel as they are.
public enum QueryEncoding: Sendable, Hashable {
    /// Eras D and E: DHIS2 decodes the whole query once and sends the result on as it is, so everything else is
    /// percent-encoded twice. Every value can be sent.
    case twice
    /// Era B: DHIS2 decodes the query once, splits it, and encodes the parts again, so everything else is
    /// percent-encoded once. `&` and `#` would split or end the query, `+` arrives as a bare plus, braces are refused,
    /// and a name cannot hold `=`.
    case once
    /// Eras A and C, and 2.40.10: DHIS2 encodes the values twice on their way (DHIS2-20010, DHIS2-20311), so nothing
    /// that needs encoding arrives as it was given.
    case plainOnly

    /// The encoding that a server needs; for an unknown version, that of the newest servers.
    public init(for version: ServerVersion?) {
        self = RouteBehaviour(assuming: version).queryEncoding
    }
}
