import DHIS2Behaviour
import Testing

struct QueryEncoderTests {
    private func version(_ text: String) throws -> ServerVersion { try #require(ServerVersion(text)) }

    @Test(arguments: [
        (" ", "%2520", "%20"), ("%", "%2525", "%25"), ("|", "%257C", "%7C"), ("\"", "%2522", "%22"),
        ("<", "%253C", "%3C"), ("^", "%255E", "%5E"), ("`", "%2560", "%60"), ("\\", "%255C", "%5C"),
        ("é", "%25C3%25A9", "%C3%A9"), ("=", "%253D", "%3D"), ("[", "%255B", "%5B"),
        ("😀", "%25F0%259F%2598%2580", "%F0%9F%98%80"),
        ("a-Z_0.9~", "a-Z_0.9~", "a-Z_0.9~"), (":,/", ":,/", ":,/"), ("", "", ""), ("\n", "%250A", "%0A"),
    ])
    func encodesTwiceForNewServersAndOnceForTheOldOnes(value: String, twice: String, once: String) throws {
        for text in ["2.42.4", "2.43.1", "2.44-SNAPSHOT", "3.1"] {
            #expect(try QueryEncoder.encode(["q": value], for: version(text)) == "q=" + twice)
        }
        for text in ["2.40.11", "2.41.7", "2.41.9.1"] {
            #expect(try QueryEncoder.encode(["q": value], for: version(text)) == "q=" + once)
        }
        #expect(try QueryEncoder.encode(["q": value], for: nil) == "q=" + twice)
    }

    @Test(arguments: [("&", "%2526"), ("#", "%2523"), ("+", "%252B"), ("{", "%257B"), ("}", "%257D")])
    func refusesForTheOldServersWhatTheyWouldAlter(value: String, twice: String) throws {
        #expect(try QueryEncoder.encode(["q": "a" + value], for: version("2.42.4")) == "q=a" + twice)
        let old = try version("2.41.8")
        let error = try #require(throws: RequestEncodingError.self) {
            try QueryEncoder.encode(["q": "a" + value], for: old)
        }
        #expect(error.code == .queryCharacter)
        #expect(
            error.message == """
                The value of the parameter "q" holds "\(value)", which DHIS2 2.41.8 cannot pass on to a route's target \
                unaltered.
                """
        )
    }

    @Test(arguments: ["2.40.0", "2.40.10", "2.41.6", "2.42.0", "2.42.3"])
    func sendsOnlyPlainCharactersWhereServersEncodeTwice(text: String) throws {
        let version = try version(text)
        #expect(
            try QueryEncoder.encode(["t": "2026-11-24T10:00:00", "l": "a,b/c"], for: version)
                == "t=2026-11-24T10:00:00&l=a,b/c"
        )
        let error = try #require(throws: RequestEncodingError.self) {
            try QueryEncoder.encode(["q": "a b"], for: version)
        }
        #expect(
            error.message == """
                The value of the parameter "q" holds a space, which DHIS2 \(text) cannot pass on to a route's target \
                unaltered.
                """
        )
    }

    @Test func namesCharactersThatDoNotShow() throws {
        let version = try version("2.42.0")
        let names = [
            ("\t", "a tab"), ("\r\n", "a line break"), ("\u{0}", "the control character U+0000"),
            ("\u{202E}", "the control character U+202E"),
        ]
        for (value, name) in names {
            let error = try #require(throws: RequestEncodingError.self) {
                try QueryEncoder.encode(["q": value], for: version)
            }
            #expect(error.message.contains(" holds \(name), which"))
        }
    }

    @Test func encodesNamesTooAndRefusesThoseThatWouldSplit() throws {
        #expect(try QueryEncoder.encode(["a b": "1"], for: version("2.43")) == "a%2520b=1")
        #expect(try QueryEncoder.encode(["a=b": "1"], for: version("2.43")) == "a%253Db=1")
        let old = try version("2.41.7")
        let error = try #require(throws: RequestEncodingError.self) { try QueryEncoder.encode(["a=b": "1"], for: old) }
        #expect(
            error.message
                == #"The name of the parameter "a=b" holds "=", which DHIS2 2.41.7 cannot pass on to a route's target unaltered."#
        )
    }

    /// A mark that combines with a character does not hide it.
    @Test(arguments: ["a&\u{301}b", "a#\u{20DD}", "+\u{301}", "{\u{301}"])
    func looksAtEachScalar(value: String) {
        #expect(throws: RequestEncodingError.self) { try QueryEncoder.encode(["q": value], for: version("2.41.8")) }
    }

    @Test func keepsOrderAndRepeatedNames() throws {
        var parameters: QueryParameters = ["b": "1", "a": "2"]
        parameters.append("b", "3")
        #expect(try QueryEncoder.encode(parameters, for: nil) == "b=1&a=2&b=3")
    }
}
