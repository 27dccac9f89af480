import HTTPVocabulary

/// Repeats requests that ask DHIS2 itself where what went wrong may pass within a second.
///
/// That is a connection that did not come about or broke, and a 502, 503 or 504 that does not carry DHIS2's marks, so
/// that it is from something in front. All attempts together keep to the bound of the first.
struct LookupRetry: Sendable {
    /// How often a request may be repeated.
    let limit: Int
    let tools: RetryTools

    /// The delay before the first repetition, which doubles with each.
    static let firstDelay = Duration.milliseconds(250)
    /// By which share of itself a delay varies at random.
    static let jitter = 0.2
    /// The longest `Retry-After` that is waited for; one that asks for more ends the attempts.
    static let longestRetryAfter = Duration.seconds(2)

    /// Sends a request as often as it takes.
    ///
    /// - Parameter send: Sends it; the bound on the exchange is what is left.
    /// - Throws: What the last attempt threw, or ``TransportError/Code/cancelled``.
    func callAsFunction(
        within bound: Duration,
        _ send: (_ timeout: Duration) async throws(TransportError) -> HTTPExchange
    ) async throws(TransportError) -> HTTPExchange {
        let start = tools.elapsed()
        var left = bound
        var repetition = 0
        while true {
            let outcome: Result<HTTPExchange, TransportError>
            do {
                outcome = .success(try await send(left))
            } catch {
                outcome = .failure(error)
            }
            guard repetition < limit, let asked = Self.wait(after: outcome) else { return try outcome.get() }
            repetition += 1
            let delay = max(asked, Self.delay(before: repetition, random: tools.random()))
            left = bound - (tools.elapsed() - start) - delay
            // What is left must be worth a try, or the end of the bound would hide why the last one failed.
            guard left > bound / 4 else { return try outcome.get() }
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

    /// How long an answer asks to wait; `nil` where another attempt is not worth it.
    private static func wait(after outcome: Result<HTTPExchange, TransportError>) -> Duration? {
        switch outcome {
        case .failure(let error):
            switch error.code {
            // A connection that did not stand in time has been waited for already.
            case .nameResolution, .proxy, .refused, .connect, .tls, .reset, .localLimit: return .zero
            default: return nil
            }
        case .success(let exchange):
            guard [502, 503, 504].contains(exchange.statusCode), Preflight.isFromFront(exchange, HeaderFacts(exchange))
            else { return nil }
            // A date says that it takes longer than a moment, or that the clocks differ.
            guard let text = exchange.header("retry-after") else { return .zero }
            guard let seconds = Int(text), (0...longestRetryAfter.components.seconds).contains(Int64(seconds)) else {
                return nil
            }
            return .seconds(seconds)
        }
    }
}

/// The time and the chance that retries depend on, so that tests can hold them still.
package struct RetryTools: Sendable {
    /// The time since some moment; never goes back.
    package var elapsed: @Sendable () -> Duration
    /// Suspends the task; throws when it is cancelled meanwhile.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// Random numbers in 0…1.
    package var random: @Sendable () -> Double

    /// Creates tools from their parts.
    package init(
        elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.elapsed = elapsed
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
