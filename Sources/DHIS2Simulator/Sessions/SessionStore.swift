/// The sessions that a server keeps, a limited number a user (`max.sessions.per_user`).
///
/// A new session expires the least recently used ones of its user that are too many. An expired session is remembered
/// until a request names it, which is told so once; afterwards nobody knows it any more, as with one that never was.
struct SessionStore: Sendable {
    private struct Session {
        let user: ByteKey
        /// The number of the request that used it last.
        var lastUse: Int
    }

    /// What a cookie stands for.
    enum Finding: Equatable {
        case live(SessionID, user: String)
        case expired(SessionID)
    }

    /// How many sessions there can be in all where no limit is set, and how many expired ones are remembered, at least
    /// half of them: a client that ignores cookies makes one with every request, for as long as the server runs.
    static let capacity = 100_000

    /// How many a user can have; without a limit where it is less than 1.
    private var limit: Int
    private var live: [SessionID: Session] = [:]
    private var idsByUser: [ByteKey: Set<SessionID>] = [:]
    private var expired: Set<SessionID> = []
    /// The expired ones, oldest first, with some that are not remembered any more.
    private var expiredInOrder: [SessionID] = []
    private var uses = 0

    /// How many sessions were made so far, those included that are gone.
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

    /// Sets how many a user can have, and expires what is too many now.
    mutating func limit(to limit: Int) {
        guard limit != self.limit else { return }
        self.limit = limit
        for user in Array(idsByUser.keys) { expireSurplus(of: user) }
    }

    /// Makes a session, which is its user's most recently used.
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

    /// Forgets a session that has expired; `false` for any other, which stays.
    mutating func forgetIfExpired(_ id: SessionID) -> Bool { expired.remove(id) != nil }

    /// Forgets all sessions, as a server does that starts anew; how many were made still counts.
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
        // Almost always it is one, which is found without sorting them all.
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
