/// What the server's list says about some codes.
public struct RouteResolution: Sendable, Hashable {
    /// The routes that the list shows, by code.
    public var found: [String: Route]
    /// The codes that the list does not show, in the order they were given.
    ///
    /// Such a route may still run: a user who holds its authorities, but may not read it, can run it by its code.
    public var missing: [String]
    /// How many requests it took.
    public var requestCount: Int

    /// Creates a resolution.
    public init(
        found: [String: Route] = [:],
        missing: [String] = [],
        requestCount: Int = 0
    ) {
        self.found = found
        self.missing = missing
        self.requestCount = requestCount
    }

    /// The codes of routes that are there but disabled, sorted.
    public var disabled: [String] {
        found.filter { $0.value.disabled }.keys.sorted()
    }
}
