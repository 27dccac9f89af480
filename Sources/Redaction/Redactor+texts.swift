internal import LinearRegex
import Text

extension Redactor {
    /// The text without secrets, without values of sensitive names, and without what the patterns find.
    public func redact(_ text: String) -> RedactedText {
        var text = text
        hide(in: &text)
        return Redacted(text)
    }

    /// The text without secrets and without what the patterns find; values of sensitive names are left in it.
    func redactSecrets(in text: String) -> RedactedText {
        var text = text
        replace(text.withUTF8 { valueScanner.scan($0).hidden }, in: &text)
        hideShapes(in: &text)
        hidePatterns(in: &text)
        return Redacted(text)
    }

    /// Hides from a text what ``redact(_:)-(String)`` hides; most texts stay as they are and are not copied.
    func hide(in text: inout String) {
        let (secrets, marks) = text.withUTF8 { text in
            let marks = Marks(in: text)
            let found = valueScanner.scan(text).hidden
            return (marks.hasCut ? HiddenRanges(found.ranges + tails(in: text)) : found, marks)
        }
        replace(secrets, in: &text)
        if marks.mayNameValues { replace(HiddenRanges(text.withUTF8(names.values)), in: &text) }
        hideShapes(in: &text)
        if marks.mayBeEscaped { hideEscaped(in: &text) { names.values(in: $0) + CredentialShapes.places(in: $0) } }
        hidePatterns(in: &text)
    }

    /// Hides what is found where marks are escaped.
    private func hideEscaped(in text: inout String, _ find: (UnsafeBufferPointer<UInt8>) -> [Range<Int>]) {
        let hidden = text.withUTF8 { text -> [Range<Int>] in
            DecodedText.layers(of: text).flatMap { decoded in
                decoded.bytes.withUnsafeBufferPointer(find).map(decoded.origin)
            }
        }
        replace(HiddenRanges(hidden), in: &text)
    }

    /// Hides from the job's author's own words what is known to be a secret.
    ///
    /// A name such as `Auth: login works` is no header field. What a name was made of can be: `[token=…]`.
    func hide(inWords text: inout String) {
        replace(text.withUTF8 { valueScanner.scan($0).hidden }, in: &text)
        if text.utf8.contains(UInt8(ascii: "=")) {
            replace(HiddenRanges(text.withUTF8(names.valuesOfParameters)), in: &text)
            if text.utf8.contains(where: { "%\\".utf8.contains($0) }) {
                hideEscaped(in: &text) { names.valuesOfParameters(in: $0) }
            }
        }
        hideShapes(in: &text)
        hidePatterns(in: &text)
    }

    /// Hides secrets from the author's own words, if there are any.
    func hide(inWords text: inout String?) {
        guard var content = text else { return }
        hide(inWords: &content)
        text = content
    }

    /// Hides secrets from a text, if there is one.
    func hide(in text: inout String?) {
        guard var content = text else { return }
        hide(in: &content)
        text = content
    }

    /// Hides secrets from the beginning of a longer text, also the beginning of a secret at its end.
    func hide(inBeginning text: inout String) {
        text += SecretPattern.cutMark
        hide(in: &text)
        if text.hasSuffix(SecretPattern.cutMark) { text.removeLast() }
    }

    /// Hides secrets from lines, also those that go on from one line to the next.
    func hide(in lines: inout [String]) {
        guard !lines.isEmpty else { return }
        let joined = lines.joined(separator: "\n")
        var redacted = joined
        hide(in: &redacted)
        guard redacted != joined else { return }
        lines = redacted.lines
    }

    /// Hides secrets from the lines of an excerpt, and the values of nodes that stand under a sensitive name.
    func hide(inExcerpt lines: inout [String]) {
        hide(in: &lines)
        for index in lines.indices {
            let line = lines[index]
            guard line.drop(while: { "-+ ".contains($0) }).hasPrefix("$"),
                let colon = line.firstRange(of: ": "),
                hides(String(line[colon.upperBound...]), saidOf: String(line[..<colon.lowerBound]))
            else { continue }
            lines[index] = line[..<colon.upperBound] + Self.replacement
        }
    }

    /// Whether what is said of a header field with a sensitive name, or of a JSON path on which there is one, is hidden.
    ///
    /// That there is something or nothing is no secret. Under a name of JSON that only has a word for a credential in it, `signatureRequired`, a number or a truth is data.
    func hides(_ text: String, saidOf location: String) -> Bool {
        var path = location.drop { "-+ ".contains($0) }
        return path.withUTF8 { path in
            guard names.hidesWhat(isAt: path) else { return false }
            if Self.kinds.contains(text) { return false }
            return path.first != UInt8(ascii: "$") || names.isKnownWhat(isAt: path) || Self.mayShowValue(text)
        }
    }

    /// What is said of a value that shows nothing of it but its kind.
    static let kinds: Set<String> = [
        "something", "nothing", "no such field", "null", "a string", "a number", "a boolean", "an array", "an object",
    ]

    /// Whether a text about a value shows some text of it: that stands in quotation marks, and a pattern in slashes.
    private static func mayShowValue(_ text: String) -> Bool {
        var digits = 0
        for byte in text.utf8 {
            digits = isDigit(byte) ? digits + 1 : 0
            if digits >= 6 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "/") || byte == 0xE2 { return true }
        }
        return false
    }

    private func hideShapes(in text: inout String) {
        replace(HiddenRanges(text.withUTF8(CredentialShapes.places)), in: &text)
    }

    private func hidePatterns(in text: inout String) {
        for pattern in patterns {
            replace(HiddenRanges(pattern.matches(in: text).filter { !$0.isEmpty }), in: &text)
        }
    }

    private func replace(_ hidden: HiddenRanges, in text: inout String) {
        if !hidden.isEmpty { text = hidden.replaced(in: text) }
    }

    /// What a text may need beside a search for secrets; most values need nothing.
    private struct Marks {
        /// Names stand in front of a mark.
        var mayNameValues = false
        /// Marks may be written as escapes.
        var mayBeEscaped = false
        /// A text that was cut may begin in the middle of a secret.
        var hasCut = false

        init(in text: UnsafeBufferPointer<UInt8>) {
            for byte in text {
                if NamedValue.isMark(byte) || byte == UInt8(ascii: ",") {
                    mayNameValues = true
                } else if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "\\") {
                    mayBeEscaped = true
                } else if byte == 0xE2 {
                    hasCut = true
                }
            }
        }
    }

    /// The ends of secrets that stand behind the mark of a cut, which may have gone through a character's spelling.
    private func tails(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        let mark = Array(SecretPattern.cutMark.utf8)
        return text.indices.compactMap { index in
            guard text[index] == mark[0], text[index...].starts(with: mark) else { return nil }
            let start = index + mark.count
            var place = start
            repeat {
                if let end = tailEnd(in: text, from: place) { return start..<end }
                guard place < text.count, Self.isPartOfEscape(text[place]) else { break }
                place += 1
            } while place - start < PatternAttempt.longestCutSpelling
            return Self.unknownTail(in: text, from: start)
        }
    }

    /// A word behind a cut that may be the end of a credential whose beginning, and so whose name or shape, is gone: long,
    /// with a digit in it, and no path of words and numbers such as `facility-list/page-2`.
    private static func unknownTail(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
        var end = start
        while end < text.count, isPartOfToken(text[end]) { end += 1 }
        let word = text[start..<end]
        let isPath = word.split { "-_./~".utf8.contains($0) }.allSatisfy { piece in
            piece.count < 3 || piece.allSatisfy(isDigit) || piece.allSatisfy(isLetter)
        }
        return CredentialShapes.isLikeOne(word) && !isPath ? start..<end : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isPartOfToken(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || "-_.~+/=".utf8.contains(byte)
    }

    private static func isPartOfEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: "%&#;uxn".utf8.contains(byte)
        }
    }
}
