import CSockets
import Glibc

/// Waiting for events of descriptors until a moment.
enum Poll {
    /// Waits until one of the events is there, or until the deadline; without a deadline as long as it takes.
    ///
    /// - Returns: Whether there is an event. The entries say which.
    static func wait(_ entries: inout [pollfd], until deadline: ContinuousClock.Instant?) -> Bool {
        while true {
            var timeout = timespec()
            if let deadline {
                let rest = max(ContinuousClock.now.duration(to: deadline), .zero).components
                timeout.tv_sec = Int(rest.seconds)
                timeout.tv_nsec = Int(rest.attoseconds / 1_000_000_000)
            }
            let count = withUnsafePointer(to: &timeout) { timeout in
                csockets_poll(&entries, nfds_t(entries.count), deadline == nil ? nil : timeout)
            }
            if count >= 0 { return count > 0 }
            // Other errors mean invalid arguments, which these are not. "No event" is the safe answer.
            guard errno == EINTR else { return false }
        }
    }
}
