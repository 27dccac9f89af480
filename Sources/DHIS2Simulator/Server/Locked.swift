import Glibc

/// A value that one thread at a time reads or changes.
///
/// It uses the system's mutex, because ThreadSanitizer does not understand the standard library's `Mutex` under
/// contention and would report false races.
///
/// `@unchecked Sendable` is sound, because only ``withLock(_:)`` reaches the value, under the lock.
final class Locked<Value: Sendable>: @unchecked Sendable {
    /// On the heap, because a mutex must not move in memory.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs a closure while no other thread can reach the value.
    ///
    /// The closure must not use this lock again.
    func withLock<Result: Sendable, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
