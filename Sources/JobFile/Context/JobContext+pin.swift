internal import DHIS2Behaviour
internal import YAMLTree

/// What a person is told of paths and parameters that the server's pinned version cannot carry.
///
/// A run decides it by the same encoders, also where no version is pinned.
extension JobContext {
    /// Warns of a path that the pinned version cannot pass on to a route's target.
    mutating func warnOfUnsendablePath(_ path: String, at node: YAMLNode) {
        guard let pin, !SubPathRules.isPlain(path) else { return }
        do throws(RequestEncodingError) {
            _ = try SubPathEncoder.encode(path, for: pin)
        } catch {
            warning(Self.clause(error), at: node, help: "the check cannot be sent; put the value into params")
        }
    }

    /// Warns of a parameter that the pinned version cannot pass on to a route's target.
    mutating func warnOfUnsendableParameter(_ name: String, _ value: String, at node: YAMLNode) {
        guard let pin else { return }
        do throws(RequestEncodingError) {
            // Whether it fills a placeholder is for the run to find out, which knows the route's URL.
            _ = try QueryEncoder.encode([name: value], for: pin, routeURL: "")
        } catch {
            warning(Self.clause(error), at: node, help: "the check cannot be sent")
        }
    }

    /// Warns of a repeated parameter where the pinned version loses the order of parameters.
    mutating func warnOfLostOrder(_ name: String, count: Int, at node: YAMLNode) {
        guard count > 1, let pin, !RouteBehaviour(pin).keepsQueryOrder else { return }
        warning(QueryOrder.warning(of: name, version: pin), at: node, help: QueryOrder.help)
    }

    private static func clause(_ error: RequestEncodingError) -> String {
        error.message.prefix(1).lowercased() + error.message.dropFirst().dropLast()
    }
}
