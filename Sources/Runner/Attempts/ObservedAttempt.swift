import Checks
import DHIS2
import HTTPVocabulary
import Text

/// One attempt with all that was seen of it, which decides whether another one follows.
struct ObservedAttempt {
    /// The attempt as reports show it.
    var attempt: Attempt
    /// The value of the answer's `Retry-After` field, if it had one.
    var retryAfter: String?
    /// Which layer answered, or is to blame that none did; without details if the attempt passed and none were asked
    /// for.
    private(set) var origin: ResponseOrigin
    /// What was sent and what came, unless it passed or details were asked for.
    private(set) var evidence: Evidence?
    /// What came of every part of the expectation that an answer was held against; of those that did not hold, unless
    /// details were asked for.
    private(set) var expectations: [ExpectationResult] = []
    /// The answer, where it is not clear whose it is until others have come.
    private var unclear: (response: RouteResponse, circumstances: Circumstances)?
    private var transportCode: TransportError.Code?
    /// The status of the answer because of which the request itself was not sent.
    private var lookupStatus: Int?

    /// When an attempt was made, and by whom.
    struct Circumstances: Sendable {
        /// The attempt's number, counted from 1.
        var number: Int
        /// When it began, counted from the start of the run.
        var start: Duration
        /// When it ended.
        var end = Duration.zero
        /// The client that asked.
        var client: DHIS2Client
        /// Whether all that it saw is kept, whatever came of it.
        var keepsDetails = false

        /// The attempt before it is judged.
        ///
        /// How long it took is what the transport has measured: by the clock, whatever else the thread had to do first
        /// would count, such as other answers that came at the same time.
        fileprivate func attempt(measured timings: PhaseTimings?) -> Attempt {
            let measured = timings?.total ?? .zero
            let duration = measured > .zero ? measured : end - start
            return Attempt(number: number, start: start, duration: duration, outcome: .error)
        }
    }

    /// The largest body of an answer that is kept to be judged again: many times what DHIS2 writes in its own errors.
    private static let largestUnclearBody = 16 * 1024

    /// Sends the request of a check once, and judges what comes of it.
    ///
    /// - Parameters:
    ///   - check: The check.
    ///   - number: The attempt's number, counted from 1.
    ///   - client: The client that asks.
    ///   - clock: The run's clock.
    ///   - keepsDetails: Whether all that it saw is kept, whatever came of it.
    static func trying(
        _ check: Check,
        number: Int,
        with client: DHIS2Client,
        on clock: RunClock,
        keepsDetails: Bool = false
    ) async -> ObservedAttempt {
        let start = clock.elapsed()
        var circumstances = Circumstances(number: number, start: start, client: client, keepsDetails: keepsDetails)
        do throws(RouteError) {
            let response = try await client.routes.run(check)
            circumstances.end = clock.elapsed()
            return await judging(response, to: check, circumstances)
        } catch {
            circumstances.end = clock.elapsed()
            return ObservedAttempt(error, to: check, circumstances)
        }
    }

    /// An attempt that was answered, judged where it keeps nobody waiting.
    ///
    /// The task may run on the thread that drives all transfers; what takes long is judged on another.
    static func judging(
        _ response: RouteResponse,
        to check: Check,
        _ circumstances: Circumstances
    ) async -> ObservedAttempt {
        guard !check.expectation.isQuick(toJudge: response.exchange.body.count) else {
            return ObservedAttempt(response, to: check, circumstances)
        }
        return await withTaskExecutorPreference(globalConcurrentExecutor) { @concurrent in
            ObservedAttempt(response, to: check, circumstances)
        }
    }

    /// An attempt that was answered.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - check: What was asked and is expected.
    ///   - circumstances: When it was asked, and by whom.
    init(_ response: RouteResponse, to check: borrowing Check, _ circumstances: Circumstances) {
        let (client, keepsDetails) = (circumstances.client, circumstances.keepsDetails)
        let exchange = response.exchange
        let plainOrigin = client.plainOrigin(of: response)
        var origin = plainOrigin ?? client.origin(of: response, timeout: check.timeout)
        let begun = circumstances.attempt(measured: exchange.timings)
        var evaluation = Evaluation(keepsWhatHolds: keepsDetails)
        if !origin.isNoAnswer {
            evaluation.judge(exchange, from: origin, after: begun.duration, against: check.expectation)
        }
        if plainOrigin != nil, keepsDetails || evaluation.hasFailed {
            // Most answers pass and need no details of where they came from; this one does.
            origin = client.origin(of: response, timeout: check.timeout)
        }
        self.init(begun, origin)
        // Of an answer that DHIS2 could not pass on, no more is known than its status.
        attempt.status = origin.status(of: exchange)
        attempt.judge(response, from: origin, expecting: check.expectation.from, evaluation)
        attempt.phases = Phases(exchange.timings)
        attempt.bodySize = exchange.bodySize
        guard keepsDetails || attempt.outcome != .passed else { return }
        evidence = Evidence(of: response, from: origin)
        expectations = evaluation.results.map { $0.withoutTargetSecrets(in: origin) }
        // What is kept until others have come must be small: their answers may need the memory.
        if origin.mayBecomeClear, exchange.body.count <= Self.largestUnclearBody {
            unclear = (response, circumstances)
        }
        if attempt.outcome != .passed {
            attempt.evidence = evidence
            retryAfter = exchange.header("retry-after")
        }
    }

    /// An attempt that no answer of the target came to.
    init(_ error: RouteError, to check: borrowing Check, _ circumstances: Circumstances) {
        let origin = circumstances.client.origin(of: error, timeout: check.timeout)
        if let response = error.response {
            self.init(response, to: check, circumstances)
            // DHIS2's own words say less than the accessor, which has looked the code up.
            if attempt.outcome != .passed { attempt.fault = Fault(origin) }
            self.origin = origin
            return
        }
        let transportError = error.transportError ?? error.underlying?.transportError
        self.init(circumstances.attempt(measured: transportError?.timings), origin)
        transportCode = transportError?.code
        lookupStatus = error.underlying?.statusCode
        attempt.phases = transportError.map { Phases($0.timings) }
        evidence = error.url.map { Evidence(request: "\(check.method.rawValue) \($0)") }
        attempt.evidence = evidence
        if error.code == .cancelled || transportCode == .cancelled {
            attempt.outcome = .notRun
        } else {
            attempt.fault = Fault(origin)
        }
    }

    private init(_ attempt: Attempt, _ origin: ResponseOrigin) {
        self.attempt = attempt
        self.origin = origin
    }

    /// Whether what other runs bring may tell whose the answer is.
    var mayBecomeClear: Bool { unclear != nil }

    /// The attempt, judged by what is known by now.
    func judgedAgain(to check: borrowing Check) -> ObservedAttempt {
        unclear.map { ObservedAttempt($0.response, to: check, $0.circumstances) } ?? self
    }

    /// Whether the policy asks for another attempt after this one.
    func isWorthRepeating(under policy: RetryPolicy, method: HTTPMethod) -> Bool {
        guard attempt.outcome == .failed || attempt.outcome == .error else { return false }
        guard method.isIdempotent || policy.includesNonIdempotent else { return false }
        if origin.reason == .targetBrokeOff, policy.triggers.contains(.connect) { return true }
        if let status = attempt.status ?? lookupStatus { return policy.triggers.contains(.status(status)) }
        switch transportCode {
        case .timeout: return policy.triggers.contains(.timeout)
        case .connectTimeout: return policy.triggers.contains(.timeout) || policy.triggers.contains(.connect)
        case .nameResolution, .proxy, .refused, .connect, .tls, .reset, .truncatedBody, .localLimit:
            return policy.triggers.contains(.connect)
        default: return false
        }
    }
}

extension Evidence {
    /// How many bytes of a body are kept for the person who looks into a failure.
    private static let excerptSize = 2_048

    /// What was sent and what came.
    ///
    /// DHIS2 puts the target's whole URL into some messages of its own, and with it what a route keeps secret in its
    /// query; so an excerpt of DHIS2's own words shows URLs without their queries.
    init(of response: RouteResponse, from origin: ResponseOrigin) {
        let exchange = response.exchange
        let excerpt = exchange.body.prefix(Self.excerptSize)
        let text = String(decoding: excerpt, as: UTF8.self)
        let isBinary = Self.isBinary(text)
        let shown = isBinary ? "\(exchange.bodySize.counting("byte")) of binary data" : text
        self.init(
            request: "\(response.method.rawValue) \(response.url)",
            headers: exchange.headerLines,
            bodyExcerpt: exchange.body.isEmpty
                ? nil : origin.layer == .upstream ? shown : ServerText.withoutQueries(shown),
            isExcerptCut: !isBinary && exchange.bodySize > excerpt.count
        )
    }

    /// Whether so much of a text is no text that a person could not read it; a few such characters are shown escaped.
    private static func isBinary(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        let unreadable = scalars.count { scalar in
            scalar == "\u{FFFD}" || scalar.value < 0x20 && scalar != "\t" && scalar != "\n" && scalar != "\r"
        }
        return unreadable > max(2, scalars.count / 16)
    }
}

extension ExpectationResult {
    /// The result without what a route keeps secret in its target's query, which DHIS2's own messages may quote.
    func withoutTargetSecrets(in origin: ResponseOrigin) -> Self {
        guard origin.layer != .upstream else { return self }
        var copy = self
        copy.actual = ServerText.withoutQueries(actual)
        copy.excerpt = excerpt.map(ServerText.withoutQueries)
        return copy
    }
}
