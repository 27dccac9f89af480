internal import CLibcurl
internal import DHIS2

/// The pauses of a transfer that has waited for memory.
///
/// libcurl counts them as part of the transfer's time. So from the first pause on the transfer is timed here, and
/// libcurl's own bound is switched off.
struct Pauses {
    /// When the transfer's time is over, in nanoseconds of the monotonic clock; it moves on with each pause.
    private(set) var deadline: Int
    /// How long all pauses that have ended took, in nanoseconds.
    private var past = 0
    /// When the present pause began.
    private var start: Int?

    /// Begins the first pause of a transfer that has some time left.
    init(timeLeft: Duration, at now: Int) {
        deadline = now + timeLeft.wholeNanoseconds
        start = now
    }

    var isPaused: Bool { start != nil }

    /// How long all pauses took.
    func duration(at now: Int) -> Duration { .nanoseconds(past + (start.map { now - $0 } ?? 0)) }

    mutating func begin(at now: Int) {
        if start == nil { start = now }
    }

    mutating func end(at now: Int) {
        guard let began = start else { return }
        past += now - began
        deadline += now - began
        start = nil
    }
}

extension EasyHandle {
    /// Pauses the transfer; called while libcurl hands a piece of the body over, which it keeps until ``resume()``.
    func pause(until memory: BodyMemory) {
        let now = monotonicNanoseconds()
        if pauses == nil {
            pauses = Pauses(timeLeft: (bound ?? .zero) - timeTaken, at: now)
            // A bound that cannot be lifted would only end the transfer early.
            _ = shim_easy_set_long(easy, CURLOPT_TIMEOUT_MS, 0)
            bound = nil
        }
        pauses?.begin(at: now)
        memory.wait(self)
    }

    /// Goes on with a paused transfer, which may pause again at once.
    ///
    /// - Returns: How the transfer ends, if it does.
    func resume() -> CURLcode {
        pauses?.end(at: monotonicNanoseconds())
        return curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    var isPaused: Bool { pauses?.isPaused == true }

    /// When the transfer's time is over, where libcurl does not see to that: in nanoseconds of the monotonic clock.
    var deadline: Int? { pauses.flatMap { $0.isPaused ? nil : $0.deadline } }

    /// How long the transfer was paused.
    var pausedTime: Duration { pauses?.duration(at: monotonicNanoseconds()) ?? .zero }
}

extension Duration {
    /// Nanoseconds, rounded down, up to what an `Int` holds.
    fileprivate var wholeNanoseconds: Int { Int(clamping: attoseconds / 1_000_000_000) }
}
