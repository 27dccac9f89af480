/// The address that DHIS2 calls for a `/run` request.
///
/// What a client writes into a query does not reach a route's target as it is, and each era changes it in another way.
/// So the address is built here by the steps that the era's Java code takes, wrong ones included, and not by what a URL
/// should look like.
struct UpstreamAddress: Equatable {
    /// An address that DHIS2 cannot make; the caller gets this answer instead.
    struct Problem: Error, Equatable {
        let status: Int
        let message: String
    }

    let url: String
    let path: String
    let rawQuery: String?

    init(era: SimulatedEra, baseURL: String, subPath: String, query: RunQuery) throws(Problem) {
        var baseURL = baseURL
        var query = query
        if era == .e {
            baseURL = try Self.fillPlaceholders(of: baseURL, from: &query)
            query.orderAsHashMap()
            try Self.refuseVariables(in: Self.compose(baseURL: "", subPath: subPath, query: query)) {
                "Map has no value for '\($0)'"
            }
        }
        let composed = Self.compose(baseURL: baseURL, subPath: subPath, query: query)
        switch era {
        case .b:
            url = try Self.encode(composed)
        case .d, .e:
            if let problem = JavaURI.problem(in: composed) { throw Problem(status: 400, message: problem) }
            url = composed
        }
        (path, rawQuery) = Self.parts(of: url)
    }

    /// Joins the parts raw; the sub-path goes before a query that the route itself has.
    private static func compose(baseURL: String, subPath: String, query: RunQuery) -> String {
        let (address, fixedQuery) = baseURL.cut(at: "?")
        var pairs = fixedQuery.map { [$0] } ?? []
        pairs += query.parameters.map { parameter in
            parameter.value.map { parameter.name + "=" + $0 } ?? parameter.name
        }
        return pairs.isEmpty ? address + subPath : address + subPath + "?" + pairs.joined(separator: "&")
    }

    /// Section 3.1, step 8: `{n}` becomes the value of `_n`, decoded once and encoded again.
    private static func fillPlaceholders(
        of baseURL: String,
        from query: inout RunQuery
    ) throws(Problem) -> String {
        var result = ""
        var rest = Substring(baseURL)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            guard let value = query.takePlaceholder(name), !value.allSatisfy(\.isWhitespace) else {
                throw Problem(status: 502, message: "Missing or blank value for placeholder: \(name)")
            }
            result += rest[..<open] + QueryText.encode(value) { $0.isASCIIAlphanumeric || $0.isOne(of: "-._~") }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// What Spring's `RestTemplate` makes of an address given as a string: it takes braces for variables and encodes
    /// the rest, an already encoded `%` included.
    private static func encode(_ url: String) throws(Problem) -> String {
        try refuseVariables(in: url) { "Not enough variable values available to expand '\($0)'" }
        // A fragment is never sent.
        let (address, query) = url.cut(at: "#").before.cut(at: "?")
        let start = address.startOfPath
        let path = QueryText.encode(String(address[start...])) { isPathCharacter($0) || $0.isOne(of: "/") }
        let pairs = query?.unicodeScalars.split(separator: "&").map { pair -> String in
            let (name, value) = String(pair).cut(at: "=")
            let sides = [name] + (value.map { [$0] } ?? [])
            return sides.map { side in
                QueryText.encode(side) { isPathCharacter($0) && !$0.isOne(of: "=&") || $0.isOne(of: "/?") }
            }.joined(separator: "=")
        }
        return address[..<start] + path + (pairs.map { "?" + $0.joined(separator: "&") } ?? "")
    }

    /// Spring takes names in braces for variables, which nobody has given a value.
    private static func refuseVariables(in url: String, message: (Substring) -> String) throws(Problem) {
        if let open = url.firstIndex(of: "{"), let close = url[open...].firstIndex(of: "}"),
            url.index(after: open) < close
        {
            throw Problem(status: 400, message: message(url[url.index(after: open)..<close]))
        }
    }

    /// `pchar` of RFC 3986 without escapes.
    private static func isPathCharacter(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte.isOne(of: "-._~!$&'()*+,;=:@")
    }

    private static func parts(of url: String) -> (path: String, rawQuery: String?) {
        let (path, query) = String(url[url.startOfPath...]).cut(at: "#").before.cut(at: "?")
        return (path.isEmpty ? "/" : path, query)
    }

    /// Host and port of an address, for messages.
    static func hostAndPort(of url: String) -> (host: String, port: Int) {
        let scheme = url.prefix { $0 != ":" }
        let authority = url.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
        let parts = authority.split(separator: ":", maxSplits: 1)
        let standardPort = scheme == "https" ? 443 : 80
        return (parts.first.map(String.init) ?? "", parts.count > 1 ? Int(parts[1]) ?? standardPort : standardPort)
    }
}

extension String {
    /// What comes before and after the first occurrence of an ASCII character; accents that follow it do not hide it.
    fileprivate func cut(at separator: Unicode.Scalar) -> (before: String, after: String?) {
        guard let index = utf8.firstIndex(of: UInt8(ascii: separator)) else { return (self, nil) }
        return (String(self[..<index]), String(self[utf8.index(after: index)...]))
    }

    /// Where the authority of an address ends, which is where its path starts.
    fileprivate var startOfPath: String.Index {
        guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")),
            let authority = utf8.index(colon, offsetBy: 3, limitedBy: endIndex)
        else { return startIndex }
        return utf8[authority...].firstIndex { $0.isOne(of: "/?#") } ?? endIndex
    }
}

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
