import DHIS2Behaviour

/// Finds the title of a page, for messages.
enum HTMLTitle {
    static func of(_ exchange: HTTPExchange) -> String? {
        let text = String(decoding: exchange.body.prefix(16 * 1024), as: UTF8.self)
        guard let open = text.firstRange(of: "<title>") ?? text.firstRange(of: "<TITLE>"),
            let close = text[open.upperBound...].firstIndex(of: "<")
        else { return nil }
        let title = ServerText.excerpt(String(text[open.upperBound..<close]), limit: 80)
        return title.isEmpty ? nil : title
    }
}
