public import SourceDiagnostics

/// The tokens and passwords that a job file has written out, found without decoding it.
///
/// A file that cannot be decoded is shown to a person all the same, line by line, and what it keeps secret must not be.
/// So this goes by the text alone: what follows a key that holds a secret, and what a URL has in front of its `@`.
public enum LiteralSecrets {
    private static let keys = ["token", "password"].map { Array($0.utf8) }

    /// Where the secrets stand, as ranges of the source's bytes, in order.
    public static func places(in source: SourceText) -> [Range<Int>] {
        let bytes = source.bytes
        var places: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            // Nearly every byte is none of those that a key or the end of a scheme begins with.
            let place: Range<Int>? =
                switch bytes[index] {
                case UInt8(ascii: "t"), UInt8(ascii: "p"): valuePlace(in: bytes, at: index)
                case UInt8(ascii: ":"): userPlace(in: bytes, at: index)
                case UInt8(ascii: "@") where places.last?.upperBound != index: bareUserPlace(in: bytes, before: index)
                default: nil
                }
            if let place, !place.isEmpty, !holdsReference(bytes[place]) { places.append(place) }
            index = max(index + 1, place?.upperBound ?? 0)
        }
        return places
    }

    /// The value behind a key that starts at an index: up to its closing quotation mark, or what ends a plain scalar.
    private static func valuePlace(in bytes: [UInt8], at start: Int) -> Range<Int>? {
        guard start == 0 || !isNameByte(bytes[start - 1]),
            let key = keys.first(where: { bytes[start...].starts(with: $0) })
        else { return nil }
        var index = start + key.count
        if index < bytes.count, isQuote(bytes[index]) { index += 1 }
        index = skip(in: bytes, from: index) { $0 == UInt8(ascii: " ") }
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return nil }
        // Blanks, the break of the line, and the marks of block scalars, lists and maps come before the value itself.
        index = skip(in: bytes, from: index + 1) { " \t\r\n>|-+[{".utf8.contains($0) }
        guard index < bytes.count else { return nil }
        let quote = isQuote(bytes[index]) ? bytes[index] : nil
        if quote != nil { index += 1 }
        let end = skip(in: bytes, from: index) { byte in
            quote.map { byte != $0 } ?? !",}]\r\n".utf8.contains(byte)
        }
        // What comes next may be another key, if this one has no value.
        return bytes[index..<end].contains(UInt8(ascii: ":")) && quote == nil ? index..<index : index..<end
    }

    /// What stands between `://` and the last `@` of a URL's authority.
    private static func userPlace(in bytes: [UInt8], at start: Int) -> Range<Int>? {
        guard bytes[start...].starts(with: "://".utf8) else { return nil }
        let authority = start + 3
        let end = skip(in: bytes, from: authority) { !"/?# \"'\r\n".utf8.contains($0) }
        if let at = bytes[authority..<end].lastIndex(of: UInt8(ascii: "@")) { return authority..<at }
        // A password that has not been encoded may hold what ends an authority.
        let longest = skip(in: bytes, from: end) { !" \"'\r\n".utf8.contains($0) }
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

    private static func skip(in bytes: [UInt8], from start: Int, while matches: (UInt8) -> Bool) -> Int {
        var index = start
        while index < bytes.count, matches(bytes[index]) { index += 1 }
        return index
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }
}
