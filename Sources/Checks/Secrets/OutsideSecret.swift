/// Tells secrets from words of data and from addresses, where a name alone says that there may be one.
package enum OutsideSecret {
    /// Whether a text under the name of a credential is one: its name leaves no doubt, or it looks like one itself.
    package static func isOne(_ text: String, under name: String) -> Bool {
        CredentialName.isCertain(name) || looksLikeOne(text)
    }

    /// Whether a text under the name of a credential is a URL without credentials in it, as `AUTH_URL` has one.
    ///
    /// A URL can be a secret itself, such as that of a webhook. So the name must say that it is an address, or leave doubt,
    /// and no piece of it may look like a key.
    package static func isAddress(_ text: String, under name: String) -> Bool {
        guard let scheme = text.firstRange(of: "://"), !text.contains("@"), !text.contains("?"),
            ["http", "https"].contains(text[..<scheme.lowerBound].lowercased())
        else { return false }
        let pieces = text[scheme.upperBound...].split { "/.-_:".contains($0) }
        let hasKey = pieces.contains {
            $0.utf8.count >= 8 && $0.contains(where: \.isNumber) && $0.contains(where: \.isLetter)
        }
        return !hasKey && (!CredentialName.isCertain(name) || CredentialName.endsAsAddress(name))
    }

    /// Whether a text looks like a credential and not like a word, a code or a path: with letters and digits, or with marks
    /// that those have not.
    package static func looksLikeOne(_ text: String) -> Bool {
        var hasLetter = false
        var hasDigit = false
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39: hasDigit = true
            case 0x41...0x5A, 0x61...0x7A, 0x80...: hasLetter = true
            case _ where "-_./: ".utf8.contains(byte): break
            default: return true
            }
        }
        return hasLetter && hasDigit
    }
}
