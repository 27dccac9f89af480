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
        ("Sunday, 06-Nov-94 08:49:47 GMT", 10.0), ("Sun Nov  6 08:49:47 1994", 10.0),
        ("Sunday, 06-Nov-94 08:49:27 GMT", 1.0), ("Sun Nov  6 08:49:27 1994", 1.0),
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
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777.0),
        ("Sun Nov  6 08:49:37 1994", 784_111_777.0),
        ("Wed Nov 16 08:49:37 1994", 784_975_777.0),
        ("Saturday, 31-Dec-16 23:59:60 GMT", 1_483_228_800.0),
        ("Monday, 06-Nov-44 00:00:00 GMT", 2_362_003_200.0),
        ("Thursday, 01-Jan-70 00:00:00 GMT", 0.0),
    ])
    func readsDates(text: String, seconds: Double) {
        #expect(HTTPDate.parse(text, at: now) == Date(timeIntervalSince1970: seconds))
    }

    /// RFC 9110, section 5.6.7: no date is taken for one over 50 years ahead.
    @Test(arguments: [("94", "1994"), ("44", "2044"), ("45", "1945")])
    func aYearOfTwoDigitsIsAtMostFiftyYearsAhead(digits: String, year: String) {
        let date = HTTPDate.parse("Sunday, 06-Nov-\(digits) 08:49:37 GMT", at: now)
        #expect(date == HTTPDate.parse("Sun, 06 Nov \(year) 08:49:37 GMT"))
    }

    @Test(arguments: [
        "", " ", "soon", "Sunday, 06-Nov-94 08:49:37", "Sun Nov  6 08:49:37 1994 GMT", "Sun, 06 Nov 1994 08:49 GMT",
        "Sun Nov  6 08:49:37 94", "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 6-Nov-94 08:49:37 GMT", "Sunday, 06 Nov 94 08:49:37 GMT", "Sun Nov 31 08:49:37 1994",
        "Wed, 29 Feb 2023 00:00:00 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Someday, 06 Nov 1994 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 99999 08:49:37 GMT",
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
