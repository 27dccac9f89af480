/// Tells by its parts whether a name is that of a credential, such as `client-secret`, `X-Auth-Key` or `accessToken`.
///
/// A list of whole names would be short of the next service's. So a name is taken apart where its case changes and at
/// everything that is no letter, and each part is looked at: what counts is what a name is made of. It is better to hide
/// the value of a name that only looks like one than to show a credential.
package enum CredentialName {
    /// Where a name stands.
    package enum Place: Sendable {
        /// A header field, or a line that looks like one.
        case field
        /// A query parameter or a part of a form.
        case parameter
        /// A variable of the environment or of a job file.
        case variable
        /// A member of a JSON object, or an element of XML.
        case member
    }

    /// Whether a name is that of a credential.
    package static func matches(_ name: String, in place: Place) -> Bool {
        var name = name
        return name.withUTF8 { matches($0[...], in: place) }
    }

    /// Whether the bytes of a text are the name of a credential; escapes of a URL (`%5F`) in it are marks like `_`.
    ///
    /// Case does not matter to header fields, so that a change of case is not needed where it makes no sense (`aPiKeY`).
    package static func matches(_ name: Slice<UnsafeBufferPointer<UInt8>>, in place: Place) -> Bool {
        // A class of errors is named after what it is about: InvalidTokenException.
        guard !name.ends(with: "exception"), !name.ends(with: "error") else { return false }
        return inEitherSplit(name) { parts in
            // What kind of credential it is, is none: the token_type of RFC 6749, section 5.1.
            return hasCredentialPart(parts, in: place)
                && (place == .variable || parts.last?.isEqual(to: "type") != true)
        }
    }

    /// Whether a name says for certain that its value is a credential, and not perhaps a kind of one or a key of data:
    /// `token` and `apiKey`, but neither `key` nor `session`.
    package static func isCertain(_ name: String) -> Bool {
        inEitherSplit(name) { parts in
            var parts = parts
            var previous: NamePart?
            while let part = parts.next() {
                if isKey(part) || holds(part, one: certainWords) { return true }
                if let previous, part.isEqual(to: "key"), keyPurposes.contains(where: { previous.isEqual(to: $0) }) {
                    return true
                }
                previous = part
            }
            return false
        }
    }

    /// Whether the last part of a name says that its value is an address: `TOKEN_URL`, `tokenEndpoint`.
    package static func endsAsAddress(_ name: String) -> Bool {
        inEitherSplit(name) { parts in
            parts.last.map { last in addressWords.contains { last.isEqual(to: $0) } } ?? false
        }
    }

    private static let addressWords: [StaticString] = [
        "url", "uri", "endpoint", "host", "server", "issuer", "address", "base", "domain",
    ]

    /// Whether the last part of a name is a word for a credential, so that its value is one and nothing about one:
    /// `access_token`, but neither `token_type` nor `passwordExpired`.
    package static func endsAsCredential(_ name: String) -> Bool {
        inEitherSplit(name) { parts in
            guard let last = parts.last else { return false }
            return isKey(last) || last.isEqual(to: "key") || last.isEqual(to: "tokens")
                || certainWords.contains { last.ends(with: $0) }
        }
    }

    /// Whether something holds of the parts of a name, be it taken apart where its case changes or not.
    private static func inEitherSplit(_ name: String, _ holds: (Parts) -> Bool) -> Bool {
        var name = name
        return name.withUTF8 { inEitherSplit($0[...], holds) }
    }

    private static func inEitherSplit(_ name: Slice<UnsafeBufferPointer<UInt8>>, _ holds: (Parts) -> Bool) -> Bool {
        [false, true].contains { holds(Parts(name, splitsAtCase: $0)) }
    }

    private static func hasCredentialPart(_ parts: Parts, in place: Place) -> Bool {
        var parts = parts
        var previous: NamePart?
        while let part = parts.next() {
            if isStrong(part) || isShort(part, in: place, isLast: parts.isAtEnd)
                || isKeyOfCredential(part, after: previous, isLast: parts.isAtEnd, in: place)
                || part.isEqual(to: "code") && previous?.isEqual(to: "pin") == true
                || previous?.isEqual(to: "key") == true && keyContents.contains(where: { part.isEqual(to: $0) })
            {
                return true
            }
            previous = part
        }
        return false
    }

    /// Whether a part of a name stands for a credential wherever it stands.
    private static func isStrong(_ part: NamePart) -> Bool {
        switch part.count {
        case 3: ["sig", "jwt", "pwd", "psk", "otp", "dsn", "mdp"].contains { part.isEqual(to: $0) }
        case 4: ["auth", "csrf", "xsrf", "hmac", "cred", "totp"].contains { part.isEqual(to: $0) }
        case 5 where part.isEqual(to: "creds"): true
        default:
            ["auth", "jwt", "pwd", "signature", "pincode", "accesskeyid", "connectionstring"].contains {
                part.ends(with: $0)
            } || isKey(part) || holds(part, one: certainWords) || holds(part, one: otherWords)
        }
    }

    /// Words that no other word has in it; `secretariat` and `secretary` are the exception.
    private static let certainWords: [StaticString] = [
        "token", "secret", "password", "passwd", "passphrase", "passcode", "passwort", "motdepasse", "contrasena",
        "senha", "kennwort", "credential",
    ]

    /// Further ones, which can also stand for something that is no secret.
    private static let otherWords: [StaticString] = [
        "cookie", "session", "sessid", "authorization", "authentication", "bearer", "assertion", "samlresponse",
        "webhook",
    ]

    private static func holds(_ part: NamePart, one words: [StaticString]) -> Bool {
        words.contains { part.contains($0) } && !part.contains("secretar")
    }

    /// What the key itself is, where `key` is the first part of a name.
    private static let keyContents: [StaticString] = [
        "material", "value", "data", "bytes", "base", "hex", "pem", "hash", "content", "text",
    ]

    /// Whether a part is a key with what it is for, as those write it who do not separate words: `apikey`.
    private static func isKey(_ part: NamePart) -> Bool {
        let ending = part.ends(with: "key") ? 3 : part.ends(with: "keys") ? 4 : 0
        return ending > 0
            && keyPurposes.contains { part.count == $0.utf8CodeUnitCount + ending && part.starts(with: $0) }
    }

    private static let keyPurposes: [StaticString] = [
        "access", "account", "admin", "api", "app", "auth", "client", "consumer", "crypt", "deploy", "encryption",
        "function", "functions", "host", "license", "master", "pass", "private", "secret", "service", "shared", "sign",
        "signing", "ssh", "storage", "subscription", "user", "x",
    ]

    /// Whether the part `key` makes a credential of a name.
    ///
    /// What is called so and nothing else is mostly none in JSON. Nor are keys of data, of texts and of tables.
    private static func isKeyOfCredential(
        _ part: NamePart,
        after previous: NamePart?,
        isLast: Bool,
        in place: Place
    ) -> Bool {
        guard part.isEqual(to: "key") || part.isEqual(to: "keys") else { return false }
        // Settings of DHIS2 begin with it: keyUiLocale.
        guard let previous else { return place != .member }
        return !harmlessKeys.contains { previous.isEqual(to: $0) }
    }

    private static let harmlessKeys: [StaticString] = [
        "error", "message", "sort", "public", "foreign", "primary", "translation", "display", "group", "order", "map",
        "cache", "object", "row", "column", "property", "n", "i", "data", "partition", "natural", "unique",
    ]

    /// Whether a part is one that also has other meanings.
    ///
    /// In JSON `pass` can be the opposite of `fail`, and in a query `pat` a patient. The shortest mean something at the end
    /// alone: `GITLAB_PAT`, `user-pw`.
    private static func isShort(_ part: NamePart, in place: Place, isLast: Bool) -> Bool {
        switch part.count {
        case 2: isLast && part.isEqual(to: "pw")
        case 4 where part.isEqual(to: "dbpw"): true
        case 3:
            place != .member && isLast && (part.isEqual(to: "sid") || part.isEqual(to: "pin"))
                || part.isEqual(to: "pat") && (place == .variable || place == .field && isLast)
        case 4: part.isEqual(to: "pass") && place != .member
        case 5 where part.isEqual(to: "passe"): true
        default:
            place != .member && part.ends(with: "pass")
                && !["bypass", "compass", "surpass", "trespass", "overpass", "underpass"].contains {
                    part.ends(with: $0)
                }
        }
    }
}

/// A run of letters in a name, as its bytes; compared without regard to case.
private typealias NamePart = Slice<UnsafeBufferPointer<UInt8>>

extension NamePart {
    fileprivate func isEqual(to word: StaticString) -> Bool {
        count == word.utf8CodeUnitCount && starts(with: word)
    }

    fileprivate func starts(with word: StaticString) -> Bool { holds(word, at: startIndex) }

    fileprivate func ends(with word: StaticString) -> Bool { holds(word, at: endIndex - word.utf8CodeUnitCount) }

    fileprivate func contains(_ word: StaticString) -> Bool {
        count >= word.utf8CodeUnitCount
            && (startIndex...endIndex - word.utf8CodeUnitCount).contains { holds(word, at: $0) }
    }

    private func holds(_ word: StaticString, at start: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard start >= startIndex, start + length <= endIndex else { return false }
        let letters = word.utf8Start
        for offset in 0..<length where self[start + offset] | 0x20 != letters[offset] { return false }
        return true
    }
}

/// The parts of a name, one after the other.
private struct Parts {
    private var rest: Slice<UnsafeBufferPointer<UInt8>>
    private let splitsAtCase: Bool

    init(_ name: Slice<UnsafeBufferPointer<UInt8>>, splitsAtCase: Bool) {
        rest = name
        self.splitsAtCase = splitsAtCase
        skipMarks()
    }

    /// Whether there is no further part.
    var isAtEnd: Bool { rest.isEmpty }

    /// The last of them.
    var last: NamePart? {
        var parts = self
        var last: NamePart?
        while let part = parts.next() { last = part }
        return last
    }

    mutating func next() -> NamePart? {
        guard !rest.isEmpty else { return nil }
        let start = rest.startIndex
        var end = start + 1
        while end < rest.endIndex, Self.isLetter(rest[end]), !startsPart(at: end) { end += 1 }
        defer { skipMarks() }
        let part = rest[start..<end]
        rest = rest[end...]
        return part
    }

    /// Whether a letter begins a part although it follows a letter: `apiKey`, `APIKey`.
    private func startsPart(at index: Int) -> Bool {
        guard splitsAtCase, Self.isUpper(rest[index]) else { return false }
        guard Self.isUpper(rest[index - 1]) else { return true }
        return index + 1 < rest.endIndex && Self.isLower(rest[index + 1])
    }

    private mutating func skipMarks() {
        while let byte = rest.first, !Self.isLetter(byte) {
            let isEscape =
                byte == UInt8(ascii: "%") && rest.count >= 3
                && rest.dropFirst().prefix(2).allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
            rest = rest.dropFirst(isEscape ? 3 : 1)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) || byte >= 0x80 }

    private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
}
