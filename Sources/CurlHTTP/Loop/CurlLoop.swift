internal import DHIS2
internal import Glibc
internal import Synchronization

/// The thread that drives libcurl and runs the jobs of the tasks that prefer it.
///
/// Each turn runs the queued jobs, lets libcurl act on its timer, hands out what completed, and waits for sockets only
/// if nothing is left to run.
///
/// All that other threads want of it goes through one inbox under one lock, and one eventfd wakes it. What its own
/// tasks want goes straight to the driver: a run whose tasks prefer this executor sends a request and gets its answer
/// without a lock, a wake-up or another thread.
final class CurlLoop: Sendable {
    /// What other threads hand over.
    private struct Inbox {
        var jobs: [UnownedJob] = []
        var transfers: [Transfer] = []
        var cancellations: [UInt64] = []
        var isStopping = false
        var isClosed = false
        /// Whether the loop has been woken for what is in here.
        var isAnnounced = false
    }

    /// How many jobs run before libcurl has its turn.
    private static let jobsPerTurn = 256

    private let inbox = Mutex(Inbox())
    private let transferIDs = Atomic<UInt64>(0)
    private let wakeup: WakeupDescriptor
    /// The thread to join; nil before it starts and once it is joined or detached.
    private let thread = Mutex<pthread_t?>(nil)
    /// The running thread's identity, 0 when it does not run.
    private let runningThread = Atomic<UInt>(0)
    // Touched by the loop's own thread only (see `isOnOwnThread`), apart from its creation before the thread starts.
    nonisolated(unsafe) private var driver: TransferDriver?
    nonisolated(unsafe) private let jobs = JobQueue()

    init(options: CurlOptions) throws(TransportError) {
        wakeup = try WakeupDescriptor()
        driver = try TransferDriver(options: options, wakeup: wakeup)
    }

    /// Starts the thread; called once.
    func start() throws(TransportError) {
        var started = pthread_t()
        let context = Unmanaged.passRetained(self)
        let status = pthread_create(
            &started,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            context.toOpaque()
        )
        guard status == 0 else {
            context.release()
            throw .unavailable("no thread could be started", errorNumber: status)
        }
        let handle = started
        thread.withLock { $0 = handle }
    }

    /// Ends the transfers and asks the thread to end.
    func stop() {
        // What this thread submits from now on would not pass through the inbox.
        if isOnOwnThread { driver?.shutDown() }
        post { $0.isStopping = true }
    }

    /// Waits for the thread's end, unless this is that thread.
    func join() {
        guard !isOnOwnThread else { return }
        thread.withLock { thread in
            guard let handle = thread else { return }
            pthread_join(handle, nil)
            thread = nil
        }
    }

    /// Lets the thread end by itself.
    func detach() {
        thread.withLock { thread in
            guard let handle = thread else { return }
            pthread_detach(handle)
            thread = nil
        }
    }

    /// A name for the next transfer.
    func nextTransferID() -> UInt64 {
        transferIDs.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Starts a transfer, at once on the loop's own thread.
    func submit(_ transfer: Transfer) {
        if isOnOwnThread, let driver {
            driver.start(transfer)
        } else if !post({ $0.transfers.append(transfer) }) {
            transfer.continuation.resume(returning: .failure(.shutDown))
        }
    }

    /// Removes a transfer if it has not completed.
    ///
    /// Always through the inbox, even on the loop's own thread: the transfer itself may still be in there.
    func cancel(_ id: UInt64) {
        post { $0.cancellations.append(id) }
    }

    private var isOnOwnThread: Bool {
        runningThread.load(ordering: .relaxed) == UInt(pthread_self())
    }

    /// Puts something into the inbox and wakes the loop if it has not been woken for it.
    ///
    /// - Returns: Whether the loop will see it: false once the loop has ended.
    @discardableResult
    private func post(_ change: (inout Inbox) -> Void) -> Bool {
        let (isAccepted, needsWakeup) = inbox.withLock { inbox in
            guard !inbox.isClosed else { return (false, false) }
            change(&inbox)
            defer { inbox.isAnnounced = true }
            return (true, !inbox.isAnnounced)
        }
        if needsWakeup { wakeup.signal() }
        return isAccepted
    }
}

// The life of the thread.
extension CurlLoop {
    private func run() {
        blockSignals()
        runningThread.store(UInt(pthread_self()), ordering: .relaxed)
        let executor = asUnownedTaskExecutor()
        while let driver {
            jobs.run(atMost: Self.jobsPerTurn, on: executor)
            driver.act()
            guard driver.waitForEvents(isBusy: !jobs.isEmpty) else { continue }
            if !takeFromInbox(driver) { close(driver) }
        }
    }

    /// Keeps signals with the threads that handle them, and SIGPIPE from ending the process.
    private func blockSignals() {
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_SETMASK, &signals, nil)
    }

    /// Acts on what other threads handed over.
    ///
    /// - Returns: Whether the loop goes on.
    private func takeFromInbox(_ driver: TransferDriver) -> Bool {
        let taken = inbox.withLock { inbox in
            defer { inbox = Inbox(isStopping: inbox.isStopping) }
            return inbox
        }
        for job in taken.jobs { jobs.append(job) }
        for transfer in taken.transfers { driver.start(transfer) }
        for id in taken.cancellations { driver.cancel(id) }
        return !taken.isStopping
    }

    /// Ends what is in flight, frees libcurl's handles and leaves the remaining jobs to the global executor.
    private func close(_ driver: TransferDriver) {
        driver.shutDown()
        self.driver = nil
        runningThread.store(0, ordering: .relaxed)
        let left = inbox.withLock { inbox in
            defer { inbox = Inbox(isStopping: true, isClosed: true) }
            return inbox
        }
        for transfer in left.transfers { transfer.continuation.resume(returning: .failure(.shutDown)) }
        for job in jobs.removeAll() + left.jobs { globalConcurrentExecutor.enqueue(job) }
    }
}

extension CurlLoop: TaskExecutor {
    /// Queues a job; on the loop's own thread without a lock or a wake-up.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isOnOwnThread {
            jobs.append(job)
        } else if !post({ $0.jobs.append(job) }) {
            globalConcurrentExecutor.enqueue(job)
        }
    }
}

/// The jobs that wait for one thread, first in, first out.
final class JobQueue {
    private var jobs: [UnownedJob] = []
    /// The index of the first job that has not run.
    private var next = 0

    var isEmpty: Bool { next == jobs.count }

    func append(_ job: UnownedJob) {
        jobs.append(job)
    }

    /// Runs waiting jobs, and those that they queue, until none waits or so many have run.
    func run(atMost limit: Int, on executor: UnownedTaskExecutor) {
        var budget = limit
        while next < jobs.count, budget > 0 {
            let job = jobs[next]
            next += 1
            budget -= 1
            job.runSynchronously(on: executor)
        }
        if isEmpty {
            jobs.removeAll(keepingCapacity: true)
            next = 0
        } else if next > jobs.count / 2 {
            jobs.removeFirst(next)
            next = 0
        }
    }

    /// Removes and returns the waiting jobs.
    func removeAll() -> ArraySlice<UnownedJob> {
        defer {
            jobs = []
            next = 0
        }
        return jobs[next...]
    }
}
