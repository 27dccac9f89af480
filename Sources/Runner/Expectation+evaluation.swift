import Checks
import DHIS2

extension Expectation {
    /// Every part of the expectation that an answer does not meet, in the order of the job language's keys.
    func mismatches(with exchange: HTTPExchange, from origin: ResponseOrigin, after duration: Duration) -> [Mismatch] {
        var found: [Mismatch] = []
        if !status.contains(exchange.statusCode) {
            found.append(Mismatch(.status, expected: status.description, actual: "\(exchange.statusCode)"))
        }
        if !from.includes(origin.layer) {
            found.append(Mismatch(.from, expected: from.rawValue, actual: origin.layer.rawValue))
        }
        if let maximumDuration, duration > maximumDuration {
            found.append(
                Mismatch(.maximumDuration, expected: "at most \(maximumDuration)", actual: "\(duration)")
            )
        }
        if let maximumSize, exchange.bodySize > maximumSize {
            found.append(
                Mismatch(
                    .maximumSize,
                    expected: "at most \(maximumSize) bytes",
                    actual: "\(exchange.bodySize) bytes"
                )
            )
        }
        return found
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
