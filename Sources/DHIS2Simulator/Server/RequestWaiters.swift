/// Tasks that wait for a number of requests.
struct RequestWaiters: Sendable {
    typealias Continuation = CheckedContinuation<Void, any Error>

    private struct Waiter {
        let count: Int
        let continuation: Continuation
    }

    private var lastNumber = 0
    private var waiters: [Int: Waiter] = [:]

    /// A number for who is about to wait.
    mutating func newNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    mutating func add(_ number: Int, for count: Int, _ continuation: Continuation) {
        waiters[number] = Waiter(count: count, continuation: continuation)
    }

    /// Who waits for this many requests, or fewer; they wait no more, and are to be resumed.
    mutating func due(at count: Int) -> [Continuation] {
        guard !waiters.isEmpty else { return [] }
        let due = waiters.filter { $0.value.count <= count }
        for number in due.keys { waiters[number] = nil }
        return due.values.map(\.continuation)
    }

    /// The waiter with a number, who waits no more.
    mutating func remove(_ number: Int) -> Continuation? { waiters.removeValue(forKey: number)?.continuation }
}
