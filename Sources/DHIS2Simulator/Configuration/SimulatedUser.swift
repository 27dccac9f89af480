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

/// The shape of DHIS2's personal access tokens: a prefix, a random part and its CRC-32.
///
/// `d2pat_` has 32 characters and ten decimal digits, `d2p_` (the default from 2.41 on) 44 characters and the checksum
/// in base 62. The alphabet and padding of the latter are inferred, and used nowhere but here.
package enum TokenFormat {
    enum Problem: Equatable {
        case malformed
        case wrongChecksum
    }

    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// A token of the current kind with the right checksum, whose random part is made from a seed.
    package static func wellFormed(seed: UInt64) -> String {
        var state = seed
        let code = (0..<44).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return digits[Int((state >> 33) % 62)]
        }
        return "d2p_" + String(decoding: code, as: UTF8.self) + base62(CRC32.checksum(of: code))
    }

    /// What is wrong with the shape of a token, or `nil` when nothing is.
    static func problem(in token: String) -> Problem? {
        if token.hasPrefix("d2pat_") {
            return check(token.utf8.dropFirst(6), length: 32, checksumLength: 10) { $0.digits(10) }
        }
        if token.hasPrefix("d2p_") {
            return check(token.utf8.dropFirst(4), length: 44, checksumLength: 6, encoding: base62)
        }
        return .malformed
    }

    private static func check(
        _ rest: Substring.UTF8View,
        length: Int,
        checksumLength: Int,
        encoding: (UInt32) -> String
    ) -> Problem? {
        guard rest.count == length + checksumLength else { return .malformed }
        let expected = encoding(CRC32.checksum(of: rest.prefix(length)))
        return rest.dropFirst(length).elementsEqual(expected.utf8) ? nil : .wrongChecksum
    }

    private static func base62(_ value: UInt32) -> String {
        var result: [UInt8] = []
        var rest = Int(value)
        for _ in 0..<6 {
            result.append(digits[rest % 62])
            rest /= 62
        }
        return String(decoding: result.reversed(), as: UTF8.self)
    }
}
