import DHIS2Behaviour
import FoundationEssentials

/// What was seen in an answer, as short facts.
enum Evidence {
    static func of(_ exchange: HTTPExchange, _ facts: HeaderFacts) -> [String] {
        var seen = ["status \(exchange.statusCode)"]
        seen.append(facts.isMarked ? "DHIS2's header marks" : "none of DHIS2's header marks")
        if !facts.isMarked, let phrase = facts.foreignPhrase {
            seen.append("reason phrase \(ServerText.quoted(phrase)), where DHIS2 has none")
        }
        if let location = facts.location { seen.append("Location: \(ServerText.excerpt(location, limit: 100))") }
        if facts.challengesToken { seen.append("WWW-Authenticate: ApiToken") }
        if let challenge = facts.otherChallenge {
            seen.append("WWW-Authenticate: \(ServerText.excerpt(challenge, limit: 60))")
        }
        if !facts.isMarked, let server = exchange.header("server") {
            seen.append("Server: \(ServerText.excerpt(server, limit: 60))")
        }
        if exchange.bodySize == 0 {
            seen.append("empty body")
        } else if let message = WebMessage(exchange) {
            seen.append(
                "DHIS2's message format" + (message.errorCode.map { ", \(ServerText.excerpt($0, limit: 10))" } ?? "")
            )
        } else if HTMLPage.isPage(exchange, facts) {
            seen.append("HTML" + (HTMLPage.title(of: exchange).map { " titled \(ServerText.quoted($0))" } ?? ""))
        }
        return seen
    }
}

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

/// Recognises pages for people, where DHIS2 would send JSON, and finds their titles.
enum HTMLPage {
    /// Whether an answer is a page for people: by its type, or by its first character where it names none.
    static func isPage(_ exchange: HTTPExchange, _ facts: HeaderFacts) -> Bool {
        switch facts.contentType {
        case .html: return true
        case .json: return false
        case .none, .other:
            let first = exchange.body.first { $0 > 0x20 }
            return first == UInt8(ascii: "<") && facts.contentType == .none
        }
    }

    /// The title of a page, for messages.
    static func title(of exchange: HTTPExchange) -> String? {
        let text = String(decoding: exchange.body.prefix(16 * 1024), as: UTF8.self)
        guard let open = text.firstRange(of: "<title>") ?? text.firstRange(of: "<TITLE>"),
            let close = text[open.upperBound...].firstIndex(of: "<")
        else { return nil }
        let title = ServerText.excerpt(String(text[open.upperBound..<close]), limit: 80)
        return title.isEmpty ? nil : title
    }
}
