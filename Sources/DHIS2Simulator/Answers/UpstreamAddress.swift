/// The address that DHIS2 calls for a `/run` request.
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

    /// Section 3.1, step 8: `{n}` becomes the value of `_n`, decoded once.
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
            result += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// What Spring's `RestTemplate` makes of an address given as a string: it takes braces for variables and encodes
    /// the rest, an already encoded `%` included.
    private static func encode(_ url: String) throws(Problem) -> String {
        if let open = url.firstIndex(of: "{"), let close = url[open...].firstIndex(of: "}"),
            url.index(after: open) < close
        {
            let name = url[url.index(after: open)..<close]
            throw Problem(status: 400, message: "Not enough variable values available to expand '\(name)'")
        }
        let (address, query) = url.cut(at: "?")
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
