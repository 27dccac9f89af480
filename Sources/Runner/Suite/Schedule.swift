import Synchronization

/// Decides which check starts next; a value, so that its rules can be tested without tasks.
///
/// Checks start in plan order. One whose route has all its places taken is put aside and goes first once a place of
/// that route is free.
struct Schedule {
    /// What a worker is to do.
    enum Step: Equatable {
        /// Start the item with this number.
        case start(Int)
        /// Wait until some check has finished.
        case wait
        /// Nothing will start any more.
        case done
    }

    /// Items that wait in the order in which they came.
    private struct Line {
        private var items: [Int] = []
        private var head = 0

        mutating func append(_ item: Int) {
            items.append(item)
        }

        mutating func popFirst() -> Int? {
            guard head < items.count else { return nil }
            defer { head += 1 }
            return items[head]
        }
    }

    private let routes: [String]
    private let limit: Int?
    private var cursor = 0
    private var inFlight: [String: Int] = [:]
    private var parked: [String: Line] = [:]
    private var ready: [Int] = []
    private var parkedCount = 0
    private var isStopped = false

    /// Creates a schedule.
    ///
    /// - Parameters:
    ///   - routes: The route of each item, in the order in which they are to start.
    ///   - limit: How many items of one route may be in flight; `nil` means any number.
    init(routes: [String], limitPerRoute limit: Int? = nil) {
        self.routes = routes
        self.limit = limit
    }

    /// Takes the next item that may start.
    mutating func next() -> Step {
        if isStopped { return .done }
        if !ready.isEmpty { return .start(ready.removeFirst()) }
        while cursor < routes.count {
            let item = cursor
            cursor += 1
            guard let limit else { return .start(item) }
            let route = routes[item]
            if inFlight[route, default: 0] < limit {
                inFlight[route, default: 0] += 1
                return .start(item)
            }
            parked[route, default: Line()].append(item)
            parkedCount += 1
        }
        return parkedCount > 0 ? .wait : .done
    }

    /// Takes note that an item has finished.
    mutating func finish(_ item: Int) {
        guard limit != nil else { return }
        let route = routes[item]
        guard let waiting = parked[route]?.popFirst() else {
            inFlight[route, default: 1] -= 1
            return
        }
        // The place passes straight to the item that waited longest, so the count in flight stays.
        parkedCount -= 1
        ready.append(waiting)
    }

    /// Lets nothing start any more.
    mutating func stop() {
        isStopped = true
    }
}

/// Hands the items of a ``Schedule`` to concurrent workers.
final class WorkQueue: Sendable {
    private struct State {
        var schedule: Schedule
        var waiters: [CheckedContinuation<Int?, Never>] = []
    }

    private let state: Mutex<State>

    init(_ schedule: Schedule) {
        state = Mutex(State(schedule: schedule))
    }

    /// The next item to work on, or `nil` when there will be none.
    func next() async -> Int? {
        switch state.withLock({ $0.schedule.next() }) {
        case .start(let item): return item
        case .done: return nil
        case .wait: break
        }
        return await withCheckedContinuation { continuation in
            state.withLock { $0.waiters.append(continuation) }
            // An item may have finished between the two locks.
            serveWaiters()
        }
    }

    /// Takes note that an item has finished.
    func finish(_ item: Int) {
        state.withLock { $0.schedule.finish(item) }
        serveWaiters()
    }

    /// Lets nothing start any more; workers that wait get `nil`.
    func stop() {
        state.withLock { $0.schedule.stop() }
        serveWaiters()
    }

    /// Hands out whatever may start now to the workers that wait, longest wait first.
    private func serveWaiters() {
        while let (waiter, item) = takeServedWaiter() {
            waiter.resume(returning: item)
        }
    }

    private func takeServedWaiter() -> (CheckedContinuation<Int?, Never>, Int?)? {
        state.withLock { state in
            guard !state.waiters.isEmpty else { return nil }
            switch state.schedule.next() {
            case .start(let item): return (state.waiters.removeFirst(), item)
            case .done: return (state.waiters.removeFirst(), nil)
            case .wait: return nil
            }
        }
    }
}
