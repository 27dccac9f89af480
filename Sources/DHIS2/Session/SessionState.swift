import DHIS2Behaviour

/// What a client knows of its session, and what follows from each answer; whoever holds it takes care of the lock.
struct SessionState {
    /// An attempt to open a session, for which other requests wait.
    typealias Opening = SharedOperation<Void, Never>

    enum Standing {
        /// Nobody has asked yet, or the last session has ended.
        case unknown
        /// A request is on its way whose answer may open one.
        case opening(Opening)
        /// There is one.
        case open(Session)
        /// The server gives none; one that comes all the same is taken.
        case without
    }

    /// How a request takes part.
    struct Part {
        /// The request's number, in the order in which requests were sent.
        var number: Int
        /// The session whose cookies it carries.
        var session: Session?
        /// What the request's answer settles.
        var opening: Opening?
    }

    /// What a request does next.
    enum Step {
        /// It is sent.
        case send(Part)
        /// It opens a session first, or is the one that opens it.
        case open(Part)
        /// It waits for the one that does.
        case wait(Opening)
    }

    private(set) var standing = Standing.unknown
    /// Sessions that requests without the current one's cookie have made besides.
    private(set) var besides: [Session] = []
    private var requestCount = 0

    mutating func step() -> Step {
        switch standing {
        case .opening(let opening): return .wait(opening)
        case .open, .without: return .send(nextPart())
        case .unknown:
            var part = nextPart()
            let opening = Opening()
            standing = .opening(opening)
            part.opening = opening
            return .open(part)
        }
    }

    /// The part of a request that neither opens a session nor waits for one.
    mutating func nextPart() -> Part {
        requestCount += 1
        guard case .open(let session) = standing else { return Part(number: requestCount) }
        return Part(number: requestCount, session: session)
    }

    /// Drops or renews the session whose cookies have ended.
    mutating func replace(_ session: Session, by renewed: Session?) {
        guard case .open(let current) = standing, current === session else { return }
        standing = renewed.map { .open($0) } ?? .unknown
    }

    /// Takes the session that an answer opened.
    mutating func open(_ session: Session, by part: Part) {
        switch standing {
        case .unknown, .without: standing = .open(session)
        case .opening(let opening):
            if opening === part.opening { standing = .open(session) } else { set(aside: session) }
        case .open(let current) where current.number == part.session?.number:
            // DHIS2 did not know the cookie any more, or there would not be a new one.
            standing = .open(session)
        case .open(let current) where current.number < session.number:
            set(aside: current)
            standing = .open(session)
        case .open: set(aside: session)
        }
    }

    /// Takes the session's cookies as an answer changed them.
    mutating func change(to session: Session) {
        guard case .open(let current) = standing, current.number == session.number else { return }
        standing = .open(session)
    }

    /// Forgets the session that a request used, unless another one has taken its place.
    mutating func forget(_ part: Part) {
        if case .open(let current) = standing, current.number == part.session?.number { standing = .unknown }
    }

    /// Notes that the answer which was to open a session brought none.
    ///
    /// - Parameter isFinal: Whether requests are to go on without one; otherwise the next one tries again.
    mutating func settleWithout(_ part: Part, isFinal: Bool) {
        guard case .opening(let opening) = standing, opening === part.opening else { return }
        standing = isFinal ? .without : .unknown
    }

    /// Takes out all sessions, the current one first, and begins anew.
    mutating func takeAll() -> [Session] {
        var all = besides
        besides = []
        switch standing {
        case .open(let session):
            all.insert(session, at: 0)
            standing = .unknown
        case .without: standing = .unknown
        case .opening, .unknown: break
        }
        return all
    }

    private mutating func set(aside session: Session) {
        besides.append(session)
        if besides.count > SessionRules.mostOfAUser { besides.removeFirst() }
    }
}
