/// Tells secrets from words of data, where only a name such as `key` says that there may be one.
package enum OutsideSecret {
    /// Whether a text under the name of a credential is one: its name leaves no doubt, or it looks like one itself.
    package static func isOne(_ text: String, under name: String) -> Bool {
        CredentialName.isCertain(name) || looksLikeOne(text)
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
