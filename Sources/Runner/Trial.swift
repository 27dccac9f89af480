import Checks
import DHIS2
import HTTPTypes

/// One attempt, and what decides whether another one follows.
struct Trial {
    /// The attempt as reports show it.
    var attempt: Attempt
    /// The value of the answer's `Retry-After` field, if it had one.
    var retryAfter: String?
    private var transportCode: TransportError.Code?
    /// The status of the answer because of which the request itself was not sent.
    private var lookupStatus: Int?

    /// An attempt that was answered.
    init(_ response: RouteResponse, to check: Check, number: Int, start: Duration, end: Duration, client: DHIS2Client) {
        let exchange = response.exchange
        let plainOrigin = client.plainOrigin(of: response)
        var origin = plainOrigin ?? client.origin(of: response, timeout: check.timeout)
        var judgement = Judgement(of: response, from: origin, against: check.expectation, duration: end - start)
        if judgement.outcome != .passed, plainOrigin != nil {
            // Most answers pass and need no details of where they came from; this one does.
            origin = client.origin(of: response, timeout: check.timeout)
            judgement = Judgement(of: response, from: origin, against: check.expectation, duration: end - start)
        }
        self.init(Attempt(number: number, start: start, duration: end - start, outcome: judgement.outcome))
        attempt.status = exchange.statusCode
        attempt.phases = Phases(exchange.timings)
        attempt.bodySize = exchange.bodySize
        attempt.fault = judgement.fault
        attempt.mismatches = judgement.mismatches.map { $0.withoutTargetSecrets(in: origin) }
        if judgement.outcome != .passed {
            attempt.evidence = Evidence(of: response, from: origin)
            retryAfter = exchange.header("retry-after")
        }
    }

    /// An attempt that no answer came to.
    init(_ error: RouteError, to check: Check, number: Int, start: Duration, end: Duration, client: DHIS2Client) {
        if let response = error.response {
            self.init(response, to: check, number: number, start: start, end: end, client: client)
            // DHIS2's own words say less than the accessor, which has looked the code up.
            if attempt.outcome != .passed { attempt.fault = Fault(client.origin(of: error, timeout: check.timeout)) }
            return
        }
        self.init(Attempt(number: number, start: start, duration: end - start, outcome: .error))
        let transportError = error.transportError ?? error.underlying?.transportError
        transportCode = transportError?.code
        lookupStatus = error.underlying?.statusCode
        attempt.phases = transportError.map { Phases($0.timings) }
        if error.code == .cancelled || transportCode == .cancelled {
            attempt.outcome = .notRun
        } else {
            attempt.fault = Fault(client.origin(of: error, timeout: check.timeout))
        }
    }

    private init(_ attempt: Attempt) {
        self.attempt = attempt
    }

    /// Whether the policy asks for another attempt after this one.
    func isWorthRepeating(under policy: RetryPolicy, method: HTTPRequest.Method) -> Bool {
        guard attempt.outcome == .failed || attempt.outcome == .error else { return false }
        guard method.isIdempotent || policy.includesNonIdempotent else { return false }
        if let status = attempt.status ?? lookupStatus { return policy.triggers.contains(.status(status)) }
        switch transportCode {
        case .timeout: return policy.triggers.contains(.timeout)
        case .connectTimeout: return policy.triggers.contains(.timeout) || policy.triggers.contains(.connect)
        case .nameResolution, .proxy, .refused, .connect, .tls, .reset: return policy.triggers.contains(.connect)
        default: return false
        }
    }
}

extension HTTPRequest.Method {
    /// Whether sending the request twice has the effect of sending it once (RFC 9110, section 9.2.2).
    fileprivate var isIdempotent: Bool {
        self != .post && self != .patch && self != .connect
    }
}
