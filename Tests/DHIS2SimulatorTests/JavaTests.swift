import Testing

@testable import DHIS2Simulator

/// What JDK 17 says of the same texts.
@Suite struct JavaTests {
    @Test(arguments: [
        ("?q=a b", "Illegal character in query at index 27"),
        ("?q=[a]^", "Illegal character in query at index 29"),
        ("?q=100%2", "Malformed escape pair at index 29"),
        ("?q=%zz", "Malformed escape pair at index 26"),
        ("?q=\u{A0}", "Illegal character in query at index 26"),
        ("?q=\u{85}", "Illegal character in query at index 26"),
        ("?q=\u{2028}x", "Illegal character in query at index 26"),
        ("?q=\u{3000}", "Illegal character in query at index 26"),
        ("?q=\u{7}", "Illegal character in query at index 26"),
        ("?q=😀\\", "Illegal character in query at index 28"),
        ("a#b c", "Illegal character in fragment at index 26"),
        ("a#b#c", "Illegal character in fragment at index 26"),
        ("a\"b", "Illegal character in path at index 24"),
        ("{id}/x", "Illegal character in path at index 23"),
    ])
    func complainsOfAddressesAsURIDoes(tail: String, complaint: String) {
        let url = "https://up.example.org/" + tail
        #expect(JavaURI.problem(in: url) == "\(complaint): \(url)")
    }

    @Test(arguments: ["?q=\u{200B}", "a?b?c#d?e[", "?a=\u{AD}", "?q=😀", "a;b=c,d/!$&'()*+"])
    func takesAddressesAsURIDoes(tail: String) {
        #expect(JavaURI.problem(in: "https://up.example.org/" + tail) == nil)
    }

    @Test(arguments: [
        ("1%", "URLDecoder: Incomplete trailing escape (%) pattern"),
        ("a%4", "URLDecoder: Incomplete trailing escape (%) pattern"),
        ("1%zz", #"URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "zz""#),
    ])
    func refusesEscapesAsURLDecoderDoes(text: String, complaint: String) {
        #expect(throws: JavaURLDecoder.Failure(message: complaint)) { try JavaURLDecoder.decode(text) }
    }

    @Test func ordersParametersAsHashMapDoes() throws {
        let names = [
            "q", "x", "y", "name", "_other", "Aa", "BB", "limit", "offset", "page", "pageSize", "filter", "fields", "z",
        ]
        var query = try RunQuery(decoding: names.map { $0 + "=" }.joined(separator: "&"))
        query.orderAsHashMap()
        #expect(
            query.groups.map(\.name) == [
                "Aa", "BB", "offset", "pageSize", "filter", "q", "x", "name", "limit", "y", "z", "page", "fields",
                "_other",
            ]
        )
    }
}
