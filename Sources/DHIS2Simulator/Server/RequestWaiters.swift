/// Tasks that wait for a number of requests.
struct RequestWaiters: Sendable {
    typealias Continuation = CheckedContinuation<Void, any Error>

    private struct Waiter {
        let count: Int
        let continuation: Continuation
    }

    private var lastNumber = 0
    private var waiters: [Int: Waiter] = [:]

    /// A number for a task that is about to wait.
    mutating func newNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    mutating func add(_ number: Int, for count: Int, _ continuation: Continuation) {
        waiters[number] = Waiter(count: count, continuation: continuation)
    }

    /// Removes the tasks that wait for this many requests or fewer.
    ///
    /// The caller resumes them.
    mutating func due(at count: Int) -> [Continuation] {
        guard !waiters.isEmpty else { return [] }
        let due = waiters.filter { $0.value.count <= count }
        for number in due.keys { waiters[number] = nil }
        return due.values.map(\.continuation)
    }

    /// Removes the task with a number.
    mutating func remove(_ number: Int) -> Continuation? { waiters.removeValue(forKey: number)?.continuation }
}
