internal import Checks
internal import LinearRegex
public import SourceDiagnostics

/// The tokens and passwords that a job file has written out, found without decoding it.
///
/// A file that cannot be decoded is shown to a person all the same, line by line, and what it keeps secret must not be.
/// So this goes by the text alone. What follows a key for a credential or one that `redact` names is hidden, and in what
/// may be the settings of the server also what follows a key that is none of the language's, since that can be a credential
/// whose key was misspelt. So is what a pattern of `redact` finds, what has the shape of a credential, and what a URL has
/// in front of its `@`.
public enum LiteralSecrets {
    /// Where the secrets stand, as ranges of the source's bytes, in order and apart from each other.
    ///
    /// - Parameters:
    ///   - source: The job file.
    ///   - names: Further keys whose values are secret, whatever the case.
    public static func places(in source: SourceText, names: [String] = []) -> [Range<Int>] {
        find(in: source, names: names).all.ranges
    }

    /// Where the secrets stand, and which of them are secrets for certain, however short they are.
    static func find(in source: SourceText, names: [String]) -> (all: HiddenRanges, certain: HiddenRanges) {
        let bytes = source.bytes
        let redaction = WrittenRedaction(in: source)
        let scan = KeyScan.run(on: bytes, names: SensitiveNames(names + redaction.names))
        let shapes = bytes.withUnsafeBufferPointer(CredentialShapes.places)
        let matches = redaction.patterns.flatMap { $0.matches(in: bytes.span) }
        let known = users(in: bytes) + shapes + matches + redaction.values
        func ranges(_ places: [Range<Int>]) -> HiddenRanges {
            HiddenRanges((places.map { literal(in: $0, of: bytes, scan.defined) } + known).filter { !$0.isEmpty })
        }
        return (ranges(scan.places), ranges(scan.certain))
    }

    /// What of a value is written out: all but the references in front, to variables without a default or to an anchor.
    ///
    /// - Parameter defined: The anchors and keys of the file.
    private static func literal(
        in value: Range<Int>,
        of bytes: [UInt8],
        _ defined: Set<KeyScan.Reference>
    ) -> Range<Int> {
        if bytes[value].first == UInt8(ascii: "*") {
            let name = bytes[value].dropFirst().prefix { !" \t,".utf8.contains($0) }
            guard defined.contains(.anchor(String(decoding: name, as: UTF8.self))) else { return value }
            return min(
                YAMLText.skip(in: bytes, from: name.endIndex) { $0 == 0x20 },
                value.upperBound
            )..<value.upperBound
        }
        var start = value.lowerBound
        while start < value.upperBound, let end = YAMLText.referenceEnd(in: bytes[...], at: start),
            let name = YAMLText.referenceName(in: bytes[...], at: start)
        {
            let variable = String(decoding: bytes[name], as: UTF8.self)
            guard isName(variable) || defined.contains(.variable(variable)) else { break }
            start = YAMLText.skip(in: bytes, from: end) { $0 == 0x20 }
        }
        return min(start, value.upperBound)..<value.upperBound
    }

    /// Whether a reference to a variable has a name in it, and not the secret itself in place of one.
    package static func isName(_ variable: String) -> Bool {
        let startsWithDigit = variable.utf8.first.map { (0x30...0x39).contains($0) } ?? false
        return !startsWithDigit && !hasKey(variable)
    }

    /// Whether somebody has written a secret in place of the name of a file.
    package static func isOne(inPlaceOfFile name: String) -> Bool {
        let hasMark =
            name.utf8.count >= 10 && name.contains { $0.isASCII && !$0.isLetter && !$0.isNumber && !"-_ ".contains($0) }
        return !name.utf8.contains { "./".utf8.contains($0) } && (hasKey(name) || hasMark)
    }

    /// Whether somebody has written a secret in place of the name that it stands under.
    package static func isOne(inPlaceOfName item: String) -> Bool {
        // A uid of DHIS2 is a name of data, and so is what has one number in it: x509certificate.
        hasKey(item) && item.utf8.count != 11 && item.split { !$0.isNumber }.count > 1 && !item.hasPrefix("/")
            && !CredentialName.matches(item, in: .parameter)
    }

    /// Whether a piece of a name is no word with a number behind it: long, of letters with digits between them.
    private static func hasKey(_ name: String) -> Bool {
        name.split { !$0.isLetter && !$0.isNumber }.contains { piece in
            let letters = piece.drop(while: \.isLetter).drop(while: \.isNumber)
            return piece.utf8.count >= 10 && !letters.isEmpty && piece.contains(where: \.isNumber)
                && piece.contains(where: \.isLetter)
        }
    }

    /// What URLs have in front of their `@`.
    private static func users(in bytes: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        for index in bytes.indices {
            let place: Range<Int>? =
                switch bytes[index] {
                case UInt8(ascii: ":"): userPlace(in: bytes, at: index)
                case UInt8(ascii: "@") where places.last?.upperBound != index: bareUserPlace(in: bytes, before: index)
                default: nil
                }
            if let place { places.append(place) }
        }
        return places
    }

    /// What stands between `://` and the last `@` of a URL's authority.
    private static func userPlace(in bytes: [UInt8], at start: Int) -> Range<Int>? {
        guard bytes[start...].starts(with: "://".utf8) else { return nil }
        let authority = start + 3
        let bytes = bytes[..<min(bytes.count, authority + longestAuthority)]
        let end = bytes[authority...].firstIndex { "/?# \"'\r\n".utf8.contains($0) } ?? bytes.endIndex
        let isSure = bytes[authority..<end].contains(UInt8(ascii: "@"))
        // A password that has not been encoded may hold what ends an authority, or a blank.
        for passesBlanks in [false, true] {
            let marks = passesBlanks ? "\"'\r\n" : " \"'\r\n"
            var longest = bytes[authority...].firstIndex { marks.utf8.contains($0) } ?? bytes.endIndex
            for mark in [" #", ", "] {
                if let place = bytes[authority..<longest].firstRange(of: Array(mark.utf8)) {
                    longest = place.lowerBound
                }
            }
            guard !passesBlanks || isSure || mayGoOn(bytes[authority..<end]),
                let at = bytes[authority..<longest].lastIndex(of: UInt8(ascii: "@")),
                isSure || bytes[authority..<at].contains(UInt8(ascii: ":"))
            else { continue }
            return authority..<at
        }
        return nil
    }

    /// Whether a blank may be one of the password, and not what ends a host and its port.
    private static func mayGoOn(_ authority: ArraySlice<UInt8>) -> Bool {
        guard let colon = authority.firstIndex(of: UInt8(ascii: ":")) else { return false }
        return !authority[(colon + 1)...].allSatisfy { (0x30...0x39).contains($0) }
    }

    /// More bytes than a user, a password and a host take.
    private static let longestAuthority = 512

    /// What stands in front of an `@` without a scheme, if it is a name and a password.
    private static func bareUserPlace(in bytes: [UInt8], before end: Int) -> Range<Int>? {
        var start = end
        while start > 0, end - start < longestAuthority, !" \"'\t\r\n[{,".utf8.contains(bytes[start - 1]) { start -= 1 }
        guard let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")),
            !bytes[colon..<end].starts(with: "://".utf8)
        else { return nil }
        return start..<end
    }
}

/// What a job file's `redact` names, read as text, for files that cannot be decoded.
private struct WrittenRedaction {
    private(set) var names: [String] = []
    private(set) var patterns: [RegexPattern] = []
    /// Where somebody has written a secret in place of the name that it stands under.
    private(set) var values: [Range<Int>] = []

    init(in source: SourceText) {
        let bytes = source.bytes
        let key = Array("redact".utf8)
        var index = 0
        var count = 0
        // A job file has one; a file that is broken may have it twice, or a thousand times to no purpose.
        while index + key.count < bytes.count, count < 16 {
            guard bytes[index] == key[0], bytes[index...].starts(with: key),
                index == 0 || !bytes[index - 1].isNameByte
            else {
                index += 1
                continue
            }
            index += key.count
            if bytes[index].isQuote { index += 1 }
            index = YAMLText.skip(in: bytes, from: index) { $0 == UInt8(ascii: " ") }
            guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { continue }
            count += 1
            for place in YAMLText.values(in: bytes, from: index + 1, isFlow: Self.isInFlow(bytes, index)) {
                let item = String(decoding: bytes[place], as: UTF8.self)
                if LiteralSecrets.isOne(inPlaceOfName: item) { values.append(place) }
                add(item)
            }
        }
    }

    /// Whether a bracket that was opened earlier on the line is still open at a place.
    private static func isInFlow(_ bytes: [UInt8], _ place: Int) -> Bool {
        let line = bytes[..<place].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
        return bytes[line..<place].reduce(0) { depth, byte in
            "{[".utf8.contains(byte) ? depth + 1 : "}]".utf8.contains(byte) ? depth - 1 : depth
        } > 0
    }

    private mutating func add(_ item: String) {
        guard item.hasPrefix("/"), item.hasSuffix("/"), item.count > 2 else {
            names.append(item)
            return
        }
        // A pattern that is none is one of the file's mistakes, and is told as such.
        if let pattern = try? RegexPattern(String(item.dropFirst().dropLast())) { patterns.append(pattern) }
    }
}
