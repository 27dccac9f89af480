/// The syntax that `java.net.URI` accepts: RFC 2396 with brackets (RFC 2732), and letters beyond ASCII as they are.
enum JavaURI {
    private enum Part: String {
        case path, query, fragment
    }

    /// What `URI.create` complains about in an address with a sound scheme and authority, or `nil`.
    ///
    /// Positions count UTF-16 units, as Java's do.
    static func problem(in url: String) -> String? {
        // Most addresses need no closer look.
        if url.utf8.withBytes({ $0.allSatisfy(isLegalEverywhere) }) { return nil }
        let units = Array(url.utf16)
        var part = Part.path
        for index in startOfPath(in: units)..<units.count {
            let unit = units[index]
            switch (unit, part) {
            case (UInt16(ascii: "?"), .path): part = .query
            case (UInt16(ascii: "#"), .path), (UInt16(ascii: "#"), .query): part = .fragment
            case (UInt16(ascii: "%"), _):
                guard isEscape(units, at: index) else { return "Malformed escape pair at index \(index): \(url)" }
            default:
                guard isLegal(unit, in: part) else {
                    return "Illegal character in \(part.rawValue) at index \(index): \(url)"
                }
            }
        }
        return nil
    }

    private static func startOfPath(in units: [UInt16]) -> Int {
        guard let colon = units.firstIndex(of: UInt16(ascii: ":")) else { return 0 }
        let authority = min(colon + 3, units.count)
        let ends = [UInt16(ascii: "/"), UInt16(ascii: "?"), UInt16(ascii: "#")]
        return units[authority...].firstIndex { ends.contains($0) } ?? units.count
    }

    private static func isEscape(_ units: [UInt16], at index: Int) -> Bool {
        guard index + 2 < units.count else { return false }
        return units[(index + 1)...(index + 2)].allSatisfy { UInt8(exactly: $0)?.hexDigit != nil }
    }

    private static func isLegalEverywhere(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte.isOne(of: "-_.!~*'();:@&=+$,/")
    }

    private static func isLegal(_ unit: UInt16, in part: Part) -> Bool {
        guard unit >= 0x80 else {
            let byte = UInt8(unit)
            return isLegalEverywhere(byte) || part != .path && byte.isOne(of: "?[]")
        }
        // Java takes every other character but control characters and separators.
        let isControl = (0x80...0x9F).contains(unit)
        let isSeparator = unit == 0xA0 || unit == 0x1680 || (0x2000...0x200A).contains(unit)
        return !isControl && !isSeparator && ![0x2028, 0x2029, 0x202F, 0x205F, 0x3000].contains(unit)
    }
}

extension UInt16 {
    init(ascii scalar: Unicode.Scalar) { self = UInt16(UInt8(ascii: scalar)) }
}
