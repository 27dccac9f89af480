/// A personal access token that the simulated server knows.
package struct SimulatedToken: Sendable, Equatable {
    /// What keeps the token from working.
    package enum State: Sendable, Equatable {
        case valid
        case expired
        /// Works with these methods only.
        case methods([String])
        /// Works from these addresses only; `X-Forwarded-For` is believed, as in DHIS2.
        case addresses([String])
        /// Works with these `Referer` values only.
        case referrers([String])
        /// The owner is disabled, locked or uses two factors.
        case ownerBarred
    }

    package var token: String
    /// The owner's name.
    package var username: String
    package var state: State

    package init(_ token: String, username: String, state: State = .valid) {
        self.token = token
        self.username = username
        self.state = state
    }
}
