public import DHIS2Behaviour
public import HTTPVocabulary

extension DHIS2Client {
    /// What a client may be told beyond its server and credentials.
    public struct Configuration: Sendable, Hashable {
        /// Whether never to ask the server for its version.
        ///
        /// For tokens that may not read `/api/system/info`. Unless ``version`` is set, the server then counts as one
        /// of the newest.
        public var skipVersionProbe: Bool
        /// The server's version, instead of asking the server; a release line such as `2.42` is enough.
        public var version: ServerVersion?
        /// Header fields that every request carries.
        public var headers: HTTPFields
        /// The bound on each request that is not given its own.
        public var timeout: Duration
        /// How runs address routes.
        public var addressRoutesBy: RouteAddressing
        /// Whether all requests share one session at DHIS2, which keeps only ten for a user; otherwise each one makes a
        /// session of its own.
        public var keepsSession: Bool

        /// Creates a configuration; what is left out has its default.
        public init(
            skipVersionProbe: Bool = false,
            version: ServerVersion? = nil,
            headers: HTTPFields = [:],
            timeout: Duration = .seconds(30),
            addressRoutesBy: RouteAddressing = .uid,
            keepsSession: Bool = true
        ) {
            self.skipVersionProbe = skipVersionProbe
            self.version = version
            self.headers = headers
            self.timeout = timeout
            self.addressRoutesBy = addressRoutesBy
            self.keepsSession = keepsSession
        }
    }
}

/// How a run names its route to DHIS2.
public enum RouteAddressing: String, Sendable, Hashable, CaseIterable {
    /// By uid, which the list of routes tells; survives that a code is given to another route during a run.
    case uid
    /// By code, without asking for the list of routes.
    case code
}
