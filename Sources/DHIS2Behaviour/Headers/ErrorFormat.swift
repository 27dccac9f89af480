/// When DHIS2 can write its own errors, which are JSON; otherwise they arrive as the servlet container's 500 in HTML,
/// without the message.
package enum ErrorFormat {
    /// The `Accept` of a client that wants JSON and takes everything.
    package static let accept: StaticString = "application/json, */*;q=0.5"

    /// Whether an `Accept` lets DHIS2 write its own errors.
    package static func isAccepted(by accept: String) -> Bool {
        accept.split(separator: ",").contains {
            ["application/json", "application/*", "*/*"].contains(MediaRange.type(of: $0))
        }
    }

    /// The ending by which DHIS2 takes a request to want something that its errors cannot be written as, in lower case.
    ///
    /// Letter case does not matter (dhis2-core, CustomPathExtensionContentNegotiationStrategy.java).
    ///
    /// - Returns: `nil` for a path with another ending or none.
    package static func brokenEnding(of path: String) -> String? {
        guard path.utf8.suffix(4).first == UInt8(ascii: ".") else { return nil }
        let ending = path.suffix(4).lowercased()
        return brokenEndings.contains(ending) ? ending : nil
    }

    private static let brokenEndings = [".xml", ".csv", ".png", ".pdf"]
}

/// A media type or range (RFC 9110, sections 8.3.1 and 12.5.1).
enum MediaRange {
    /// The type without its parameters, in lower case.
    static func type(of text: some StringProtocol) -> String {
        String(text.prefix { $0 != ";" }).filter { !$0.isWhitespace }.lowercased()
    }
}
