import FoundationEssentials
import HTTPVocabulary
import Synchronization

/// Keeps the one session of a client: who opens it, who waits for that, which cookies stand for it.
///
/// It puts a lock around a ``SessionState``, which decides. ``SessionNews`` is what an answer says of the session in
/// its ``Cookie``s.
final class SessionKeeper: Sendable {
    typealias Part = SessionState.Part

    private let state = Mutex(SessionState())
    /// The client's header fields.
    private let headers: HTTPFields
    private let now: @Sendable () -> Date

    init(headers: HTTPFields, now: @escaping @Sendable () -> Date = { Date() }) {
        self.headers = headers
        self.now = now
    }

    /// What a request does next.
    func step() -> SessionState.Step {
        state.withLock { state in
            if case .open(let session) = state.standing, session.hasEndedCookie(at: now()) {
                let left = session.cookies.filter { !$0.isOver(at: now()) }
                let renewed = Session(number: session.number, cookies: left, headers: headers)
                state.replace(session, by: renewed)
            }
            return state.step()
        }
    }

    /// The part of a request that goes out with what there is.
    func nextPart() -> Part {
        state.withLock { $0.nextPart() }
    }

    /// Takes what the answer to a request says, and lets those go on who waited for it.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - part: How the request took part.
    ///   - isFromDHIS2: Whether the answer came from DHIS2 or passed it; asked only where it matters.
    ///   - isRefusal: Whether DHIS2 refuses the credentials, or says that the session has ended.
    ///   - isFinal: Whether requests go on without a session where the answer was to open one and did not.
    func take(
        _ exchange: HTTPExchange,
        to part: Part,
        isFromDHIS2: @autoclosure () -> Bool,
        isRefusal: Bool,
        isFinal: Bool
    ) {
        let values = exchange.setCookies
        if !values.isEmpty || isRefusal {
            let news = SessionNews(
                setting: values,
                after: part.session?.cookies ?? [],
                isFromDHIS2: isFromDHIS2(),
                isRefusal: isRefusal,
                at: now()
            )
            state.withLock { take(news, to: part, in: &$0) }
        }
        settle(part, isFinal: isFinal)
    }

    private func take(_ news: SessionNews, to part: Part, in state: inout SessionState) {
        switch news {
        case .none: break
        case .ended: state.forget(part)
        case .opened(let cookies):
            let session = Session(number: part.number, cookies: cookies, headers: headers)
            if let session { state.open(session, by: part) }
        case .changed(let cookies):
            let number = part.session?.number ?? part.number
            if let session = Session(number: number, cookies: cookies, headers: headers) { state.change(to: session) }
        }
    }

    /// Lets those go on who waited for a request, which brought no session unless one has been taken.
    func settle(_ part: Part, isFinal: Bool) {
        guard let opening = part.opening else { return }
        state.withLock { $0.settleWithout(part, isFinal: isFinal) }
        opening.finish(.success(()))
    }

    /// Takes out all sessions, the current one first, and begins anew.
    func takeAll() -> [Session] {
        state.withLock { $0.takeAll() }
    }

    /// How many requests wait for one that opens a session.
    var waiterCount: Int {
        state.withLock { state in
            if case .opening(let opening) = state.standing { opening.waiterCount } else { 0 }
        }
    }
}
