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

extension DHIS2.RouteAddressing {
    /// What the job file calls by the same name.
    package init(_ addressing: Checks.RouteAddressing) {
        self =
            switch addressing {
            case .code: .code
            case .uid: .uid
            }
    }
}
