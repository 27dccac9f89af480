import Checks
import DHIS2

extension Fault {
    /// The fault that an attribution amounts to.
    ///
    /// Where the answer may as well be another layer's, the message says whose, so that nobody takes a guess for a fact.
    ///
    /// - Parameters:
    ///   - origin: The attribution.
    ///   - sentence: What is said instead of the attribution's own sentence.
    init(_ origin: ResponseOrigin, saying sentence: String? = nil) {
        var message = sentence ?? origin.sentence
        var rest = origin.alternatives[...]
        if origin.certainty == .possible, let alternative = rest.popFirst() { message += " \(alternative.sentence)" }
        self.init(
            layer: Layer(origin.layer),
            code: origin.reason.description,
            message: message,
            certainty: Certainty(origin.certainty),
            evidence: origin.evidence + rest.map(\.sentence)
        )
    }

    /// The fault of a server that cannot be used.
    init(_ problem: PreflightProblem) {
        self.init(
            layer: Layer(problem.layer),
            code: problem.reason.description,
            message: problem.message,
            evidence: problem.evidence
        )
    }

    /// The fault of a server whose routes cannot be listed.
    init(listing error: DHIS2Error) {
        if let problem = error.problem {
            self.init(problem)
        } else {
            self.init(
                layer: error.transportError == nil ? .dhis2 : .network,
                code: error.transportError?.code.description ?? error.code.description,
                message: error.message
            )
        }
    }
}

extension Phases {
    /// The phases that an engine timed.
    init(_ timings: PhaseTimings) {
        self.init()
        nameLookup = timings.nameLookup
        connect = timings.connect
        tlsHandshake = timings.tlsHandshake
        firstByte = timings.firstByte
        total = timings.total
    }
}
