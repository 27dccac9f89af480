import Testing

@testable import DHIS2

struct HeaderFactsTests {
    private func facts(_ lines: String...) -> HeaderFacts { HeaderFacts(.answer(200, lines)) }

    @Test(arguments: [
        (["X-Content-Type-Options: nosniff", "Content-Security-Policy: frame-ancestors 'self';"], true),
        (
            [
                "x-content-type-options:NOSNIFF",
                "CONTENT-SECURITY-POLICY:  default-src 'none'; frame-ancestors 'self' x",
            ], true
        ),
        (["X-Content-Type-Options: nosniff", "X-Frame-Options: SAMEORIGIN"], true),
        (["X-Content-Type-Options : nosniff", "X-Frame-Options\t:\r\n SAMEORIGIN"], true),
        (["X-Content-Type-Options: nosniff", "Content-Security-Policy: frame-ancestors\r\n\t'self'"], true),
        (["X-Content-Type-Options: nosniff", "X-Other: a\r\n X-Frame-Options: SAMEORIGIN"], false),
        (["X-Content-Type-Options: nosniff"], false), (["X-Frame-Options: SAMEORIGIN"], false),
        (["X-Content-Type-Options: nosniff", "X-Frame-Options: DENY"], false),
        (["X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'self'"], false),
        (["X-Content-Type-Option: nosniff", "X-Frame-Options: SAMEORIGIN"], false), ([], false),
    ])
    func knowsDHIS2sMarks(lines: [String], isMarked: Bool) {
        #expect(HeaderFacts(.answer(200, lines)).isMarked == isMarked)
    }

    @Test(arguments: [
        ("application/json", HeaderFacts.ContentType.json), ("Application/JSON;charset=UTF-8", .json),
        ("application/fhir+json; fhirVersion=4.0", .json), ("text/html;charset=utf-8", .html),
        ("application/xhtml+xml", .html), ("text/plain", .other), ("", .other),
    ])
    func sortsContentTypes(value: String, expected: HeaderFacts.ContentType) {
        #expect(facts("Content-Type: \(value)").contentType == expected)
    }

    @Test func readsChallengesAndLocation() {
        #expect(facts("WWW-Authenticate: ApiToken").challengesToken)
        #expect(facts("WWW-Authenticate: Basic realm=\"x\"").otherChallenge == "Basic realm=\"x\"")
        #expect(!facts("WWW-Authenticate: Basic realm=\"x\"").challengesToken)
        #expect(facts("LOCATION: /login/ ").location == "/login/")
        #expect(facts("Location").location == nil)
        #expect(facts("Location : /a\0b\r\n /c").location == "/a b /c")
    }

    @Test(arguments: ["", "\r\n", ":", ":\n:", "no colon", "a: b", "Location:", "content-type: x\nlocation: y"])
    func readsBrokenHeaderSections(text: String) {
        let exchange = HTTPExchange(statusCode: 200, headerSection: Array(text.utf8))
        #expect(!HeaderFacts(exchange).isMarked)
    }
}
