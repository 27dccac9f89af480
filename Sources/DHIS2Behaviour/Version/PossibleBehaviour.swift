/// What a server may do whose version is perhaps not known: answers are read by it.
///
/// ```swift
/// let behaviour = PossibleBehaviour(of: version)
/// behaviour.may(\.followsRedirects)  // some version that it can be does
/// behaviour.does(\.followsRedirects)  // all versions that it can be do
/// ```
package struct PossibleBehaviour: Sendable, Hashable {
    private let candidates: [RouteBehaviour]

    /// The behaviour of a version, or all there are where it is not known.
    package init(of version: ServerVersion?) {
        candidates = version.map { [RouteBehaviour($0)] } ?? Self.all
    }

    /// Whether the server can be one of which a fact holds.
    package func may(_ fact: KeyPath<RouteBehaviour, Bool>) -> Bool { candidates.contains { $0[keyPath: fact] } }

    /// Whether a fact holds of every server that it can be.
    package func does(_ fact: KeyPath<RouteBehaviour, Bool>) -> Bool { candidates.allSatisfy { $0[keyPath: fact] } }

    /// The releases with routes in which a fact is another one than in the release before.
    static let borders: [ServerVersion] = [
        ServerVersion(minor: 40, patch: 0), ServerVersion(minor: 40, patch: 9), ServerVersion(minor: 40, patch: 10),
        ServerVersion(minor: 40, patch: 11), ServerVersion(minor: 41, patch: 0), ServerVersion(minor: 41, patch: 2),
        ServerVersion(minor: 41, patch: 5), ServerVersion(minor: 41, patch: 7), ServerVersion(minor: 42, patch: 0),
        ServerVersion(minor: 42, patch: 2), ServerVersion(minor: 42, patch: 4), ServerVersion(minor: 44, patch: 0),
    ]

    private static let all = borders.map(RouteBehaviour.init)
}
