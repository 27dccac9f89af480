import Checks
import DHIS2
import HTTPVocabulary
import Synchronization

/// Runs one check: its attempts, the delays between them and their judgement.
///
/// An attempt is sent by the client, becomes an ``ObservedAttempt`` with all that was seen of it, and is judged: its
/// outcome, what did not hold, and whose fault that is. What the policy says of such an attempt decides whether another
/// one follows.
struct CheckExecution {
    let client: DHIS2Client
    let clock: RunClock
    let limiter: RateLimiter?
    let control: RunControl
    let random: @Sendable () -> Double

    /// What came of a check.
    struct Outcome {
        var result: CheckResult
        /// The last attempt, where what other checks bring may tell whose its answer was.
        var unclear: ObservedAttempt?

        /// Whether the result is a failure whoever gave the answer.
        var failsEitherWay: Bool {
            guard let attempt = result.attempts.last else { return true }
            return attempt.mismatches.contains { $0.kind != .from }
        }

        /// The result by what is known when no other check runs any more.
        func settled(for check: borrowing Check) -> CheckResult {
            guard let unclear, !result.attempts.isEmpty else { return result }
            var settled = result
            let attempt = unclear.judgedAgain(to: check).attempt
            settled.attempts[settled.attempts.count - 1] = attempt
            settled.outcome = attempt.outcome
            return settled
        }
    }

    /// Runs a check to its end; cancelling the task ends it as `not-run`.
    ///
    /// - Parameters:
    ///   - check: The check.
    ///   - index: The check's place in its job file.
    ///   - onRetry: Called with each attempt that another one follows.
    func run(_ check: Check, index: Int, onRetry: (Attempt) -> Void) async -> Outcome {
        var unclear: ObservedAttempt?
        var result = CheckResult(of: check, index: index, outcome: .notRun)
        result.start = clock.elapsed()
        while true {
            guard await waitForTurn(isFirst: result.attempts.isEmpty) else {
                result.outcome = .notRun
                break
            }
            let observed = await ObservedAttempt.trying(
                check,
                number: result.attempts.count + 1,
                with: client,
                on: clock
            )
            result.attempts.append(observed.attempt)
            result.outcome = observed.attempt.outcome
            unclear = observed.mayBecomeClear ? observed : nil
            guard observed.isWorthRepeating(under: check.retry, method: check.method),
                result.attempts.count < check.retry.attempts
            else { break }
            onRetry(observed.attempt)
            let delay = RetryDelay.after(
                attempt: result.attempts.count,
                policy: check.retry,
                retryAfter: observed.retryAfter,
                at: clock.date(),
                random: random()
            )
            guard await sleep(for: delay) else {
                result.outcome = .notRun
                break
            }
        }
        // Neither the wait for its turn nor the time that it took to judge the answer is the check's.
        result.timeByAttempts()
        return Outcome(result: result, unclear: result.outcome == .notRun ? nil : unclear)
    }

    /// Waits until the rate allows another request; says whether it is to be sent.
    ///
    /// A run that is ended without being cancelled lets its checks finish, but no further one may start.
    private func waitForTurn(isFirst: Bool) async -> Bool {
        guard let limiter else { return !Task.isCancelled }
        let delay = limiter.reserve(at: clock.elapsed())
        guard delay > .zero else { return !Task.isCancelled }
        return isFirst ? await control.sleepUnlessEnded(delay, on: clock) : await sleep(for: delay)
    }

    private func sleep(for delay: Duration) async -> Bool {
        do {
            try await clock.sleep(delay)
            return !Task.isCancelled
        } catch {
            // The only reason not to sleep to the end is that the run ends.
            return false
        }
    }
}

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

    /// The limiter of a job, which the requests that its client sends of its own accord keep to as well; `nil` where the job
    /// has no rate.
    convenience init?(of job: Job, for client: DHIS2Client, on clock: RunClock) {
        guard let rate = job.rate else {
            client.setPace(nil)
            return nil
        }
        self.init(rate)
        client.setPace { [self] in try await wait(on: clock) }
    }

    /// Waits for the next start; throws when the task is cancelled meanwhile.
    func wait(on clock: RunClock) async throws {
        let delay = reserve(at: clock.elapsed())
        if delay > .zero { try await clock.sleep(delay) }
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
