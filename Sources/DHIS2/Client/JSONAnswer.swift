import DHIS2Behaviour
import FoundationEssentials
import Text

/// Reads values out of answers that ought to be JSON.
enum JSONAnswer {
    static func decode<Value: Decodable>(
        _ type: Value.Type,
        from exchange: HTTPExchange,
        to path: String,
        of connection: DHIS2Connection
    ) throws(DHIS2Error) -> Value {
        let status = exchange.statusCode
        let name = "/api/" + (path.hasPrefix("/") ? String(path.dropFirst()) : path)
        guard (200...299).contains(status) else {
            throw badStatus(exchange, to: name, of: connection)
        }
        let facts = HeaderFacts(exchange)
        guard !HTMLPage.isPage(exchange, facts) else {
            throw DHIS2Error(Preflight.page(exchange, facts: facts, from: connection.baseURL, at: name))
        }
        guard !exchange.isBodyTruncated else {
            throw DHIS2Error(
                .invalidJSON,
                message: "The answer to \(name) has \(exchange.bodySize.counting("byte")), more than are kept.",
                statusCode: status
            )
        }
        do {
            return try JSONDecoder().decode(type, from: Data(exchange.body))
        } catch {
            throw DHIS2Error(
                .invalidJSON,
                message: "The answer to \(name) is not what DHIS2 sends there: \(reason(error)).",
                statusCode: status
            )
        }
    }

    private static func badStatus(
        _ exchange: HTTPExchange,
        to name: String,
        of connection: DHIS2Connection
    ) -> DHIS2Error {
        let decision = OriginDecision(ofOwnPath: exchange, on: connection)
        // What DHIS2 itself says of a path is for whoever asked for it to judge; nobody else should have answered.
        let problem = decision.isAboutPath ? nil : Preflight.problem(of: decision, at: name)
        let detail = WebMessage(exchange)?.message.map { ": " + ServerText.excerpt($0) } ?? "."
        return DHIS2Error(
            .badStatus,
            message: problem?.message ?? "DHIS2 answered \(exchange.statusCode) to \(name)" + detail,
            statusCode: exchange.statusCode,
            problem: problem,
            retryAfter: exchange.header("retry-after")
        )
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "it cannot be read" }
        switch error {
        case .keyNotFound(let key, let context): return "\(place(context)) has no \"\(key.stringValue)\""
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(place(context)) has another type than expected"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty
                ? "it is not well-formed JSON"
                : "\(place(context)): \(ServerText.excerpt(context.debugDescription))"
        @unknown default: return "it cannot be read"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return path.isEmpty ? "it" : "$\(path)"
    }
}
