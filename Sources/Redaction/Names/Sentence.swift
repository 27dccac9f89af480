/// Tells what a person has to read from a value.
///
/// What stands behind `Token:` at the beginning of a line can be a token, and it can be the message that a failure is all
/// about: `Token: expired on 2026-10-10`. A text is a sentence only if it has a word that no credential has.
enum Sentence {
    /// Whether a text is a sentence, or a word for a state.
    static func isOne(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let words = text.split { $0 == 0x20 || $0 == 0x09 }.map { word in
            String(decoding: word, as: UTF8.self).lowercased().filter {
                $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-"
            }
        }
        guard let first = words.first, words.count < 64, !AuthenticationScheme.names.contains(first) else {
            return false
        }
        if words.count == 1 { return states.contains(first) }
        let isMixed = words.contains { word in
            word.utf8.count >= 8 && word.contains(where: \.isNumber) && word.contains(where: \.isLetter)
        }
        return !isMixed && words.contains { states.contains($0) || particles.contains($0) }
    }

    private static let states: Set<String> = [
        "expired", "invalid", "missing", "required", "rejected", "refused", "failed", "denied", "ended", "unknown",
        "unexpected", "expected", "bad", "wrong", "disabled", "enabled", "inactive", "revoked", "malformed", "error",
        "unauthorized", "forbidden",
    ]

    private static let particles: Set<String> = [
        "a", "an", "the", "is", "was", "are", "were", "has", "have", "had", "not", "no", "for", "of", "on", "in", "by",
        "to",
        "from", "with", "at", "and", "or", "too", "does", "did", "could", "cannot", "must",
    ]
}

/// The schemes of `Authorization` (RFC 9110, section 11.1, and what DHIS2 and AWS call theirs).
enum AuthenticationScheme {
    static let names: Set<String> = [
        "basic", "bearer", "apitoken", "token", "digest", "negotiate", "ntlm", "aws4-hmac-sha256", "key", "apikey",
    ]

    /// Whether a word is the name of one.
    static func isOne(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        word.count <= 16 && names.contains(String(decoding: word, as: UTF8.self).lowercased())
    }
}
