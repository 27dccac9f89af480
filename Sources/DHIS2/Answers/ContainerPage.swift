import DHIS2Behaviour

/// The servlet container's page about a failure, such as `HTTP Status 500 – Internal Server Error`.
///
/// It comes in place of DHIS2's own error where DHIS2 cannot write it as JSON, or never saw the request. What follows
/// `Message` names the cause (seen on 2.41.9.1, 2.42.5.2, 2.43.1 and a snapshot of 2.44).
struct ContainerPage: Sendable, Hashable {
    /// What the page gives as its message, without the names of the exceptions around it; `nil` where it has none.
    let message: String?

    /// Reads the page out of an answer.
    ///
    /// - Returns: `nil` when the answer is another page, or none.
    init?(_ exchange: HTTPExchange, _ facts: HeaderFacts) {
        guard HTMLPage.isPage(exchange, facts), let title = HTMLPage.title(of: exchange),
            title.hasPrefix("HTTP Status \(exchange.statusCode)")
        else { return nil }
        let text = String(decoding: exchange.body.prefix(Self.longestBeginning), as: UTF8.self)
        message = Self.cause(in: text)
    }

    private static let longestBeginning = 16 * 1024

    private static func cause(in page: String) -> String? {
        let mark = "<b>Message</b>"
        guard let start = page.firstRange(of: mark)?.upperBound else { return nil }
        let rest = page[start...]
        let end = rest.firstRange(of: "</p>")?.lowerBound ?? rest.endIndex
        let text = withoutExceptions(HTMLPage.unescaped(rest[..<end].prefix(2_000)))
        return text.isEmpty ? nil : text
    }

    /// What Spring writes around a cause: `Request processing failed: the.Exception: cause` from 2.42 on, and `Request
    /// processing failed; nested exception is the.Exception: cause` before.
    private static func withoutExceptions(_ text: String) -> String {
        var rest = text[...].drop(while: \.isWhitespace)
        for opening in ["Request processing failed: ", "Request processing failed; nested exception is "]
        where rest.hasPrefix(opening) {
            rest = rest.dropFirst(opening.count)
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || ".$_".contains($0)) }
            if name.contains("."), rest[name.endIndex...].hasPrefix(": ") {
                rest = rest[name.endIndex...].dropFirst(2)
            }
            break
        }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

extension HTMLPage {
    /// Text of a page without its character references, as far as Tomcat writes them.
    static func unescaped(_ text: some StringProtocol) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[start...]
            guard let end = rest.prefix(10).firstIndex(of: ";"),
                let character = character(named: rest[rest.index(after: start)..<end])
            else {
                result.append("&")
                rest = rest.dropFirst()
                continue
            }
            result.unicodeScalars.append(character)
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func character(named name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        case _ where name.hasPrefix("#x"): UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case _ where name.hasPrefix("#"): UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
        default: nil
        }
    }
}
