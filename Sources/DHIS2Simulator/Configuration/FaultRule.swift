/// An order to misbehave: which requests, which of them in turn, and how.
///
/// Every rule counts the requests it matches. Of the rules whose turn it is, the first answers the request; changes of
/// routes and delays take effect on the way and let the next rule have its turn too.
package struct FaultRule: Sendable, Equatable {
    /// The method, or `nil` for all.
    package var method: String?
    /// The path below the context path, `*` standing for any characters, or `nil` for all.
    package var path: String?
    /// The code or uid of a route whose `/run` is meant, or `nil` for all requests.
    package var route: String?
    /// How many matching requests pass before the first that is hit.
    package var after: Int
    /// How many are hit, or `nil` for all that follow.
    package var times: Int?
    package var fault: SimulatedFault

    package init(
        method: String? = nil,
        path: String? = nil,
        route: String? = nil,
        after: Int = 0,
        times: Int? = nil,
        fault: SimulatedFault
    ) {
        self.method = method
        self.path = path
        self.route = route
        self.after = after
        self.times = times
        self.fault = fault
    }

    /// Whether the rule's turn has come at the request that is its `count`th, counted from 1.
    func isDue(at count: Int) -> Bool {
        guard count > after else { return false }
        guard let times else { return true }
        return count - after <= times
    }

    /// Whether a text fits a pattern in which `*` stands for any characters.
    static func matches(_ text: String, pattern: String) -> Bool {
        let text = Array(text.utf8)
        let pattern = Array(pattern.utf8)
        var (at, of) = (0, 0)
        var retry: (at: Int, of: Int)?
        while at < text.count {
            if of < pattern.count, pattern[of] == UInt8(ascii: "*") {
                retry = (at, of)
                of += 1
            } else if of < pattern.count, pattern[of] == text[at] {
                at += 1
                of += 1
            } else if let last = retry {
                retry = (last.at + 1, last.of)
                at = last.at + 1
                of = last.of + 1
            } else {
                return false
            }
        }
        return pattern[of...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
