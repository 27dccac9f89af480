internal import LinearRegex
public import SourceDiagnostics
internal import Text

/// The tokens and passwords that a job file has written out, found without decoding it.
///
/// A file that cannot be decoded is shown to a person all the same, line by line, and what it keeps secret must not be.
/// So this goes by the text alone: what follows a key that holds a secret or that `redact` names, what a pattern of
/// `redact` finds, and what a URL has in front of its `@`.
public enum LiteralSecrets {
    /// Where the secrets stand, as ranges of the source's bytes, in order and apart from each other.
    ///
    /// - Parameters:
    ///   - source: The job file.
    ///   - names: Further keys whose values are secret, whatever the case.
    public static func places(in source: SourceText, names: [String] = []) -> [Range<Int>] {
        let bytes = source.bytes
        let redaction = WrittenRedaction(in: source)
        let keys = Set((["token", "password"] + names + redaction.names).map { $0.lowercased() })
            .subtracting([""]).map { Array($0.utf8) }.sorted { $0.count > $1.count }
        let isFirst = ByteSet(keys.map { $0[0] }, ignoringCase: true)
        var places: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            // Nearly every byte is none of those that a key or the end of a scheme begins with.
            let byte = bytes[index]
            let found: [Range<Int>] =
                switch byte {
                case UInt8(ascii: ":"): userPlace(in: bytes, at: index).map { [$0] } ?? []
                case UInt8(ascii: "@") where places.last?.upperBound != index:
                    bareUserPlace(in: bytes, before: index).map { [$0] } ?? []
                case _ where isFirst.contains(byte): valuePlaces(in: bytes, at: index, keys: keys)
                default: []
                }
            places += found.filter { !$0.isEmpty && !holdsReference(bytes[$0]) }
            index = max(index + 1, found.last?.upperBound ?? 0)
        }
        let matches = redaction.patterns.flatMap { $0.matches(in: bytes.span) }.filter { !$0.isEmpty }
        return HiddenRanges(places + matches).ranges
    }

    /// The values behind a key that starts at an index: one, or each item of a list.
    private static func valuePlaces(in bytes: [UInt8], at start: Int, keys: [[UInt8]]) -> [Range<Int>] {
        guard start == 0 || !bytes[start - 1].isNameByte,
            let key = keys.first(where: { key in
                bytes[start...].prefix(key.count).elementsEqual(key) { $0.lowercased == $1 }
            })
        else { return [] }
        var index = start + key.count
        if index < bytes.count, YAMLText.isQuote(bytes[index]) { index += 1 }
        index = YAMLText.skip(in: bytes, from: index) { $0 == UInt8(ascii: " ") }
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return [] }
        return YAMLText.values(in: bytes, from: index + 1)
    }

    /// What stands between `://` and the last `@` of a URL's authority.
    private static func userPlace(in bytes: [UInt8], at start: Int) -> Range<Int>? {
        guard bytes[start...].starts(with: "://".utf8) else { return nil }
        let authority = start + 3
        let end = YAMLText.skip(in: bytes, from: authority) { !"/?# \"'\r\n".utf8.contains($0) }
        if let at = bytes[authority..<end].lastIndex(of: UInt8(ascii: "@")) { return authority..<at }
        // A password that has not been encoded may hold what ends an authority.
        let longest = YAMLText.skip(in: bytes, from: end) { !" \"'\r\n".utf8.contains($0) }
        guard let at = bytes[authority..<longest].lastIndex(of: UInt8(ascii: "@")),
            bytes[authority..<at].contains(UInt8(ascii: ":"))
        else { return nil }
        return authority..<at
    }

    /// What stands in front of an `@` without a scheme, if it is a name and a password.
    private static func bareUserPlace(in bytes: [UInt8], before end: Int) -> Range<Int>? {
        var start = end
        while start > 0, !" \"'\t\r\n[{,".utf8.contains(bytes[start - 1]) { start -= 1 }
        guard let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")),
            !bytes[colon..<end].starts(with: "://".utf8)
        else { return nil }
        return start..<end
    }

    private static func holdsReference(_ value: ArraySlice<UInt8>) -> Bool {
        value.starts(with: "${".utf8)
    }
}

/// What a job file's `redact` names, read as text, for files that cannot be decoded.
private struct WrittenRedaction {
    private(set) var names: [String] = []
    private(set) var patterns: [RegexPattern] = []

    init(in source: SourceText) {
        let bytes = source.bytes
        let key = Array("redact".utf8)
        var index = 0
        while index + key.count < bytes.count {
            guard bytes[index] == key[0], bytes[index...].starts(with: key),
                index == 0 || !bytes[index - 1].isNameByte
            else {
                index += 1
                continue
            }
            index += key.count
            if YAMLText.isQuote(bytes[index]) { index += 1 }
            index = YAMLText.skip(in: bytes, from: index) { $0 == UInt8(ascii: " ") }
            guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { continue }
            for place in YAMLText.values(in: bytes, from: index + 1) {
                add(String(decoding: bytes[place], as: UTF8.self))
            }
        }
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
