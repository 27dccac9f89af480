import Checks
import DHIS2

extension Fault {
    /// The fault that an attribution amounts to.
    init(_ origin: ResponseOrigin) {
        self.init(
            layer: Layer(origin.layer),
            code: origin.reason.description,
            message: origin.sentence,
            certainty: Certainty(origin.certainty),
            evidence: origin.evidence
        )
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
