/// How a run addressed its route.
public enum RouteReference: Sendable, Hashable, CustomStringConvertible {
    /// By its uid.
    case uid(String)
    /// By its code: because the client is configured so, or because the list does not show the route.
    case code(String)

    /// The uid or the code.
    public var description: String {
        switch self {
        case .uid(let text), .code(let text): text
        }
    }
}
