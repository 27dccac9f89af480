/// What credentials a request can carry.
///
/// The client and the job file both ask it, so that what a run refuses before it sends anything is known when the file is
/// checked.
package enum CredentialRules {
    /// Whether a token can be sent: visible ASCII characters only.
    package static func canSend(token: String) -> Bool {
        token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// Whether a username or a password can be sent: no control characters.
    package static func canSend(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }

    // MARK: What surrounds a secret

    /// A token without what certainly is no part of it: a byte order mark, and white space around it.
    package static func trimmed(token: String) -> String {
        var rest = token.unicodeScalars[...]
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(rest)
    }

    /// A password without what certainly is no part of it: a byte order mark, and breaks of the line at its end.
    ///
    /// Files that hold a password have them. A blank can be the last character of one.
    package static func trimmed(password: String) -> String {
        var rest = password.unicodeScalars[...]
        if rest.first == "\u{FEFF}" { rest.removeFirst() }
        while rest.last == "\n" || rest.last == "\r" { rest.removeLast() }
        return String(rest)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
    }

    /// What somebody has written around a token, or in place of one.
    package struct Mistake: Hashable, Sendable {
        /// What is wrong, as a clause after the name of the token, such as `begins with "ApiToken"`.
        package let clause: String
        /// What to do about it, as a clause.
        package let help: String
    }

    /// What is wrong with a token that has been trimmed; `nil` if it can be sent as it is.
    package static func mistake(inToken token: String) -> Mistake? {
        if let quote = token.first, "\"'`“”„‘’«»".contains(quote) || token.last.map("\"'”’".contains) == true {
            return Mistake(clause: "is in quotation marks", help: "leave out the quotation marks")
        }
        if let prefix = prefix(of: token) {
            let help = "leave out the prefix \(prefix)"
            return Mistake(
                clause: "begins with \"\(prefix)\"",
                help: "\(help); routecheck sends it as Authorization: ApiToken"
            )
        }
        if let equals = token.firstIndex(of: "="),
            token[..<equals].allSatisfy({ $0.isLetter || $0.isNumber || "_ ".contains($0) })
        {
            let name = token[...equals]
            return Mistake(clause: "begins with \"\(name)\"", help: "leave out \"\(name)\" and keep the token alone")
        }
        if token.contains(where: \.isNewline) {
            return Mistake(clause: "holds a line break", help: "keep the token alone, on one line")
        }
        if token.unicodeScalars.contains(where: isBlank) {
            return Mistake(clause: "holds a blank", help: "keep the token alone")
        }
        if ["null", "none", "nil", "undefined", "true", "false"].contains(token.lowercased()) {
            return Mistake(clause: "is the word \"\(token)\"", help: "what was to fill it in had no token")
        }
        guard let other = token.unicodeScalars.first(where: { !isOfToken($0) }) else { return nil }
        let isShown = other.isASCII && other.value > 0x20 && other.value < 0x7F
        return Mistake(
            clause: isShown ? "holds a \"\(other)\"" : "holds a control character or a character beyond ASCII",
            help: "copy the token once more; it is of letters, digits and \"_\""
        )
    }

    /// Whether a character can be part of a token; DHIS2's have letters, digits and `_`, and others `-` and `.` as well.
    private static func isOfToken(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            && (scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value)
                || "_-.".unicodeScalars.contains(scalar))
    }

    /// The word in front of a token by which `Authorization` says what it is (RFC 9110, section 11.4).
    private static func prefix(of token: String) -> String? {
        let words = token.split(maxSplits: 2, omittingEmptySubsequences: true) { $0.isWhitespace || $0 == ":" }
        guard words.count > 1, let first = words.first else { return nil }
        let schemes = ["apitoken", "bearer", "basic", "token", "authorization"]
        guard schemes.contains(first.lowercased()) else { return nil }
        guard first.lowercased() == "authorization", words.count > 2 else { return String(first) }
        return "\(first): \(words[1])"
    }
}
