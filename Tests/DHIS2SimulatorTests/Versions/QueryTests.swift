import Testing

@testable import DHIS2Simulator

/// What 2.44 does with a query that older versions do not.
@Suite struct QueryTests {
    private static func reply(_ version: String, _ url: String, _ rest: String) throws -> SimulatedReply {
        try OwnAnswerTests.instance(version) {
            $0.changeRoute("echo") { $0.url = url }
        }.get("/api/routes/echo/run" + rest)
    }

    @Test(arguments: [
        ("a%20b", "a%20b"), ("a%2520b", "a%2520b"), ("a%2Bb", "a%2Bb"), ("a%2Fb", "a%2Fb"), ("a%3Db", "a%3Db"),
        ("a%3Ab%2Cc", "a%3Ab%2Cc"), ("%C3%A9", "%C3%A9"), ("%7Bx%7D", "%7Bx%7D"), ("~-._", "~-._"), ("..", ".."),
        ("a%23b", "a"), ("100%2525", "100%2525"),
    ])
    func placeholdersAreEncodedBy244(sent: String, reached: String) throws {
        let url = "https://up.example.org/x/{id}/items"
        let reply = try Self.reply("2.44.0-SNAPSHOT", url, "?_id=" + sent)
        #expect(reply.bodyText.contains(#""path":"/x/\#(reached)/items","#))
        #expect(reply.bodyText.contains(#""rawQuery":null"#))
    }

    @Test func anEncodedAmpersandSplitsAPlaceholder() throws {
        let reply = try Self.reply("2.44.0-SNAPSHOT", "https://up.example.org/x/{id}/items", "?_id=a%26b")
        #expect(reply.bodyText.contains(#""url":"https://up.example.org/x/a/items?b""#))
    }

    @Test(arguments: ["", "?_id=", "?_id=%20", "?id=1"])
    func aPlaceholderNeedsAValue(query: String) throws {
        let reply = try Self.reply("2.44.0-SNAPSHOT", "https://up.example.org/x/{id}/items", query)
        #expect(reply.status == 502)
        #expect(
            reply.bodyText
                == RunDecisionTests.envelope("Bad Gateway", 502, "Missing or blank value for placeholder: id")
        )
    }

    @Test(arguments: [
        (
            "v=%",
            "Character decoding failed. Parameter [v] with value [%] has been ignored. Note that the name and value "
                + "quoted here may be corrupted due to the failed decoding. Use debug level logging to see the original, "
                + "non-corrupted values."
        ),
        (
            "a=1&v=%E9",
            "Character decoding failed. Parameter [v] with value [\u{FFFD}] has been ignored. Note that the name and value "
                + "quoted here may be corrupted due to the failed decoding. Use debug level logging to see the original, "
                + "non-corrupted values."
        ),
        ("=x", "Invalid chunk starting at byte [0] and ending at byte [2] with a value of [=x] ignored"),
        ("a=1&=x", "Invalid chunk starting at byte [4] and ending at byte [6] with a value of [=x] ignored"),
    ])
    func tomcat11RefusesParametersOn244(query: String, message: String) throws {
        let url = "https://up.example.org/**"
        let reply = try Self.reply("2.44.0-SNAPSHOT", url, "/x?" + query)
        #expect(reply.status == 409)
        #expect(reply.bodyText == RunDecisionTests.envelope("Conflict", 409, message))
        for version in OwnAnswerTests.versions.dropLast() {
            #expect(try Self.reply(version, url, "/x?" + query).status != 409)
        }
    }

    @Test(arguments: ["/x?v={y}", "/%7By%7D"])
    func bracesAreVariables(rest: String) throws {
        let url = "https://up.example.org/**"
        let old = try Self.reply("2.41.9.1", url, rest).bodyText
        let message = "Not enough variable values available to expand 'y'"
        #expect(old == RunDecisionTests.envelope("Bad Request", 400, message))
        #expect(try Self.reply("2.43.1", url, rest).bodyText.contains("Illegal character in "))
        let new = try Self.reply("2.44.0-SNAPSHOT", url, rest).bodyText
        #expect(new == RunDecisionTests.envelope("Bad Request", 400, "Map has no value for 'y'"))
    }

    @Test(arguments: OwnAnswerTests.versions)
    func aFragmentIsNotSent(version: String) throws {
        let reply = try Self.reply(version, "https://up.example.org/**", "/a%23b")
        #expect(reply.bodyText.contains(#""path":"/a","#))
    }

    @Test(arguments: OwnAnswerTests.versions)
    func a241NamesATypeForEveryRequest(version: String) throws {
        let reply = try Self.reply(version, "https://up.example.org/**", "/a")
        let isOld = version.hasPrefix("2.41")
        #expect(reply.bodyText.contains(#""content-type":["application/octet-stream"]"#) == isOld)
    }
}
