import DHIS2Behaviour
import FoundationEssentials
import HTTPVocabulary

/// A cookie that an answer set, as RFC 6265, section 5.2, reads `Set-Cookie`.
///
/// `Domain`, `Path` and `Secure` tell a browser which other requests get the cookie. The client sends it back only to the
/// server that set it, so they do not matter here. Its value is a secret: whoever has it is the user.
struct Cookie: Sendable, Hashable {
    let name: String
    let value: String
    /// When it ends; `nil` ends it with the session.
    let expiry: Date?

    /// Creates a cookie.
    init(name: String, value: String, expiry: Date? = nil) {
        self.name = name
        self.value = value
        self.expiry = expiry
    }

    /// Reads a `Set-Cookie` field.
    ///
    /// - Parameters:
    ///   - text: The field's value.
    ///   - now: When it came, from which `Max-Age` counts.
    /// - Returns: `nil` for what has no name, and for what could not be sent back as it is.
    init?(setBy text: String, at now: Date) {
        var parts = text.split(separator: ";", omittingEmptySubsequences: false)[...]
        guard let pair = parts.popFirst(), let (name, value) = Self.pair(pair), !name.isEmpty,
            Self.canSend(name), Self.canSend(value), name.utf8.count + value.utf8.count <= Self.largest
        else { return nil }
        var expires: Date?
        var end: Date?
        for part in parts {
            guard let (attribute, value) = Self.pair(part) else { continue }
            switch attribute.lowercased() {
            case "expires": expires = HTTPDate.parseExpiry(value) ?? expires
            case "max-age": end = Self.end(value, from: now) ?? end
            default: break
            }
        }
        self.init(name: name, value: value, expiry: end ?? expires)
    }

    /// Whether it clears a cookie of its name instead of setting one, or has ended.
    func isOver(at now: Date) -> Bool {
        value.isEmpty || expiry.map { $0 <= now } ?? false
    }

    /// The size of name and value up to which clients must keep cookies (section 6.1).
    static let largest = 4096

    private static func pair(_ text: Substring) -> (name: String, value: String)? {
        guard let sign = text.firstIndex(of: "=") else { return nil }
        return (trimmed(text[..<sign]), trimmed(text[text.index(after: sign)...]))
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }

    /// The moment that `Max-Age` names; whatever is not a whole number says nothing (section 5.2.2).
    private static func end(_ text: String, from now: Date) -> Date? {
        let isNegative = text.hasPrefix("-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        guard !isNegative else { return .distantPast }
        guard let seconds = Int(text) else { return .distantFuture }
        return seconds == 0 ? .distantPast : now.addingTimeInterval(Double(seconds))
    }

    private static func canSend(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}

extension Cookie: CustomStringConvertible, CustomReflectable {
    /// The name alone.
    var description: String { name }

    /// A mirror without children, so that `dump` does not show the value either.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension HTTPExchange {
    /// The values of the `Set-Cookie` fields, without those that only tell browsers when the session ends.
    var setCookies: [String] {
        var values: [String] = []
        forEachField { bytes, name, value in
            guard name.count == 10, FieldLines.equals(bytes, name, "set-cookie") else { return true }
            let text = HTTPField.text(received: bytes.span.extracting(value))
            if !text.hasPrefix(SessionRules.expiryCookieName + "=") { values.append(text) }
            return true
        }
        return values
    }
}
