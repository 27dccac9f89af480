import Checks
import DHIS2
import FoundationEssentials
import Testing

@testable import Runner

struct RetryDelayTests {
    private let now = Date(timeIntervalSince1970: 784_111_777)

    private func policy(
        delay: Duration = .seconds(1),
        factor: Double = 2,
        maximum: Duration = .seconds(30),
        jitter: Double = 0
    ) -> RetryPolicy {
        var policy = RetryPolicy()
        policy.delay = delay
        policy.factor = factor
        policy.maximumDelay = maximum
        policy.jitter = jitter
        return policy
    }

    @Test(arguments: [(1, 1.0), (2, 2.0), (3, 4.0), (5, 16.0), (6, 30.0), (5_000, 30.0)])
    func growsByItsFactorUpToItsMaximum(attempt: Int, seconds: Double) {
        let delay = RetryDelay.after(attempt: attempt, policy: policy(), retryAfter: nil, at: now, random: 0.5)
        #expect(delay == .seconds(seconds))
    }

    @Test(arguments: [1, 2, 5_000])
    func noDelayStaysNoneWhateverItsFactor(attempt: Int) {
        let policy = policy(delay: .zero, factor: 1e300, jitter: 0.5)
        #expect(RetryDelay.after(attempt: attempt, policy: policy, retryAfter: nil, at: now, random: 1) == .zero)
    }

    @Test(arguments: [(0.0, 0.75), (0.5, 1.0), (1.0, 1.25)])
    func variesByItsJitter(random: Double, seconds: Double) {
        let delay = RetryDelay.after(
            attempt: 1,
            policy: policy(jitter: 0.25),
            retryAfter: nil,
            at: now,
            random: random
        )
        #expect(delay == .seconds(seconds))
    }

    @Test(arguments: [
        ("7", 7.0), ("0", 1.0), ("86400", 30.0), ("-3", 1.0), ("soon", 1.0), ("", 1.0),
        ("99999999999", 30.0), (String(repeating: "9", count: 400), 30.0),
        ("Sun, 06 Nov 1994 08:49:47 GMT", 10.0), ("Sun, 06 Nov 1994 08:49:27 GMT", 1.0),
    ])
    func honoursRetryAfterUpToItsMaximum(value: String, seconds: Double) {
        let delay = RetryDelay.after(attempt: 1, policy: policy(), retryAfter: value, at: now, random: 0.5)
        #expect(delay == .seconds(seconds))
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199.0),
        ("Tue, 24 Nov 2026 00:00:00 GMT", 1_795_478_400.0),
    ])
    func readsDates(text: String, seconds: Double) {
        #expect(HTTPDate.parse(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(arguments: [
        "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
    ])
    func refusesOtherForms(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }
}

struct RateLimiterTests {
    @Test func spacesStartsEvenly() {
        let limiter = RateLimiter(RequestRate(count: 4, per: .seconds(1)))
        #expect(limiter.reserve(at: .zero) == .zero)
        #expect(limiter.reserve(at: .zero) == .milliseconds(250))
        #expect(limiter.reserve(at: .milliseconds(100)) == .milliseconds(400))
    }

    @Test func savesNothingUp() {
        let limiter = RateLimiter(RequestRate(count: 4, per: .seconds(1)))
        #expect(limiter.reserve(at: .seconds(10)) == .zero)
        #expect(limiter.reserve(at: .seconds(10)) == .milliseconds(250))
    }
}
