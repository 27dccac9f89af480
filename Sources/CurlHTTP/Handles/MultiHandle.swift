internal import CLibcurl
internal import DHIS2
internal import Glibc

/// A libcurl multi handle: transfers side by side over shared connections.
///
/// It is driven socket by socket, which costs the same for each event however many transfers are in flight.
final class MultiHandle {
    /// When libcurl wants to be called for its own time-outs.
    enum Timer: Equatable {
        case none
        case due
        /// At this time of the monotonic clock, in nanoseconds.
        case at(Int)
    }

    /// Whether libcurl's global state is set up; it is never torn down, as other code in the process may use it too.
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let multi: UnsafeMutableRawPointer
    private let poller: SocketPoller
    private(set) var timer = Timer.none

    init(poller: SocketPoller, maximumConnections: Int) throws(TransportError) {
        guard Self.isLibraryReady, let multi = curl_multi_init() else {
            throw .unavailable("libcurl could not be initialised")
        }
        self.multi = multi
        self.poller = poller
        shim_multi_set_long(multi, CURLMOPT_MAXCONNECTS, maximumConnections)
        shim_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, Unmanaged.passUnretained(poller).toOpaque())
        shim_multi_set_socket_callback(multi) { _, descriptor, action, context, _ in
            guard let context else { return -1 }
            Unmanaged<SocketPoller>.fromOpaque(context).takeUnretainedValue().watch(descriptor, epollEvents(action))
            return 0
        }
        shim_multi_set_pointer(multi, CURLMOPT_TIMERDATA, Unmanaged.passUnretained(self).toOpaque())
        shim_multi_set_timer_callback(multi) { _, milliseconds, context in
            guard let context else { return -1 }
            Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue().setTimer(milliseconds)
            return 0
        }
    }

    deinit {
        shim_multi_set_timer_callback(multi, nil)
        // Closes the idle connections, by way of the poller.
        curl_multi_cleanup(multi)
    }

    /// Starts a handle's transfer with the next ``act()``.
    ///
    /// - Returns: Whether libcurl took it.
    func add(_ handle: EasyHandle) -> Bool {
        curl_multi_add_handle(multi, handle.easy) == CURLM_OK
    }

    /// Takes a handle out, ending its transfer if it has not completed.
    func remove(_ handle: EasyHandle) {
        curl_multi_remove_handle(multi, handle.easy)
    }

    /// Lets libcurl act if its timer has run out.
    ///
    /// - Returns: Whether it did.
    func actOnTimer() -> Bool {
        switch timer {
        case .none: return false
        case .due: break
        case .at(let time): if monotonicNanoseconds() < time { return false }
        }
        timer = .none
        var running: CInt = 0
        curl_multi_socket_action(multi, CURL_SOCKET_BAD, 0, &running)
        return true
    }

    /// Waits until a socket is ready, the timer runs out or the loop is woken up, and lets libcurl act on sockets.
    ///
    /// - Parameters:
    ///   - isBusy: Whether there is other work, so that nothing is waited for.
    ///   - deadline: When the wait ends at the latest, in nanoseconds of the monotonic clock.
    /// - Returns: Whether the loop was woken up.
    func waitForEvents(isBusy: Bool, until deadline: Int? = nil) -> Bool {
        let milliseconds: CInt =
            switch (timer, deadline) {
            case _ where isBusy: 0
            case (.due, _): 0
            case (.none, nil): -1
            case (.none, let deadline?): Self.milliseconds(until: deadline)
            case (.at(let time), let deadline): Self.milliseconds(until: min(time, deadline ?? time))
            }
        return poller.wait(milliseconds: milliseconds) { descriptor, events in
            var running: CInt = 0
            curl_multi_socket_action(multi, descriptor, curlEvents(events), &running)
        }
    }

    /// The next transfer that has completed, and how.
    func nextCompleted() -> (handle: EasyHandle, code: CURLcode)? {
        var left: CInt = 0
        while let message = curl_multi_info_read(multi, &left)?.pointee {
            guard message.msg == CURLMSG_DONE, let handle = EasyHandle.owner(of: message.easy_handle) else { continue }
            return (handle, message.data.result)
        }
        return nil
    }

    /// Rounded up, as a wait that ends early would only be followed by another.
    private static func milliseconds(until time: Int) -> CInt {
        CInt(clamping: max(0, (time - monotonicNanoseconds() + 999_999) / 1_000_000))
    }

    private func setTimer(_ milliseconds: Int) {
        timer =
            switch milliseconds {
            case ..<0: .none
            case 0: .due
            default: .at(monotonicNanoseconds() + milliseconds * 1_000_000)
            }
    }
}

/// The time of the monotonic clock.
func monotonicNanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// What epoll is to watch for an action that libcurl asks for.
private func epollEvents(_ action: CInt) -> UInt32 {
    switch action {
    case CURL_POLL_IN: EPOLLIN.rawValue
    case CURL_POLL_OUT: EPOLLOUT.rawValue
    case CURL_POLL_INOUT: EPOLLIN.rawValue | EPOLLOUT.rawValue
    default: 0
    }
}

/// What libcurl is to be told of events that epoll saw.
private func curlEvents(_ events: UInt32) -> CInt {
    var result: CInt = 0
    // A hang-up is read like data: the read tells what happened.
    if events & (EPOLLIN.rawValue | EPOLLHUP.rawValue) != 0 { result |= CURL_CSELECT_IN }
    if events & EPOLLOUT.rawValue != 0 { result |= CURL_CSELECT_OUT }
    if events & EPOLLERR.rawValue != 0 { result |= CURL_CSELECT_ERR }
    return result
}
