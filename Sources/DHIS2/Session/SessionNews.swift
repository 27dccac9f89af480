import DHIS2Behaviour
import FoundationEssentials

/// What an answer says about sessions.
enum SessionNews: Hashable {
    /// Nothing.
    case none
    /// DHIS2 made a session; these are its cookies, DHIS2's own first.
    case opened([Cookie])
    /// The session goes on with these cookies: a load balancer has changed one of its own.
    case changed([Cookie])
    /// DHIS2 has ended the session, or refuses whoever has it.
    case ended

    /// Reads an answer.
    ///
    /// Cookies count only where the answer is DHIS2's. What DHIS2 sets while it refuses the credentials, as with the
    /// redirect to its login page, stands for a session of nobody.
    ///
    /// - Parameters:
    ///   - values: The answer's `Set-Cookie` fields.
    ///   - sent: The cookies that the request carried.
    ///   - isFromDHIS2: Whether the answer came from DHIS2 or passed it.
    ///   - isRefusal: Whether DHIS2 refuses the credentials, or says that the session has ended.
    ///   - now: When it came.
    init(setting values: [String], after sent: [Cookie], isFromDHIS2: Bool, isRefusal: Bool, at now: Date) {
        guard !isRefusal else {
            self = .ended
            return
        }
        let set = isFromDHIS2 ? values.compactMap { Cookie(setBy: $0, at: now) } : []
        guard !set.isEmpty else {
            self = .none
            return
        }
        let own = set.filter { $0.name == SessionRules.cookieName }
        // The same field may first clear the old cookie, or clear one of another path afterwards.
        let new = own.last { !$0.isOver(at: now) }
        guard own.isEmpty || new != nil else {
            self = .ended
            return
        }
        var others = sent.filter { $0.name != SessionRules.cookieName }
        for cookie in set where cookie.name != SessionRules.cookieName {
            let place = others.firstIndex { $0.name == cookie.name }
            if let place { others.remove(at: place) }
            // A cookie of a name that is not known counts only beside a new session.
            let isWanted = new != nil || place != nil
            if isWanted, !cookie.isOver(at: now) { others.insert(cookie, at: place ?? others.endIndex) }
        }
        if let new, new.value != sent.first?.value {
            self = .opened([new] + others)
        } else if let current = new ?? sent.first {
            let cookies = [current] + others
            self = cookies == sent ? .none : .changed(cookies)
        } else {
            self = .none
        }
    }
}
