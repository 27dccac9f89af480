/// The sessions of a server, with a limit per user (`max.sessions.per_user`).
///
/// When a user exceeds the limit, the least recently used session expires. An expired session is remembered until a
/// request names it. That request is answered accordingly, and the session is unknown afterwards.
struct SessionStore: Sendable {
    private struct Session {
        let user: ByteKey
        /// The number of the request that used it last.
        var lastUse: Int
    }

    /// The session that a cookie names.
    enum Finding: Equatable {
        case live(SessionID, user: String)
        case expired(SessionID)
    }

    /// The most live sessions of all users, and the most expired ones that are remembered.
    ///
    /// At this size the older half is dropped, because a client that ignores cookies makes a session with every
    /// request.
    static let capacity = 100_000

    /// How many a user can have; unlimited if less than 1.
    private var limit: Int
    private var live: [SessionID: Session] = [:]
    private var idsByUser: [ByteKey: Set<SessionID>] = [:]
    private var expired: Set<SessionID> = []
    /// The expired ones, oldest first.
    ///
    /// Some may be forgotten already.
    private var expiredInOrder: [SessionID] = []
    private var uses = 0

    /// How many sessions were made so far, including those that are gone.
    private(set) var made = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// How many are live.
    var count: Int { live.count }

    /// How many are live of one user.
    func count(of user: String) -> Int { idsByUser[ByteKey(user)]?.count ?? 0 }

    // MARK: Looking up

    /// The first of some sessions that is known.
    func finding(among ids: [SessionID]) -> Finding? {
        for id in ids {
            if let session = live[id] { return .live(id, user: session.user.text) }
            if expired.contains(id) { return .expired(id) }
        }
        return nil
    }

    // MARK: Changing

    /// Sets how many a user can have, and expires the surplus.
    mutating func limit(to limit: Int) {
        guard limit != self.limit else { return }
        self.limit = limit
        for user in Array(idsByUser.keys) { expireSurplus(of: user) }
    }

    /// Makes a session for a user.
    mutating func make(for user: String) -> SessionID {
        if live.count >= Self.capacity { forgetOlderHalf() }
        let id = SessionID.random()
        let key = ByteKey(user)
        uses += 1
        made += 1
        live[id] = Session(user: key, lastUse: uses)
        idsByUser[key, default: []].insert(id)
        expireSurplus(of: key)
        return id
    }

    /// Notes that a request uses a live session.
    mutating func use(_ id: SessionID) {
        uses += 1
        live[id]?.lastUse = uses
    }

    /// Forgets a session, live or expired.
    mutating func forget(_ id: SessionID) {
        if let session = live.removeValue(forKey: id) { removeID(id, of: session.user) }
        expired.remove(id)
    }

    /// Forgets a session if it has expired.
    ///
    /// Returns whether it had.
    mutating func forgetIfExpired(_ id: SessionID) -> Bool { expired.remove(id) != nil }

    /// Forgets all sessions, as a restart does.
    ///
    /// ``made`` stays.
    mutating func forgetAll() {
        live = [:]
        idsByUser = [:]
        expired = []
        expiredInOrder = []
    }

    private mutating func removeID(_ id: SessionID, of user: ByteKey) {
        idsByUser[user]?.remove(id)
        if idsByUser[user]?.isEmpty == true { idsByUser[user] = nil }
    }

    private mutating func expireSurplus(of user: ByteKey) {
        guard limit >= 1, let ids = idsByUser[user], ids.count > limit else { return }
        // Almost always the surplus is one, which needs no sorting.
        if ids.count == limit + 1, let oldest = ids.min(by: isOlder) {
            expire(oldest, of: user)
        } else {
            for id in ids.sorted(by: isOlder).prefix(ids.count - limit) { expire(id, of: user) }
        }
    }

    private func isOlder(_ left: SessionID, _ right: SessionID) -> Bool {
        (live[left]?.lastUse ?? 0) < (live[right]?.lastUse ?? 0)
    }

    private mutating func expire(_ id: SessionID, of user: ByteKey) {
        live[id] = nil
        removeID(id, of: user)
        rememberExpired(id)
    }

    private mutating func rememberExpired(_ id: SessionID) {
        if expiredInOrder.count >= Self.capacity {
            // Dropping half at a time keeps the cost of each request constant.
            expired.subtract(expiredInOrder.prefix(Self.capacity / 2))
            expiredInOrder.removeFirst(Self.capacity / 2)
        }
        expired.insert(id)
        expiredInOrder.append(id)
    }

    private mutating func forgetOlderHalf() {
        let inOrder = live.sorted { $0.value.lastUse < $1.value.lastUse }
        for (id, session) in inOrder.prefix(inOrder.count / 2) {
            live[id] = nil
            removeID(id, of: session.user)
        }
    }
}

/// The value of a `JSESSIONID` cookie: 128 random bits, written as Tomcat writes them.
struct SessionID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// A new one, unique across servers.
    static func random() -> SessionID {
        SessionID(high: .random(in: 0...(.max)), low: .random(in: 0...(.max)))
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Parses the form that ``text`` has; `nil` for anything else.
    init?(_ text: some StringProtocol) {
        let digits = text.utf8
        guard digits.count == 32, digits.allSatisfy({ $0.isDigit || (0x41...0x46).contains($0) }),
            let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// 32 hexadecimal digits with capital letters.
    var text: String { [high, low].map { $0.digits(16, radix: 16, uppercase: true) }.joined() }
}

extension SimulatedRequest {
    /// The sessions that the request's cookies name, in the order they were sent.
    ///
    /// A browser that knows cookies of several paths sends several of one name (RFC 6265, section 5.4).
    var sessionIDs: [SessionID] {
        var found: [SessionID] = []
        for value in headers.values(of: "Cookie") {
            for pair in value.utf8.split(separator: UInt8(ascii: ";")) {
                let pair = pair.trimmed
                guard pair.starts(with: "JSESSIONID=".utf8) else { continue }
                if let id = SessionID(Substring(pair.dropFirst("JSESSIONID=".utf8.count))) { found.append(id) }
            }
        }
        return found
    }
}
