/// The times that DHIS2 allows the target of a route.
package enum RouteLimits {
    /// How many seconds a route waits for its target that says nothing of it.
    package static let usualResponseTimeoutSeconds = 5

    /// The longest time that DHIS2 keeps a route's response open, from 2.42 on.
    package static let longestResponse = Duration.seconds(300)
}
