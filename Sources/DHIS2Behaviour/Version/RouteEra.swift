/// A span of DHIS2 releases in which `/api/routes/{id}/run` behaves the same but for small things.
///
/// The borders follow the history of DHIS2's `RouteService`; each branch got the same changes at its own maintenance
/// release. What a version does has names in ``RouteBehaviour``; nothing else asks for the letter.
public enum RouteEra: String, Sendable, Hashable, CaseIterable {
    /// 2.40.0–2.40.9 and 2.41.0–2.41.6: the target's errors come wrapped in a DHIS2 message; queries arrive encoded
    /// twice.
    case a = "A"
    /// 2.40.10 and later of 2.40, 2.41.7 and later of 2.41: errors pass through; the query is decoded once and encoded
    /// again.
    case b = "B"
    /// 2.42.0–2.42.3: a reactive HTTP client, 504 for a slow target, an allow-list of targets.
    case c = "C"
    /// 2.42.4 and later of 2.42, and 2.43: as C, and the query is decoded once and sent on as it is.
    case d = "D"
    /// 2.44 and later: as D, with placeholders in the route's URL.
    case e = "E"

    /// The newest era this library knows; what a version newer than it is taken for.
    public static let latest = Self.e

    /// The era of a version.
    ///
    /// A version that names a release line only (`2.42`) counts as the newest release of that line.
    public init(_ version: ServerVersion) {
        let patch = version.patch ?? .max
        switch (version.major, version.minor) {
        case (...1, _), (2, ...39): self = .a
        case (2, 40): self = patch < 10 ? .a : .b
        case (2, 41): self = patch < 7 ? .a : .b
        case (2, 42): self = patch < 4 ? .c : .d
        case (2, 43): self = .d
        default: self = .latest
        }
    }
}
