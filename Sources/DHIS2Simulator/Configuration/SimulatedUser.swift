/// A user of the simulated server.
package struct SimulatedUser: Sendable, Equatable {
    /// Why a correct password is refused all the same.
    package enum Obstacle: String, Sendable, CaseIterable {
        case disabled
        case locked
        case twoFactor = "two-factor"
    }

    package var username: String
    package var password: String
    /// `ALL` makes a superuser, who may read and run every route.
    package var authorities: [String]
    package var obstacle: Obstacle?

    package init(username: String, password: String, authorities: [String] = [], obstacle: Obstacle? = nil) {
        self.username = username
        self.password = password
        self.authorities = authorities
        self.obstacle = obstacle
    }

    var isSuperuser: Bool { authorities.contains("ALL") }
}
