import Checks
import DHIS2
import JobFile
import SourceDiagnostics

@testable import Runner

/// Decodes an expectation as a job file has it, in YAML's flow style.
func expectation(_ yaml: String) throws -> Expectation {
    let text = "server: {url: 'https://dhis2.example', token: t}\nchecks: [{route: a, expect: \(yaml)}]\n"
    return try JobDecoder(files: .none).decode(SourceText(name: "job.yaml", text: text)).job.checks[0].expectation
}

extension Expectation {
    /// What does not hold of an answer that the route's target gave at once.
    func mismatches(_ exchange: HTTPExchange, _ origin: ResponseOrigin = .target) -> [Mismatch] {
        mismatches(with: exchange, from: origin, after: .milliseconds(20))
    }
}

extension ResponseOrigin {
    static let target = ResponseOrigin(
        layer: .upstream,
        reason: .answered,
        certainty: .certain,
        sentence: "The route's target answered."
    )

    static let disabledRoute = ResponseOrigin(
        layer: .route,
        reason: .routeDisabled,
        certainty: .certain,
        sentence: #"The route "a" exists but is disabled."#
    )
}

/// An answer with a body.
func answer(_ body: String = "", status: Int = 200, headers: String = "") -> HTTPExchange {
    HTTPExchange(statusCode: status, headerSection: Array(headers.utf8), body: Array(body.utf8))
}
