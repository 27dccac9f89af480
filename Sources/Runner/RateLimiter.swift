import Checks
import Synchronization

/// Spaces request starts evenly, so that no span of time sees more of them than the rate allows.
///
/// This is a token bucket that holds one token: what was not used is not saved up, because a burst after a quiet
/// moment is what a rate is there to prevent.
final class RateLimiter: Sendable {
    private let spacing: Duration
    private let nextStart: Mutex<Duration>

    init(_ rate: RequestRate) {
        spacing = rate.interval / rate.count
        nextStart = Mutex(.zero)
    }

    /// Reserves the next start; returns how long to wait for it, counted from `now`.
    func reserve(at now: Duration) -> Duration {
        nextStart.withLock { next in
            let start = max(next, now)
            next = start + spacing
            return start - now
        }
    }
}
