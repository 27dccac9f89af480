package import Checks
package import DHIS2

extension Expectation {
    /// Whether the text of a body decides anything.
    var readsBody: Bool { body != nil || !json.isEmpty }

    /// Every part of the expectation that an answer does not meet, in the order of the job language's keys.
    ///
    /// The body is read only where something is expected of it, and parsed once however many paths look into it.
    func mismatches(
        with exchange: HTTPExchange,
        from origin: ResponseOrigin,
        after duration: Duration
    ) -> [Mismatch] {
        var evaluation = Evaluation(keepsWhatHolds: false)
        evaluation.judge(exchange, from: origin, after: duration, against: self)
        return evaluation.results.isEmpty ? [] : evaluation.results.compactMap(\.mismatch)
    }

    /// What came of every part of the expectation, held or not, in the order of the job language's keys.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - origin: Which layer it came from.
    ///   - duration: How long the attempt took.
    package func results(
        on exchange: HTTPExchange,
        from origin: ResponseOrigin,
        after duration: Duration
    ) -> [ExpectationResult] {
        var evaluation = Evaluation(keepsWhatHolds: true)
        evaluation.judge(exchange, from: origin, after: duration, against: self)
        return evaluation.results
    }
}

extension ExpectedOrigin {
    /// Whether an answer of a layer is an answer of the one that was expected.
    func includes(_ layer: ResponseOrigin.Layer) -> Bool {
        switch self {
        case .upstream: layer == .upstream
        case .dhis2: layer == .dhis2 || layer == .route
        case .any: true
        }
    }
}
