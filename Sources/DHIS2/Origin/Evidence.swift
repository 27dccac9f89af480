import DHIS2Behaviour

/// What was seen in an answer, as short facts.
enum Evidence {
    static func of(_ exchange: HTTPExchange, _ facts: HeaderFacts) -> [String] {
        var seen = ["status \(exchange.statusCode)"]
        seen.append(facts.isMarked ? "DHIS2's header marks" : "none of DHIS2's header marks")
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
        } else if JSONAnswer.looksLikeHTML(exchange, facts) {
            seen.append("HTML" + (HTMLTitle.of(exchange).map { " titled \(ServerText.quoted($0))" } ?? ""))
        }
        return seen
    }
}
