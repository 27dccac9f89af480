internal import CLibcurl
internal import DHIS2

/// Runs transfers on a multi handle and hands out their outcomes; belongs to one thread.
final class TransferDriver {
    private let options: CurlOptions
    private let poller: SocketPoller
    private let multi: MultiHandle
    private let memory: BodyMemory?
    /// Every easy handle made so far, so that a cancelled transfer can be found.
    private var handles: [EasyHandle] = []
    private var idleHandles: [EasyHandle] = []
    /// The last header list: most requests of a run share their header fields.
    private var headerList: HeaderList?
    private var isShutDown = false

    init(options: CurlOptions, wakeup: WakeupDescriptor) throws(TransportError) {
        self.options = options
        poller = try SocketPoller(wakeup: wakeup)
        memory = options.bodyMemory.map { BodyMemory(bytes: $0, largestBody: options.limits.body, wakeup: wakeup) }
        multi = try MultiHandle(poller: poller, maximumConnections: options.maximumConnections)
    }

    /// Starts a transfer; a request that cannot be sent ends at once.
    func start(_ transfer: Transfer) {
        do throws(TransportError) {
            guard !isShutDown else { throw .shutDown }
            let handle = try takeHandle()
            do throws(TransportError) {
                try handle.prepare(transfer, headers: headerList(for: transfer.request))
                guard multi.add(handle) else { throw .unavailable("libcurl did not take the request") }
            } catch {
                handle.clear()
                idleHandles.append(handle)
                throw error
            }
        } catch {
            transfer.continuation.resume(returning: .failure(error))
        }
    }

    /// Ends a transfer if it is in flight.
    func cancel(_ id: UInt64) {
        guard let handle = handles.first(where: { $0.transfer?.id == id }) else { return }
        end(handle, with: .cancelled)
    }

    /// Lets libcurl act on its timer, which also begins what has been started.
    func act() {
        if multi.actOnTimer() { finishCompleted() }
        resumeWaiting()
    }

    /// Waits for sockets and lets libcurl act on them.
    ///
    /// - Returns: Whether the loop was woken up.
    func waitForEvents(isBusy: Bool) -> Bool {
        let isWokenUp = multi.waitForEvents(isBusy: isBusy, until: memory?.timed.lazy.compactMap(\.deadline).min())
        finishCompleted()
        if isWokenUp { memory?.takeReturns() }
        endOverdue()
        return isWokenUp
    }

    /// Lets those go on that have waited for memory, the oldest first, until one has to wait again.
    private func resumeWaiting() {
        while let memory, let oldest = memory.nextToAsk() {
            let code = oldest.resume()
            if code != CURLE_OK {
                finish(oldest, code)
            } else if oldest.isPaused {
                memory.noteRefusal()
            }
        }
    }

    /// Ends the transfers that have been paused and whose time is over, which libcurl does not see to any more.
    private func endOverdue() {
        guard let memory, !memory.timed.isEmpty else { return }
        let now = monotonicNanoseconds()
        for handle in memory.timed where handle.deadline.map({ $0 <= now }) ?? false {
            finish(handle, CURLE_OPERATION_TIMEDOUT)
        }
    }

    /// Ends every transfer in flight and refuses further ones.
    func shutDown() {
        isShutDown = true
        for handle in handles where handle.transfer != nil {
            end(handle, with: .shutDown)
        }
    }

    private func finishCompleted() {
        while let (handle, code) = multi.nextCompleted() { finish(handle, code) }
    }

    /// Ends a handle's transfer as libcurl says, unless it is begun anew.
    private func finish(_ handle: EasyHandle, _ code: CURLcode) {
        multi.remove(handle)
        guard let transfer = handle.transfer else { return }
        if handle.hasDiedOnReuse(code), beginAgain(handle) { return }
        let outcome = handle.outcome(code)
        handle.clear()
        idleHandles.append(handle)
        transfer.continuation.resume(returning: outcome)
    }

    /// Sends a request once more, on a new connection.
    private func beginAgain(_ handle: EasyHandle) -> Bool {
        do throws(TransportError) {
            return try handle.prepareAgain(after: handle.timeTaken) && multi.add(handle)
        } catch {
            // The request then ends as it did, which says more.
            return false
        }
    }

    private func end(_ handle: EasyHandle, with error: TransportError) {
        guard let transfer = handle.transfer else { return }
        multi.remove(handle)
        handle.clear()
        idleHandles.append(handle)
        transfer.continuation.resume(returning: .failure(error))
    }

    private func takeHandle() throws(TransportError) -> EasyHandle {
        if let handle = idleHandles.popLast() { return handle }
        let handle = try EasyHandle(options: options, poller: poller, memory: memory)
        handles.append(handle)
        return handle
    }

    private func headerList(for request: TransportRequest) throws(TransportError) -> HeaderList {
        if let headerList, headerList.fits(request) { return headerList }
        let made = try HeaderList(request, userAgent: options.userAgent)
        headerList = made
        return made
    }
}
