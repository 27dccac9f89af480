internal import Text

/// Writes queries for the servers' versions; see ``QueryEncoding`` for the rules.
public enum QueryEncoder {
    /// Encodes the query of a run.
    ///
    /// ```swift
    /// try QueryEncoder.encode(["q": "a b"], for: ServerVersion("2.43.0"))  // q=a%2520b
    /// ```
    ///
    /// - Parameters:
    ///   - parameters: Names and values as the route's target is to get them.
    ///   - version: The server's version; `nil` counts as the newest.
    /// - Returns: The query without its `?`.
    /// - Throws: ``RequestEncodingError`` when this version cannot carry a value unaltered.
    public static func encode(
        _ parameters: QueryParameters,
        for version: ServerVersion?
    ) throws(RequestEncodingError) -> String {
        let encoding = QueryEncoding(for: version)
        var query = ""
        for item in parameters.items {
            try check(item.name, of: item, isName: true, encoding: encoding, version: version)
            try check(item.value, of: item, isName: false, encoding: encoding, version: version)
            if !query.isEmpty { query += "&" }
            query.appendPercentEncoded(item.name, keeping: .plainInQuery, twice: encoding == .twice)
            query += "="
            query.appendPercentEncoded(item.value, keeping: .plainInQuery, twice: encoding == .twice)
        }
        return query
    }

    /// Encodes the query of a request that DHIS2 answers itself: once, as RFC 3986 says.
    package static func encodeForDHIS2(_ parameters: QueryParameters) -> String {
        var query = ""
        for item in parameters.items {
            if !query.isEmpty { query += "&" }
            query.appendPercentEncoded(item.name, keeping: .plainInQuery)
            query += "="
            query.appendPercentEncoded(item.value, keeping: .plainInQuery)
        }
        return query
    }

    /// Whether the encoded query is the same for all versions, so that none needs to be known.
    package static func isPlain(_ parameters: QueryParameters) -> Bool {
        parameters.items.allSatisfy {
            ByteSet.plainInQuery.containsAll(of: $0.name) && ByteSet.plainInQuery.containsAll(of: $0.value)
        }
    }

    private static func check(
        _ text: String,
        of item: QueryParameters.Item,
        isName: Bool,
        encoding: QueryEncoding,
        version: ServerVersion?
    ) throws(RequestEncodingError) {
        let bad: Character?
        switch encoding {
        case .twice: return
        case .once: bad = text.first { "&#+{}".contains($0) || isName && $0 == "=" }
        case .plainOnly: bad = text.first { !ByteSet.plainInQuery.containsAll(of: String($0)) }
        }
        guard let bad else { return }
        let place = isName ? "The name of the parameter" : "The value of the parameter"
        let server = version.map { "DHIS2 \($0)" } ?? "this DHIS2"
        throw RequestEncodingError(
            .queryCharacter,
            message: """
                \(place) \(ServerText.quoted(item.name)) holds \(CharacterName.of(bad)), which \(server) cannot pass \
                on to a route's target unaltered.
                """
        )
    }
}

/// How the query of a run must be written so that the route's target gets each value exactly as it was given.
///
/// DHIS2 takes the query apart and puts it together again on its way to the target, differently in each era. Whatever
/// the encoding, letters, digits and `-._~:,/` travel as they are.
public enum QueryEncoding: Sendable, Hashable {
    /// Eras D and E: DHIS2 decodes the whole query once and sends the result on as it is, so everything else is
    /// percent-encoded twice. Every value can be sent.
    case twice
    /// Era B: DHIS2 decodes the query once, splits it, and encodes the parts again, so everything else is
    /// percent-encoded once. `&` and `#` would split or end the query, `+` arrives as a bare plus, braces are refused,
    /// and a name cannot hold `=`.
    case once
    /// Eras A and C, and 2.40.10: DHIS2 encodes the values twice on their way (DHIS2-20010, DHIS2-20311), so nothing
    /// that needs encoding arrives as it was given.
    case plainOnly

    /// The encoding that a server needs; for an unknown version, that of the newest servers.
    public init(for version: ServerVersion?) {
        self = RouteBehaviour(assuming: version).queryEncoding
    }
}
