import Checks
import DHIS2
import FoundationEssentials
import Glibc

/// How long to wait before an attempt is repeated.
enum RetryDelay {
    /// The delay after an attempt: exponential back-off with jitter, or what `Retry-After` asks for if that is longer,
    /// both up to the policy's longest delay.
    ///
    /// - Parameters:
    ///   - attempt: The number of the attempt that has ended, counted from 1.
    ///   - policy: The check's policy.
    ///   - retryAfter: The value of the answer's `Retry-After` field, if it had one.
    ///   - date: The wall-clock time, to turn a `Retry-After` date into a delay.
    ///   - random: A random number in 0…1 for the jitter.
    static func after(
        attempt: Int,
        policy: RetryPolicy,
        retryAfter: String?,
        at date: Date,
        random: Double
    ) -> Duration {
        let longest = policy.maximumDelay.inSeconds
        // No delay stays none, however often it is doubled; its product with infinity would be no number.
        let isNone = policy.delay <= .zero
        let base = isNone ? 0 : min(policy.delay.inSeconds * Glibc.pow(policy.factor, Double(attempt - 1)), longest)
        let delay = min(max(base * (1 + policy.jitter * (2 * random - 1)), 0), longest)
        let asked = retryAfter.flatMap { RetryAfter.seconds($0, at: date) } ?? 0
        return .seconds(min(max(delay, asked), longest))
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
