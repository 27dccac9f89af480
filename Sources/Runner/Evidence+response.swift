import Checks
import DHIS2
import HTTPTypes

extension Evidence {
    /// How many bytes of a body are kept for the person who looks into a failure.
    private static let excerptSize = 2_048

    /// What was sent and what came.
    ///
    /// DHIS2 puts the target's whole URL into some messages of its own, and with it what a route keeps secret in its
    /// query; so an excerpt of DHIS2's own words shows URLs without their queries.
    init(of response: RouteResponse, from origin: ResponseOrigin) {
        let exchange = response.exchange
        let headers = exchange.headerSection.split(whereSeparator: { $0 == UInt8(ascii: "\n") }).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        let excerpt = exchange.body.prefix(Self.excerptSize)
        let isBinary = excerpt.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        let text = String(decoding: excerpt, as: UTF8.self)
        self.init(
            request: "\(response.method.rawValue) \(response.url)",
            headers: headers.filter { !$0.isEmpty },
            bodyExcerpt: exchange.body.isEmpty || isBinary
                ? nil : origin.layer == .upstream ? text : ServerText.withoutQueries(text),
            isExcerptCut: exchange.bodySize > excerpt.count
        )
    }
}

extension Verdict {
    /// The verdict without what a route keeps secret in its target's query, which DHIS2's own messages may quote.
    func withoutTargetSecrets(in origin: ResponseOrigin) -> Self {
        guard origin.layer != .upstream else { return self }
        var copy = self
        copy.actual = ServerText.withoutQueries(actual)
        copy.excerpt = excerpt.map(ServerText.withoutQueries)
        return copy
    }
}
