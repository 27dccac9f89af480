import DHIS2
import Testing

/// What messages name of a route's target.
struct RouteTests {
    @Test(
        arguments: [
            ("https://target.example:8443/a?b#c", "target.example:8443"),
            ("https://target.example/**", "target.example"),
            ("https://user:word@target.example/x", "target.example"), ("https://a@b@target.example", "target.example"),
            ("https://user:wo\"rd@target.example/x", "target.example"), ("https://[::1]:80/", "[::1]:80"),
            ("https://target.example?q=a@b", "target.example"), ("https:///x", nil), ("target.example", nil), ("", nil),
            (nil, nil),
        ] as [(String?, String?)]
    )
    func namesTheTargetWithoutItsCredentials(url: String?, host: String?) {
        #expect(Route(id: "RouteUidAa1", code: "a", name: "a", url: url).targetHost == host)
    }
}
