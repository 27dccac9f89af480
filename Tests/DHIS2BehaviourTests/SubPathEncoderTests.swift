import DHIS2Behaviour
import Testing

struct SubPathEncoderTests {
    @Test(arguments: [
        ("", ""), ("/", ""), ("health", "health"), ("/health", "health"), ("a/b/", "a/b/"),
        ("a.b/c-d_e~f", "a.b/c-d_e~f"),
        ("Patient/$everything", "Patient/$everything"), ("a:b@c,d=e", "a:b@c,d=e"), ("...", "..."),
    ])
    func leavesPlainPathsAsTheyAre(path: String, expected: String) throws {
        for text in ["2.40.0", "2.41.7", "2.42.0", "2.43.0"] {
            #expect(try SubPathEncoder.encode(path, for: ServerVersion(text)) == expected)
        }
    }

    @Test(arguments: [
        ("..", "a dot segment"), ("a/../b", "a dot segment"), ("a/..", "a dot segment"),
        ("./a", "a dot segment"), ("a//b", "an empty segment"), ("//a", "an empty segment"),
        ("a//", "an empty segment"),
    ])
    func refusesSegmentsThatLeadElsewhere(path: String, segment: String) throws {
        let error = try #require(throws: RequestEncodingError.self) { try SubPathEncoder.encode(path, for: nil) }
        #expect(error.code == .pathSegment)
        #expect(error.message == "The path \"\(path)\" has \(segment), which DHIS2 refuses in a route's sub-path.")
    }

    @Test(arguments: [
        ("a?b", "\"?\""), ("a#b", "\"#\""), ("a;b", "\";\""), ("a\\b", "\"\\\""), ("%2e%2e/a", "\"%\""),
        ("a%2Fb", "\"%\""),
    ])
    func refusesWhatDHIS2sFirewallRefuses(path: String, name: String) throws {
        for text in ["2.40.0", "2.41.7", "2.42.0", "2.43.0"] {
            let error = try #require(throws: RequestEncodingError.self) {
                try SubPathEncoder.encode(path, for: ServerVersion(text))
            }
            #expect(error.code == .pathCharacter)
            #expect(error.message == "The path \"\(path)\" holds \(name), which DHIS2 refuses in a route's sub-path.")
        }
    }

    /// DHIS2 answers these itself.
    @Test(arguments: ["gist", "/gist", "gist/", "/gist/", "gist.csv"])
    func refusesTheGistAPI(path: String) throws {
        for text in ["2.40.0", "2.41.9", "2.42.5", "2.43.1", "2.44-SNAPSHOT"] {
            let error = try #require(throws: RequestEncodingError.self) {
                try SubPathEncoder.encode(path, for: ServerVersion(text))
            }
            #expect(error.code == .pathReserved)
            #expect(
                error.message == """
                    The path "\(path)" cannot be sent: DHIS2 answers it with its Gist API instead of calling the route.
                    """
            )
        }
    }

    @Test(arguments: ["gist/x", "x/gist", "Gist", "GIST", "gists", "gist.json", "gist.csv/x", "a.gist"])
    func sendsWhatOnlyResemblesTheGistAPI(path: String) throws {
        #expect(try SubPathEncoder.encode(path, for: ServerVersion("2.43.1")) == path)
    }

    @Test func refusesControlCharacters() throws {
        let error = try #require(throws: RequestEncodingError.self) { try SubPathEncoder.encode("a\r\nb", for: nil) }
        #expect(error.message == "The path \"a b\" holds a line break, which DHIS2 refuses in a route's sub-path.")
    }

    @Test func sendsSpacesOnlyToServersThatEncodeThemAgain() throws {
        #expect(try SubPathEncoder.encode("a b|c", for: ServerVersion("2.41.7")) == "a%20b%7Cc")
        for text in ["2.41.6", "2.42.0", "2.42.4", "2.44-SNAPSHOT"] {
            let error = try #require(throws: RequestEncodingError.self) {
                try SubPathEncoder.encode("a b", for: ServerVersion(text))
            }
            #expect(
                error.message
                    == "The path \"a b\" holds a space, which DHIS2 \(text) cannot pass on to a route's target."
            )
        }
    }

    @Test func sendsLettersBeyondASCIIWhereTheyAreNotEncodedTwice() throws {
        for text in ["2.41.7", "2.42.4", "2.44-SNAPSHOT"] {
            #expect(try SubPathEncoder.encode("é/日", for: ServerVersion(text)) == "%C3%A9/%E6%97%A5")
        }
        let error = try #require(throws: RequestEncodingError.self) {
            try SubPathEncoder.encode("é", for: ServerVersion("2.42.1"))
        }
        #expect(error.message == "The path \"é\" holds \"é\", which DHIS2 2.42.1 cannot pass on to a route's target.")
    }

    @Test(arguments: ["{id}", "a}"])
    func refusesBraces(path: String) {
        for text in ["2.41.7", "2.43.0"] {
            #expect(throws: RequestEncodingError.self) { try SubPathEncoder.encode(path, for: ServerVersion(text)) }
        }
    }
}
