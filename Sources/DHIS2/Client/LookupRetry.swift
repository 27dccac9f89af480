package import FoundationEssentials
import HTTPVocabulary

/// Repeats requests that ask DHIS2 itself where what went wrong may pass within a second, or says itself when.
///
/// That is a connection that did not come about or broke, and a 502, 503 or 504 that does not carry DHIS2's marks, so
/// that it is from something in front. All attempts together keep to the bound of the first. A 429 or 503 that says when
/// to come back, whoever it is from, is waited for as long as patience lasts, which counts against nothing else.
struct LookupRetry: Sendable {
    /// How often a request may be repeated.
    let limit: Int
    /// How long all that `Retry-After` asks for may take.
    let patience: Duration
    let tools: RetryTools

    /// The delay before the first repetition, which doubles with each.
    static let firstDelay = Duration.milliseconds(250)
    /// By which share of itself a delay varies at random.
    static let jitter = 0.2

    /// Sends a request as often as it takes.
    ///
    /// - Parameters:
    ///   - bound: The bound on all exchanges together.
    ///   - pace: Waits until another request may be sent, which does not count.
    ///   - send: Sends it; the bound on the exchange is what is left.
    /// - Throws: What the last attempt threw, or ``TransportError/Code/cancelled``.
    func callAsFunction(
        within bound: Duration,
        pacedBy pace: () async throws(TransportError) -> Void,
        _ send: (_ timeout: Duration) async throws(TransportError) -> HTTPExchange
    ) async throws(TransportError) -> HTTPExchange {
        var spent = Duration.zero
        var waited = Duration.zero
        var repetition = 0
        while true {
            try await pace()
            let start = tools.elapsed()
            let outcome: Result<HTTPExchange, TransportError>
            do {
                outcome = .success(try await send(bound - spent))
            } catch {
                outcome = .failure(error)
            }
            spent += tools.elapsed() - start
            guard limit > 0, let wait = wait(after: outcome) else { return try outcome.get() }
            repetition += 1
            var delay = Self.delay(before: repetition, random: tools.random())
            switch wait {
            case .aMoment:
                guard repetition <= limit else { return try outcome.get() }
                spent += delay
            case .asked(let time):
                delay = max(delay, time)
                waited += delay
                guard waited <= patience else { return try outcome.get() }
            }
            // What is left must be worth a try, or the end of the bound would hide why the last one failed.
            guard bound - spent > bound / 4 else { return try outcome.get() }
            do {
                try await tools.sleep(delay)
                try Task.checkCancellation()
            } catch {
                throw TransportError(.cancelled, message: "The request was cancelled.")
            }
        }
    }

    /// How long to wait before a repetition, counted from 1.
    static func delay(before repetition: Int, random: Double) -> Duration {
        firstDelay * (1 << min(repetition - 1, 10)) * (1 + jitter * (2 * random - 1))
    }

    private enum Wait {
        /// What went wrong may pass by itself.
        case aMoment
        /// The answer says when.
        case asked(Duration)
    }

    /// What to wait for before another attempt; `nil` where that is not worth it.
    private func wait(after outcome: Result<HTTPExchange, TransportError>) -> Wait? {
        switch outcome {
        case .failure(let error):
            switch error.code {
            // A connection that did not stand in time has been waited for already.
            case .nameResolution, .proxy, .refused, .connect, .tls, .reset, .localLimit: return .aMoment
            default: return nil
            }
        case .success(let exchange):
            let isGatewaysOwn =
                [502, 503, 504].contains(exchange.statusCode) && Preflight.isFromFront(exchange, HeaderFacts(exchange))
            guard isGatewaysOwn || [429, 503].contains(exchange.statusCode) else { return nil }
            guard let value = exchange.header("retry-after") else { return isGatewaysOwn ? .aMoment : nil }
            // Longer than an hour is longer than anybody's patience, and more than a duration need hold.
            let seconds = RetryAfter.seconds(value, at: tools.date()).map { min($0, 3_600) }
            return seconds.map { .asked(.seconds($0)) }
        }
    }
}

/// The time and the chance that retries depend on, so that tests can hold them still.
package struct RetryTools: Sendable {
    /// The time since some moment; never goes back.
    package var elapsed: @Sendable () -> Duration
    /// The wall-clock time, for `Retry-After` dates.
    package var date: @Sendable () -> Date
    /// Suspends the task; throws when it is cancelled meanwhile.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// Random numbers in 0…1.
    package var random: @Sendable () -> Double

    /// Creates tools from their parts.
    package init(
        elapsed: @escaping @Sendable () -> Duration,
        date: @escaping @Sendable () -> Date = { Date() },
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.elapsed = elapsed
        self.date = date
        self.sleep = sleep
        self.random = random
    }

    /// The machine's own.
    package static func system() -> RetryTools {
        let start = ContinuousClock.now
        return RetryTools(
            elapsed: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0, clock: .continuous) },
            random: { .random(in: 0...1) }
        )
    }
}
