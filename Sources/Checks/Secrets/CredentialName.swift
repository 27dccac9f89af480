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
        hasCredentialPart(Parts(name, splitsAtCase: false), in: place)
            || hasCredentialPart(Parts(name, splitsAtCase: true), in: place)
    }

    private static func hasCredentialPart(_ parts: Parts, in place: Place) -> Bool {
        var parts = parts
        var isFirst = true
        var isWeak = false
        while let part = parts.next() {
            if isStrong(part) { return true }
            if isFirst, parts.isAtEnd, place == .member { return false }
            isWeak = isShort(part, in: place)
            if isWeak, part.isEqual(to: "key") || part.isEqual(to: "pass") { return true }
            isFirst = false
        }
        // The others are too short to mean anything but at the end: GITLAB_PAT, user-pw.
        return isWeak
    }

    /// Whether a part of a name stands for a credential wherever it stands.
    private static func isStrong(_ part: NamePart) -> Bool {
        switch part.count {
        case 3: ["sig", "jwt", "pwd", "psk", "otp"].contains { part.isEqual(to: $0) }
        case 4: ["auth", "csrf", "xsrf", "hmac", "cred"].contains { part.isEqual(to: $0) }
        case 5 where part.isEqual(to: "creds"): true
        default:
            part.ends(with: "auth") || part.ends(with: "jwt") || part.ends(with: "signature") || isKey(part)
                || strongWords.contains { part.contains($0) } && !part.contains("secretar")
        }
    }

    /// Words that no other word has in it; `secretariat` and `secretary` are the exception.
    private static let strongWords: [StaticString] = [
        "token", "secret", "password", "passwd", "passphrase", "passcode", "passwort", "credential", "cookie",
        "session",
        "sessid", "authorization", "authentication", "bearer",
    ]

    /// Whether a part is a key with what it is for, as those write it who do not separate words: `apikey`.
    private static func isKey(_ part: NamePart) -> Bool {
        part.ends(with: "key")
            && keyPurposes.contains { part.count == $0.utf8CodeUnitCount + 3 && part.starts(with: $0) }
    }

    private static let keyPurposes: [StaticString] = [
        "access", "account", "admin", "api", "app", "auth", "client", "consumer", "crypt", "deploy", "encryption",
        "function", "functions", "host", "license", "master", "private", "secret", "service", "shared", "sign",
        "signing",
        "ssh", "storage", "subscription", "user", "x",
    ]

    /// Whether a part is one that also has other meanings.
    ///
    /// What is called `key` and nothing else is mostly no credential in JSON; `pass` can be the opposite of `fail` there,
    /// and `pat` a patient in a query.
    private static func isShort(_ part: NamePart, in place: Place) -> Bool {
        switch part.count {
        case 2: part.isEqual(to: "pw")
        case 3:
            part.isEqual(to: "key") || part.isEqual(to: "sid") && place != .member
                || part.isEqual(to: "pat") && (place == .variable || place == .field)
        case 4: part.isEqual(to: "pass") && place != .member
        default: false
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
