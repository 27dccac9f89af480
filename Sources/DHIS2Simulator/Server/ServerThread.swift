import Glibc

/// The server's own threads.
///
/// They may block, unlike the threads that run Swift's tasks.
enum ServerThread {
    /// The size of a thread's stack in bytes.
    ///
    /// An answer needs some tens of kilobytes. The rest only reserves address space and takes no memory.
    static let stackSize = 1 << 20

    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs a closure on a new detached thread that blocks all signals.
    ///
    /// - Returns: 0, or the system's error number if no thread could be started; then the closure does not run.
    static func start(_ body: @escaping @Sendable () -> Void) -> Int32 {
        var attributes = pthread_attr_t()
        let failure = pthread_attr_init(&attributes)
        guard failure == 0 else { return failure }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackSize)
        // A thread starts with the mask of the one that makes it; set later, a signal could come before.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let context = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let status = pthread_create(&thread, &attributes, run, context.toOpaque())
        if status != 0 { context.release() }
        return status
    }

    private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
        return nil
    }
}

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
