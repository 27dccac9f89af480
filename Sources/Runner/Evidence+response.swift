import Checks
import DHIS2
import HTTPTypes

extension Evidence {
    /// How many bytes of a body are kept for the person who looks into a failure.
    private static let excerptSize = 2_048

    /// What was sent and what came.
    init(of response: RouteResponse) {
        let exchange = response.exchange
        let headers = exchange.headerSection.split(whereSeparator: { $0 == UInt8(ascii: "\n") }).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        let excerpt = exchange.body.prefix(Self.excerptSize)
        let isBinary = excerpt.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        self.init(
            request: "\(response.method.rawValue) \(response.url)",
            headers: headers.filter { !$0.isEmpty },
            bodyExcerpt: exchange.body.isEmpty || isBinary ? nil : String(decoding: excerpt, as: UTF8.self),
            isExcerptCut: exchange.bodySize > excerpt.count
        )
    }
}
