extension TransportError {
    /// A part of an exchange, in the words in which sentences name it; more may be added.
    ///
    /// A connection that does not come about can have as many causes as there are parts, and each is somebody else's:
    /// DNS, the server or a firewall, what terminates TLS, the client's own proxy.
    public struct Phase: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case nameLookup = "name lookup"
            case tcp = "TCP"
            case tunnel = "CONNECT"
            case tls = "TLS"
            case waiting
            case answer
        }

        private let kind: Kind

        /// The host name is looked up.
        public static let nameLookup = Self(kind: .nameLookup)
        /// The TCP connection is made.
        public static let tcp = Self(kind: .tcp)
        /// The client's own proxy connects to the server: CONNECT (RFC 9110, section 9.3.6), or SOCKS.
        public static let tunnel = Self(kind: .tunnel)
        /// The TLS handshake.
        public static let tls = Self(kind: .tls)
        /// The connection is ready, and nothing has come of the answer.
        public static let waiting = Self(kind: .waiting)
        /// The answer has begun.
        public static let answer = Self(kind: .answer)

        /// The name, such as `name lookup`, `TCP` or `TLS`.
        public var description: String { kind.rawValue }
    }
}
