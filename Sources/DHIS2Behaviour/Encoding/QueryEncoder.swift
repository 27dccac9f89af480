internal import Text

// Queries and sub-paths reach a target only as far as DHIS2 lets them: the encoders write what arrives unaltered, and
// refuse with a `RequestEncodingError` what cannot. `SubPathRules` says the same of a path before there is a server.

/// Writes queries for the servers' versions; see ``QueryEncoding`` for the rules.
public enum QueryEncoder {
    /// Encodes the query of a run.
    ///
    /// ```swift
    /// try QueryEncoder.encode(["q": "a b"], for: ServerVersion("2.43.0"))  // q=a%2520b
    /// ```
    ///
    /// From 2.44 on, a parameter `_name` whose name stands in braces in the route's URL fills that placeholder, and DHIS2
    /// encodes its value itself. So it is written once, where all else is written twice: `a b` as `_id=a%20b`, which the
    /// target gets as `a%20b` in its path; a `/` arrives as `%2F`. `&` and `#` would end the value, and are refused. An
    /// empty or blank value is sent as it is: DHIS2 answers 502.
    ///
    /// Where the route's URL is not known, because the list does not show the route or was not asked, each parameter
    /// whose name begins with `_` counts as one that fills a placeholder, if the version is known to be 2.44 or later. If
    /// it fills none after all, a value without special characters arrives all the same, and most others are answered 400
    /// by DHIS2 ("Illegal character"), where the other guess would fill the placeholder with a wrong value and tell nobody.
    ///
    /// - Parameters:
    ///   - parameters: Names and values as the route's target is to get them.
    ///   - version: The server's version; `nil` counts as the newest.
    ///   - routeURL: The URL of the route, where it is known.
    /// - Returns: The query without its `?`.
    /// - Throws: ``RequestEncodingError`` when this version cannot carry a value unaltered.
    public static func encode(
        _ parameters: QueryParameters,
        for version: ServerVersion?,
        routeURL: String? = nil
    ) throws(RequestEncodingError) -> String {
        let encoding = QueryEncoding(for: version)
        var query = ""
        for item in parameters.items {
            let isTwice = encoding == .twice
            let fills = fillsPlaceholder(item.name, for: version, routeURL: routeURL)
            if fills {
                try checkPlaceholder(item, version: version)
            } else {
                try check(item.name, of: item, isName: true, encoding: encoding, version: version)
                try check(item.value, of: item, isName: false, encoding: encoding, version: version)
            }
            if !query.isEmpty { query += "&" }
            query.appendPercentEncoded(item.name, keeping: .plainInQuery, twice: isTwice && !fills)
            query += "="
            query.appendPercentEncoded(item.value, keeping: .plainInQuery, twice: isTwice && !fills)
        }
        return query
    }

    /// Whether the encoded query depends on which placeholders the route's URL has.
    package static func dependsOnPlaceholders(_ parameters: QueryParameters, for version: ServerVersion?) -> Bool {
        RouteBehaviour(assuming: version).fillsPlaceholders
            && parameters.items.contains { $0.name.utf8.first == UInt8(ascii: "_") }
    }

    /// Whether a parameter fills a placeholder of a route's URL.
    private static func fillsPlaceholder(_ name: String, for version: ServerVersion?, routeURL: String?) -> Bool {
        guard name.utf8.first == UInt8(ascii: "_"), name.utf8.count > 1,
            RouteBehaviour(assuming: version).fillsPlaceholders
        else { return false }
        guard let routeURL else { return version != nil }
        return routeURL.contains("{\(String(name.unicodeScalars.dropFirst()))}")
    }

    private static func checkPlaceholder(
        _ item: QueryParameters.Item,
        version: ServerVersion?
    ) throws(RequestEncodingError) {
        // DHIS2 decodes the whole query before it splits it.
        let bad =
            item.value.unicodeScalars.first { $0 == "&" || $0 == "#" }
            ?? item.name.unicodeScalars.first { "&#=".unicodeScalars.contains($0) }
        guard let bad else { return }
        let server = version.map { "DHIS2 \($0)" } ?? "this DHIS2"
        throw RequestEncodingError(
            .queryCharacter,
            message: """
                The parameter \(ServerText.quoted(item.name)) holds \(CharacterName.of(Character(bad))), which \(server) \
                cannot put into a placeholder of the route's URL.
                """
        )
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
        // A mark that combines with a character does not hide it.
        case .once:
            bad = text.unicodeScalars.first { "&#+{}".unicodeScalars.contains($0) || isName && $0 == "=" }.map(
                Character.init
            )
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

/// The parameters of a query in the order in which they are sent; a name may occur more than once.
///
/// ```swift
/// let params: QueryParameters = ["fields": "id", "filter": "a:eq:1", "filter": "b:eq:2"]
/// ```
///
/// Names and values are plain text: encoding is the client's task.
public struct QueryParameters: Sendable, Hashable {
    /// One parameter.
    public struct Item: Sendable, Hashable {
        /// The name, as plain text.
        public var name: String
        /// The value, as plain text.
        public var value: String

        /// Creates a parameter.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The parameters in order.
    public var items: [Item]

    /// Creates a query from its parameters.
    public init(_ items: [Item] = []) {
        self.items = items
    }

    /// Whether there is no parameter.
    public var isEmpty: Bool { items.isEmpty }

    /// Adds a parameter at the end, whether or not its name is there already.
    public mutating func append(_ name: String, _ value: String) {
        items.append(Item(name: name, value: value))
    }
}

extension QueryParameters: ExpressibleByDictionaryLiteral {
    /// Creates a query from a literal, which keeps its order and may repeat a name.
    public init(dictionaryLiteral elements: (String, String)...) {
        items = elements.map { Item(name: $0.0, value: $0.1) }
    }
}
