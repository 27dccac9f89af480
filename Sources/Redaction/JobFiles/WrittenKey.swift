internal import Checks
internal import Text

/// A word of a job file that is a key, or was meant to be one.
struct WrittenKey {
    /// Where the word stands, without quotation marks.
    let name: Range<Int>
    /// Where its value may begin: behind the colon, or whatever stands for one.
    let end: Int
    /// Whether something like a colon stands behind it.
    let hasMark: Bool
    /// Whether it stands where only a key can stand: first on its line, or first in a map or behind a comma.
    let isFirst: Bool

    /// The word that starts at a place; `nil` where none does.
    init?(in line: Slice<UnsafeBufferPointer<UInt8>>, at start: Int, isFirst: Bool) {
        guard start < line.endIndex else { return nil }
        var index = start
        let quote = line[index]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let word = index + 1
            guard let close = line[word...].firstIndex(of: quote), close > word else { return nil }
            name = word..<close
            index = close + 1
        } else {
            while index < line.endIndex, Self.isWordByte(line[index]) { index += 1 }
            guard index > start else { return nil }
            name = start..<index
        }
        let word = index
        while index < line.endIndex, Self.isBlank(line[index]) || Self.isMark(line, at: index) { index += 1 }
        hasMark = line[word..<index].contains { !Self.isBlank($0) }
        end = index
        self.isFirst = isFirst
    }

    /// Whether a byte can be part of a key without quotation marks.
    static func isWordByte(_ byte: UInt8) -> Bool { byte.isNameByte && byte != 0xEF || ".$*".utf8.contains(byte) }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether a byte is a colon or what is typed in place of one, `：` (U+FF1A) included.
    private static func isMark(_ line: Slice<UnsafeBufferPointer<UInt8>>, at index: Int) -> Bool {
        ":=;>".utf8.contains(line[index]) || line[index] == 0xEF || line[index] == 0xBC || line[index] == 0x9A
    }

    /// What a key is taken for, as far as secrets are concerned.
    enum Kind {
        /// Its value is a secret, or may be one.
        case secret
        /// One for a credential, but nothing stands between it and what follows.
        case secretWord
        case other
    }

    /// Words for credentials that somebody may have misspelt.
    private static let words = [
        "token", "password", "passwd", "passphrase", "secret", "credential", "credentials", "authorization", "apikey",
        "cookie",
    ]

    /// Whether a name is that of a credential, or was probably meant to be.
    ///
    /// Names that the language has for something else are no credentials.
    static func isCredential(_ name: String, _ names: SensitiveNames) -> Bool {
        if names.isKnown(name) { return true }
        guard !harmless.contains(name) else { return false }
        if [.parameter, .variable, .field].contains(where: { CredentialName.matches(name, in: $0) }) { return true }
        let letters = name.split { !$0.isLetter }.map(String.init)
        return (letters + [letters.joined()]).contains { part in
            let limit = part.count < 8 ? 1 : 2
            return part.count > 3 && closestMatch(to: part, among: words, within: limit) != nil
        }
    }

    /// Keys of the job language with a word for a credential in them that have no secret value.
    private static let harmless: Set<String> = ["token-file", "password-file", "session"]

    /// The keys of `server` whose values a person may see, and those whose values are looked at one by one.
    static let serverKeys: Set<String> = [
        "url", "token-file", "username", "password-file", "headers", "tls", "proxy", "connect-timeout", "version",
        "probe",
        "address-routes-by", "session", "redact", "ca", "cert", "key", "verify",
    ]

    /// The keys of a job file's outermost map but `server`.
    static let rootKeys = [
        "name", "description", "vars", "concurrency", "route-concurrency", "rate", "deadline", "max-failures",
        "defaults",
        "checks",
    ]

    /// Whether a key of the outermost map is `server`, or may have been meant to be.
    static func isServer(_ name: String) -> Bool {
        closestMatch(to: name, among: rootKeys + ["server"]).map { $0 == "server" } ?? true
    }
}
