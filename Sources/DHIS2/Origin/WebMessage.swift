import FoundationEssentials

/// DHIS2's envelope around what it says itself: `{"httpStatus":…,"httpStatusCode":404,"status":"ERROR",…}`.
struct WebMessage: Sendable {
    let message: String?
    let errorCode: String?

    /// Reads the envelope out of an answer.
    ///
    /// - Returns: `nil` when the answer is no JSON object whose `httpStatusCode` is the answer's status.
    init?(_ exchange: HTTPExchange) {
        guard exchange.body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"), exchange.body.count <= Self.largest,
            let content = try? JSONDecoder().decode(Content.self, from: Data(exchange.body)),
            content.httpStatusCode == exchange.statusCode, content.httpStatus != nil || content.status != nil
        else { return nil }
        message = content.message
        errorCode = content.errorCode
    }

    private struct Content: Decodable {
        var httpStatus: String?
        var httpStatusCode: Int
        var status: String?
        var message: String?
        var errorCode: String?
    }

    /// DHIS2's own messages have a few hundred bytes.
    private static let largest = 256 * 1024
}
