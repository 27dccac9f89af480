internal import FoundationEssentials

/// Finds credentials that are known by their shape, whoever sent them and under whatever name: personal access tokens of
/// DHIS2, JSON Web Tokens, private keys in PEM form, and passwords in URLs.
enum CredentialShapes {
    /// The parts of a text to hide, in order.
    static func places(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var index = 0
        var headers = HeaderSearch()
        while index < text.count {
            let place: Range<Int>? =
                switch text[index] {
                case UInt8(ascii: "d"): token(in: text, at: index)
                case UInt8(ascii: "e"): webToken(in: text, at: index, &headers)
                case UInt8(ascii: "-"): privateKey(in: text, at: index)
                case UInt8(ascii: ":"): password(in: text, at: index)
                case 0x20: authorization(in: text, atBlank: index)
                default: nil
                }
            if let place, !place.isEmpty { places.append(place) }
            index = max(index + 1, place?.upperBound ?? 0)
        }
        return places
    }

    /// The credentials of known shapes in a text.
    static func credentials(in text: String) -> [String] {
        var text = text
        return text.withUTF8 { text in places(in: text).map { String(decoding: text[$0], as: UTF8.self) } }
    }

    /// The fewest characters behind a prefix that make it a token; where the text was cut, fewer are enough.
    private static let leastToken = 8

    /// A personal access token: `d2pat_` or, since DHIS2 2.41, `d2p_`, and letters and digits.
    private static func token(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        guard start + 4 < text.count, text[start + 1] == UInt8(ascii: "2"), text[start + 2] == UInt8(ascii: "p") else {
            return nil
        }
        var index = start + 3
        if text[index...].starts(with: "at".utf8) { index += 2 }
        guard
            let underscore = ["_", "%5F", "%5f", #"\u005f"#, #"\u005F"#].first(where: {
                text[index...].starts(with: $0.utf8)
            })
        else { return nil }
        index += underscore.utf8.count
        let body = index
        while index < text.count, isLetterOrDigit(text[index]) { index += 1 }
        let isCut = text[index...].starts(with: SecretPattern.cutMark.utf8)
        return index - body >= (isCut ? 1 : leastToken) ? start..<index : nil
    }

    /// A JSON Web Token (RFC 7519, section 3): a header with `alg`, a dot, and what it signs or hides, as far as it goes.
    private static func webToken(
        in text: UnsafeBufferPointer<UInt8>,
        at start: Int,
        _ headers: inout HeaderSearch
    ) -> Range<Int>? {
        guard start + 2 < text.count, text[start + 1] == UInt8(ascii: "y") || text[start + 1] == UInt8(ascii: "w")
        else {
            return nil
        }
        var index = headers.end(in: text, from: start)
        guard index + 1 < text.count, text[index] == UInt8(ascii: "."), index - start <= longestHeader,
            headers.mayTry(), isHeader(text[start..<index])
        else { return nil }
        while index < text.count, isBase64(text[index]) || text[index] == UInt8(ascii: ".") { index += 1 }
        return start..<index
    }

    /// Knows where the word that is being looked at ends, so that a long word of many beginnings takes no more time than
    /// one of few.
    private struct HeaderSearch {
        private var wordEnd = 0
        private var attempts = 0

        /// Where the characters of Base64 end that go on from a place.
        mutating func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
            guard start >= wordEnd else { return wordEnd }
            wordEnd = start
            while wordEnd < text.count, isBase64(text[wordEnd]) { wordEnd += 1 }
            attempts = 0
            return wordEnd
        }

        /// Whether one more beginning of the same word may be decoded.
        mutating func mayTry() -> Bool {
            attempts += 1
            return attempts <= 16
        }
    }

    /// The longest header that is looked at, in characters; those in use have some fifty.
    private static let longestHeader = 2_048

    private static func isHeader(_ encoded: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var encoded = encoded.map {
            $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0
        }
        encoded += [UInt8](repeating: UInt8(ascii: "="), count: (4 - encoded.count % 4) % 4)
        guard let header = Data(base64Encoded: Data(encoded)) else { return false }
        return header.first == UInt8(ascii: "{") && header.firstRange(of: #""alg""#.utf8) != nil
    }

    /// A private key in PEM form (RFC 7468, sections 10 and 11), up to its end or to that of the text.
    private static func privateKey(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        // A form has plus signs for blanks.
        let begin = "-----BEGIN"
        guard text[start...].starts(with: begin.utf8) else { return nil }
        var index = start + begin.utf8.count
        let label = index
        while index < text.count, text[index] != UInt8(ascii: "-"), index - label < 64 { index += 1 }
        let words = String(decoding: text[label..<index], as: UTF8.self).replacing("+", with: " ")
        guard words.contains("PRIVATE KEY") else { return nil }
        let end = "-----END"
        while index < text.count, text[index] != UInt8(ascii: "-") || !text[index...].starts(with: end.utf8) {
            index += 1
        }
        guard index < text.count else { return start..<text.count }
        index += end.utf8.count
        while index < text.count, text[index] != UInt8(ascii: "-"), text[index] != 0x0A { index += 1 }
        while index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
        return start..<index
    }

    /// The password between `scheme://user:` and `@`; PHP writes JSON with `\/`.
    private static func password(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        guard let slashes = ["://", #":\/\/"#].first(where: { text[start...].starts(with: $0.utf8) }) else {
            return nil
        }
        let authority = start + slashes.utf8.count
        func end(of marks: String) -> Int {
            var index = authority
            while index < text.count, index - authority < longestAuthority, text[index] > 0x20,
                !marks.utf8.contains(text[index])
            {
                index += 1
            }
            return index
        }
        let plain = text[authority..<end(of: "/?#\"'<>")]
        if let at = plain.lastIndex(of: UInt8(ascii: "@")) {
            return plain[..<at].firstIndex(of: UInt8(ascii: ":")).map { $0 + 1..<at }
        }
        // A password that has not been encoded may hold what ends an authority; a port does not.
        guard let colon = plain.lastIndex(of: UInt8(ascii: ":")), colon + 1 < plain.endIndex,
            !plain[(colon + 1)...].allSatisfy({ (0x30...0x39).contains($0) }),
            let at = text[plain.endIndex..<end(of: "\"'<>")].lastIndex(of: UInt8(ascii: "@"))
        else { return nil }
        return colon + 1..<at
    }

    private static let longestAuthority = 512

    /// The credential behind the blank of `Bearer …`, `ApiToken …` or `Basic …` (RFC 9110, section 11.4).
    private static func authorization(in text: UnsafeBufferPointer<UInt8>, atBlank blank: Int) -> Range<Int>? {
        var start = blank
        while start > 0, isLetterOrDigit(text[start - 1]), blank - start < 9 { start -= 1 }
        let scheme = String(decoding: text[start..<blank], as: UTF8.self).lowercased()
        guard scheme == "bearer" || scheme == "apitoken" || scheme == "basic" else { return nil }
        var end = blank + 1
        while end < text.count, isBase64(text[end]) || "=.~".utf8.contains(text[end]) { end += 1 }
        let word = text[(blank + 1)..<end]
        guard word.count >= leastToken else { return nil }
        if scheme == "basic" {
            let isPair = Data(base64Encoded: Data(word)).map { $0.contains(UInt8(ascii: ":")) } ?? false
            return isPair ? blank + 1..<end : nil
        }
        return isLikeOne(word) ? blank + 1..<end : nil
    }

    /// Whether a word that may be a credential, of which nothing else is known, looks like one: long, and with a digit.
    static func isLikeOne(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        word.count >= leastToken && word.contains { (0x30...0x39).contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// Whether a byte is a character of Base64 for URLs (RFC 4648, section 5) or of the plain one.
    private static func isBase64(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "-_+/".utf8.contains(byte) }
}
