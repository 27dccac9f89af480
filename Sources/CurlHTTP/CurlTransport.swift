public import DHIS2

/// Sends requests with libcurl: one multi handle on one thread, connections and handles reused.
///
/// The thread that drives libcurl is also a task executor. Tasks that run on it need no hop between threads, neither
/// to start a request nor to receive its answer:
///
/// ```swift
/// let transport = try CurlTransport()
/// await withTaskExecutorPreference(transport.taskExecutor) {
///     // every task started here runs on libcurl's own thread
/// }
/// ```
///
/// Requests may be sent from any other task as well. A task that blocks that thread holds up all transfers.
///
/// One thread rather than many, and no lock around a transfer: libcurl's handles belong to one thread at a time, and
/// one drives hundreds of connections. Loop holds that thread: `CurlLoop` takes what others hand over, `TransferDriver`
/// starts and ends transfers. Handles holds what it drives, each of libcurl's objects and epoll's in a type of its own
/// that frees it. Failures makes sentences of libcurl's codes. No C pointer leaves those types.
public final class CurlTransport: HTTPTransport {
    private let loop: CurlLoop

    /// Starts the thread.
    ///
    /// - Throws: ``DHIS2/TransportError`` with the code `unavailable` when the system refuses the thread or its
    ///   descriptors.
    public init(options: CurlOptions = CurlOptions()) throws(TransportError) {
        loop = try CurlLoop(options: options)
        try loop.start()
    }

    deinit {
        loop.stop()
        loop.detach()
    }

    /// The thread that drives libcurl, as an executor to prefer for the tasks that send requests.
    ///
    /// Once the transport has shut down, jobs given to it run on the global executor.
    public var taskExecutor: any TaskExecutor { loop }

    /// Sends one request and returns the answer, whatever its status.
    ///
    /// - Throws: ``DHIS2/TransportError`` when no complete answer came.
    public func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
        guard !Task.isCancelled else { throw .cancelled }
        let id = loop.nextTransferID()
        let result = await withTaskCancellationHandler {
            // Unsafe only in that nobody counts: the loop resumes each continuation exactly once, at its transfer's
            // completion, removal or refusal.
            await withUnsafeContinuation { continuation in
                loop.submit(Transfer(id: id, request: request, continuation: continuation))
                // A cancellation before the submission had nothing to remove.
                if Task.isCancelled { loop.cancel(id) }
            }
        } onCancel: {
            loop.cancel(id)
        }
        return try result.get()
    }

    /// Ends the thread and frees what it holds; requests in flight and later ones throw
    /// ``DHIS2/TransportError/Code/cancelled``.
    ///
    /// Returns when the thread has ended, unless it is called on that thread.
    public func shutdown() {
        loop.stop()
        loop.join()
    }
}
