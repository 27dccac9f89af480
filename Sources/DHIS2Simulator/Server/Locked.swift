#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A value that one thread at a time reads or changes.
///
/// It stands on the system's mutex, because ThreadSanitizer does not see what the standard library's `Mutex` does where
/// two threads meet, and would report races that are none.
///
/// It may be sent anywhere (`@unchecked`) because nothing reaches the value but ``withLock(_:)``, under the lock.
final class Locked<Value: Sendable>: @unchecked Sendable {
    /// On the heap, because the system wants a mutex to stay where it was made.
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

    /// Runs a closure while no other thread can reach the value; it must not come back to this lock.
    func withLock<Result: Sendable, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
