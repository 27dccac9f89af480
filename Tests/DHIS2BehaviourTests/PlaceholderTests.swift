import Testing

@testable import DHIS2Behaviour

/// Parameters that fill placeholders of a route's URL, which DHIS2 does from 2.44 on.
struct PlaceholderTests {
    private static let withHole = "https://target.example/echo/{id}/items"
    private static let withoutHole = "https://target.example/echo/**"

    private func version(_ text: String) throws -> ServerVersion { try #require(ServerVersion(text)) }

    /// A value, how it is sent, and what a snapshot of 2.44 was seen to put into the target's path for that.
    private static let values: [(value: String, sent: String, arrived: String)] = [
        ("a b", "a%20b", "a%20b"), ("a+b", "a%2Bb", "a%2Bb"), ("a%b", "a%25b", "a%25b"), ("a/b", "a/b", "a%2Fb"),
        ("a=b", "a%3Db", "a%3Db"), ("a:b,c", "a:b,c", "a%3Ab%2Cc"), ("é", "%C3%A9", "%C3%A9"),
        ("日本", "%E6%97%A5%E6%9C%AC", "%E6%97%A5%E6%9C%AC"), ("[x]", "%5Bx%5D", "%5Bx%5D"),
        ("{x}", "%7Bx%7D", "%7Bx%7D"), ("|", "%7C", "%7C"), ("\"", "%22", "%22"), ("<x>", "%3Cx%3E", "%3Cx%3E"),
        ("^", "%5E", "%5E"), ("`", "%60", "%60"), ("\\", "%5C", "%5C"), ("a;b", "a%3Bb", "a%3Bb"),
        ("100%25", "100%2525", "100%2525"), ("a?b", "a%3Fb", "a%3Fb"), ("~-._", "~-._", "~-._"),
        ("a%20b", "a%2520b", "a%2520b"), ("🎉", "%F0%9F%8E%89", "%F0%9F%8E%89"), ("a..b", "a..b", "a..b"),
        ("..", "..", ".."), ("é/ü", "%C3%A9/%C3%BC", "%C3%A9%2F%C3%BC"),
    ]

    @Test(arguments: values)
    func areEncodedOnce(value: String, sent: String, arrived: String) throws {
        let query = try QueryEncoder.encode(["_id": value], for: version("2.44-SNAPSHOT"), routeURL: Self.withHole)
        #expect(query == "_id=" + sent)
        // DHIS2 decodes the query, and encodes what fills the placeholder; the target decodes that.
        #expect(Self.encodedByDHIS2(Self.decoded(sent)) == arrived)
        #expect(Self.decoded(arrived) == value)
    }

    /// A placeholder that is not filled is a 502 of DHIS2's own, which the answer says.
    @Test(arguments: [("", ""), (" ", "%20")])
    func areSentEvenIfBlank(value: String, sent: String) throws {
        let query = try QueryEncoder.encode(["_id": value], for: version("2.44"), routeURL: Self.withHole)
        #expect(query == "_id=" + sent)
    }

    @Test(arguments: [("a&b", "\"&\""), ("a#b", "\"#\""), ("&\u{301}", "\"&\"")])
    func areRefusedWhereTheyWouldEnd(value: String, name: String) throws {
        let error = try #require(throws: RequestEncodingError.self) {
            try QueryEncoder.encode(["_id": value], for: version("2.44"), routeURL: Self.withHole)
        }
        #expect(error.code == .queryCharacter)
        #expect(
            error.message == """
                The parameter "_id" holds \(name), which DHIS2 2.44 cannot put into a placeholder of the route's URL.
                """
        )
    }

    /// A parameter, the server's version, the route's URL as far as it is known, and how `a b` is sent.
    @Test(
        arguments: [
            ("_id", "2.44", withHole, "a%20b"), ("_id", "2.45.1", withHole, "a%20b"),
            // It is passed on to the target like all others.
            ("_other", "2.44", withHole, "a%2520b"), ("id", "2.44", withHole, "a%2520b"),
            ("_id", "2.44", withoutHole, "a%2520b"),
            ("_", "2.44", "https://target.example/{}", "a%2520b"), ("_ID", "2.44", withHole, "a%2520b"),
            // Nobody knows the URL.
            ("_id", "2.44", nil, "a%20b"), ("id", "2.44", nil, "a%2520b"), ("_", "2.44", nil, "a%2520b"),
            // No placeholders are filled.
            ("_id", "2.43.1", withHole, "a%2520b"), ("_id", "2.43.1", nil, "a%2520b"),
            ("_id", "2.42.5", withHole, "a%2520b"),
            ("_id", "2.41.9", withHole, "a%20b"),
            // A URL with a placeholder is of use to no older version; else the query is written for the newest release.
            ("_id", nil, withHole, "a%20b"), ("_id", nil, nil, "a%2520b"), ("_id", nil, withoutHole, "a%2520b"),
        ] as [(String, String?, String?, String)]
    )
    func areWhatTheVersionAndTheURLMakeOfThem(name: String, version: String?, url: String?, sent: String) throws {
        let version = try version.map { try self.version($0) }
        let parameters = QueryParameters([.init(name: name, value: "a b")])
        #expect(try QueryEncoder.encode(parameters, for: version, routeURL: url) == "\(name)=\(sent)")
    }

    @Test func standBesideOthers() throws {
        let query = try QueryEncoder.encode(
            ["q": "a b", "_id": "a b", "_x": "a b", "r": "1"],
            for: version("2.44"),
            routeURL: "https://{host}/{id}"
        )
        #expect(query == "q=a%2520b&_id=a%20b&_x=a%2520b&r=1")
    }

    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func encodedByDHIS2(_ text: String) -> String {
        var encoded = ""
        encoded.appendPercentEncoded(text, keeping: .unreserved)
        return encoded
    }
}
