import Synchronization

/// The targets that are known or being looked up, by code.
final class RouteCache: Sendable {
    typealias Lookup = SharedOperation<RouteTarget, RouteError>

    private enum Entry {
        case known(RouteTarget)
        case pending(Lookup)
    }

    private struct State {
        var entries: [ExactText: Entry] = [:]
        /// Counts what makes older knowledge void, so that it is not stored when it arrives late.
        var epoch = 0
        /// The codes of the list, once it has been read.
        var listedCodes: [String] = []
    }

    private let state = Mutex(State())

    func target(for code: String) -> RouteTarget? {
        state.withLock { state in
            if case .known(let target) = state.entries[ExactText(code)] { target } else { nil }
        }
    }

    func store(_ target: RouteTarget) {
        state.withLock { $0.entries[ExactText(target.code)] = .known(target) }
    }

    /// What a task that needs a target does next.
    enum Step {
        case use(RouteTarget)
        case wait(Lookup)
        /// As `wait`, and it is this task that starts the lookup.
        case start(Lookup)
    }

    /// The target of a code, or the lookup that is under way, or a new lookup.
    ///
    /// - Parameter stale: A target that is known to be wrong: only another one counts as known.
    func step(for code: String, besides stale: RouteTarget? = nil) -> Step {
        state.withLock { state in
            switch state.entries[ExactText(code)] {
            case .known(let target) where target !== stale: return .use(target)
            case .pending(let lookup): return .wait(lookup)
            case .known, nil:
                let lookup = Lookup()
                state.entries[ExactText(code)] = .pending(lookup)
                return .start(lookup)
            }
        }
    }

    /// A new lookup of a code, whatever is known; an older one that is under way is not stored any more.
    func renew(_ code: String) -> Lookup {
        state.withLock { state in
            let lookup = Lookup()
            state.entries[ExactText(code)] = .pending(lookup)
            state.epoch += 1
            return lookup
        }
    }

    /// Stores what a lookup found, unless it has been overtaken by an invalidation or a newer lookup.
    func settle(_ code: String, _ lookup: Lookup, _ outcome: Lookup.Outcome) {
        state.withLock { state in
            guard case .pending(let current) = state.entries[ExactText(code)], current === lookup else { return }
            switch outcome {
            case .success(let target): state.entries[ExactText(code)] = .known(target)
            case .failure: state.entries[ExactText(code)] = nil
            }
        }
    }

    func invalidate(_ code: String?) {
        state.withLock { state in
            state.epoch += 1
            if let code { state.entries[ExactText(code)] = nil } else { state.entries = [:] }
        }
    }

    var epoch: Int { state.withLock { $0.epoch } }

    /// Stores many targets at once, unless something was invalidated since an epoch; lookups under way go first.
    func store(_ targets: [RouteTarget], since epoch: Int, listedCodes: [String]) {
        state.withLock { state in
            if !listedCodes.isEmpty { state.listedCodes = listedCodes }
            guard state.epoch == epoch else { return }
            for target in targets {
                if case .pending = state.entries[ExactText(target.code)] { continue }
                state.entries[ExactText(target.code)] = .known(target)
            }
        }
    }

    var listedCodes: [String] { state.withLock { $0.listedCodes } }
}

/// Text that is equal to other text only byte for byte.
///
/// Swift's strings are equal when they are canonically equivalent; DHIS2's codes are not.
struct ExactText: Sendable, Hashable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: Self, right: Self) -> Bool {
        let isEqual = left.text.utf8.withContiguousStorageIfAvailable { left in
            right.text.utf8.withContiguousStorageIfAvailable { right in
                left.count == right.count && left.elementsEqual(right)
            }
        }
        return (isEqual ?? nil) ?? left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    }
}
