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
    /// Whether it is an anchor, which is no key but has a value as one has.
    private(set) var isAnchor = false

    /// A name for what stands behind a place.
    init(name: Range<Int>, end: Int) {
        self.name = name
        self.end = end
        hasMark = true
        isFirst = false
    }

    /// The anchor (`&name`) at a place; `nil` where none is.
    init?(anchorIn line: Slice<UnsafeBufferPointer<UInt8>>, at start: Int) {
        guard line[start] == UInt8(ascii: "&"), start == line.startIndex || " \t[{,:-".utf8.contains(line[start - 1])
        else { return nil }
        let name = line[(start + 1)...].prefix { !$0.isBlank && !",[]{}".utf8.contains($0) }
        guard !name.isEmpty, name.count <= Self.longest else { return nil }
        self.init(
            name: name.startIndex..<name.endIndex,
            end: line[name.endIndex...].firstIndex { !$0.isBlank } ?? line.endIndex
        )
        isAnchor = true
    }

    /// The word that starts at a place; `nil` where none does.
    init?(in line: Slice<UnsafeBufferPointer<UInt8>>, at start: Int, isFirst: Bool) {
        guard start < line.endIndex else { return nil }
        var index = start
        let quote = line[index]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let word = index + 1
            guard let close = line[word...].firstIndex(of: quote), close > word else { return nil }
            // A text that has a key and its value in it stands where a map belongs: "X-Api-Key: abc".
            if !line[word].isQuote, let inner = Self(in: line, at: word, isFirst: isFirst), inner.hasMark,
                inner.end < close,
                !Self.hasMark(in: line, behind: close + 1)
            {
                self = inner
                return
            }
            name = word..<close
            index = close + 1
        } else {
            while index < line.endIndex, Self.isWordByte(line[index]) { index += 1 }
            guard index > start else { return nil }
            name = start..<index
        }
        let word = index
        while index < line.endIndex, line[index].isBlank || Self.isMark(line, at: index) { index += 1 }
        hasMark = line[word..<index].contains { !$0.isBlank }
        end = index
        self.isFirst = isFirst
    }

    /// Whether a byte can be part of a key without quotation marks.
    static func isWordByte(_ byte: UInt8) -> Bool { byte.isNameByte && byte != 0xEF || ".$*".utf8.contains(byte) }

    /// Whether a byte is a colon or what is typed in place of one, `：` (U+FF1A) included.
    private static func isMark(_ line: Slice<UnsafeBufferPointer<UInt8>>, at index: Int) -> Bool {
        ":=;>".utf8.contains(line[index]) || line[index] == 0xEF || line[index] == 0xBC || line[index] == 0x9A
    }

    private static func hasMark(in line: Slice<UnsafeBufferPointer<UInt8>>, behind start: Int) -> Bool {
        guard let index = line[start...].firstIndex(where: { !$0.isBlank }) else { return false }
        return isMark(line, at: index)
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
        guard !files.contains(name), name != "session", name.utf8.count <= longest else { return false }
        if [.parameter, .variable, .field].contains(where: { CredentialName.matches(name, in: $0) }) { return true }
        let letters = name.split { !$0.isLetter }.map(String.init)
        return (letters + [letters.joined()]).contains { part in
            let limit = part.count < 8 ? 1 : 2
            return part.count > 3 && closestMatch(to: part, among: words, within: limit) != nil
        }
    }

    /// The keys whose values are the names of files with a secret in them.
    static let files: Set<String> = ["token-file", "password-file"]

    /// More bytes than any key has.
    static let longest = 256

    /// The keys of `server` whose values a person may see, and those whose values are looked at one by one.
    static let serverKeys: Set<String> = [
        "url", "token-file", "username", "password-file", "headers", "tls", "proxy", "connect-timeout", "version",
        "probe", "address-routes-by", "session", "redact", "ca", "cert", "key", "verify",
    ]

    /// The keys of a job file's outermost map but `server`.
    static let rootKeys = [
        "name", "description", "vars", "concurrency", "route-concurrency", "rate", "deadline", "max-failures",
        "defaults", "checks",
    ]

    /// Whether a word is one of the language, which messages must still have.
    static func isOwn(_ word: String) -> Bool { serverKeys.contains(word) || rootKeys.contains(word) }

    /// Whether a key of the outermost map is `server`, or may have been meant to be.
    static func isServer(_ name: String) -> Bool {
        closestMatch(to: name, among: rootKeys + ["server"]).map { $0 == "server" } ?? true
    }

    /// Whether a key's value is a map with names and credentials in it, in whose place somebody may write a list.
    static func hasOwnNames(_ name: String, isServer: Bool) -> Bool {
        isServer && !serverKeys.contains(name)
            || closestMatch(
                to: name,
                among: ["vars", "variables", "headers", "params", "parameters", "env"],
                within: 1
            ) != nil
    }

    /// Whether a key, in a map beside one for a value, says what the value is called: `{name: X-Api-Key, value: abc}`.
    static func isLabel(_ name: String) -> Bool {
        ["name", "key", "header", "field", "id", "param", "parameter", "property", "variable", "var", "k", "n"]
            .contains(name.lowercased())
    }

    /// Whether a key is one for the value of what is named beside it.
    static func isLabelled(_ name: String) -> Bool {
        ["value", "val", "v", "content", "text", "default"].contains(name.lowercased())
    }
}
