package import Checks
package import DHIS2

// `DHIS2` is used without checks and knows nothing of them, and `Checks` knows no server. So the words that both have
// stand in both, spelt alike, and are turned into each other here alone.

extension Layer {
    init(_ layer: ResponseOrigin.Layer) {
        self =
            switch layer {
            case .job: .job
            case .network: .network
            case .proxy: .proxy
            case .dhis2: .dhis2
            case .route: .route
            case .upstream: .upstream
            }
    }
}

extension Certainty {
    init(_ certainty: ResponseOrigin.Certainty) {
        self =
            switch certainty {
            case .certain: .certain
            case .likely: .likely
            case .possible: .possible
            }
    }
}

extension RouteAddressing {
    /// What the job file calls by the same name.
    package init(_ addressing: ServerSettings.RouteAddressing) {
        self =
            switch addressing {
            case .code: .code
            case .uid: .uid
            }
    }
}

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
        if origin.certainty == .possible, let alternative = rest.popFirst() {
            // A sentence may end with what a server said.
            message += ".!?…".contains(message.last ?? ".") ? " " : ". "
            message += alternative.sentence
        }
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
            certainty: Certainty(problem.certainty),
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
