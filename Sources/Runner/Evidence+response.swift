import Checks
import DHIS2
import HTTPVocabulary

extension Evidence {
    /// How many bytes of a body are kept for the person who looks into a failure.
    private static let excerptSize = 2_048

    /// What was sent and what came.
    ///
    /// DHIS2 puts the target's whole URL into some messages of its own, and with it what a route keeps secret in its
    /// query; so an excerpt of DHIS2's own words shows URLs without their queries.
    init(of response: RouteResponse, from origin: ResponseOrigin) {
        let exchange = response.exchange
        let excerpt = exchange.body.prefix(Self.excerptSize)
        let text = String(decoding: excerpt, as: UTF8.self)
        let isBinary = Self.isBinary(text)
        let shown = isBinary ? "\(exchange.bodySize) bytes of binary data" : text
        self.init(
            request: "\(response.method.rawValue) \(response.url)",
            headers: exchange.headerLines,
            bodyExcerpt: exchange.body.isEmpty
                ? nil : origin.layer == .upstream ? shown : ServerText.withoutQueries(shown),
            isExcerptCut: !isBinary && exchange.bodySize > excerpt.count
        )
    }

    /// Whether so much of a text is no text that a person could not read it; a few such characters are shown escaped.
    private static func isBinary(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        let unreadable = scalars.count { scalar in
            scalar == "\u{FFFD}" || scalar.value < 0x20 && scalar != "\t" && scalar != "\n" && scalar != "\r"
        }
        return unreadable > max(2, scalars.count / 16)
    }
}

extension ExpectationResult {
    /// The result without what a route keeps secret in its target's query, which DHIS2's own messages may quote.
    func withoutTargetSecrets(in origin: ResponseOrigin) -> Self {
        guard origin.layer != .upstream else { return self }
        var copy = self
        copy.actual = ServerText.withoutQueries(actual)
        copy.excerpt = excerpt.map(ServerText.withoutQueries)
        return copy
    }
}
