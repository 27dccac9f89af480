import Testing

@testable import CurlHTTP

struct AuthorityTests {
    @Test(arguments: [
        ("http://dhis2.example/api?token=secret", "dhis2.example:80"),
        ("https://dhis2.example", "dhis2.example:443"),
        ("HTTPS://dhis2.example?x", "dhis2.example:443"),
        ("http://dhis2.example:8080/a:b@c", "dhis2.example:8080"),
        ("http://user:p@ss@dhis2.example:8080/", "dhis2.example:8080"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://[::1]/", "[::1]:80"),
        ("dhis2.example", "the server"),
        ("", "the server"),
    ])
    func namesHostAndPortOnly(url: String, expected: String) {
        #expect(Authority(url: url).description == expected)
    }
}
