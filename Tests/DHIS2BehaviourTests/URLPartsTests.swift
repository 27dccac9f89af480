import DHIS2Behaviour
import Testing

struct URLPartsTests {
    @Test(arguments: [
        ("https://h", "https", "h", "", ""),
        ("HTTP://H.Example:8080/a/b//", "http", "H.Example", ":8080", "/a/b"),
        ("https://user:word@h:1/x", "https", "h", ":1", "/x"),
        ("https://a@b@c", "https", "c", "", ""),
        ("http://[::1]:80/", "http", "[::1]", ":80", ""),
        ("http://[::1]x", "http", "[::1]", "x", ""),
        ("http://[::1", "http", "[::1", "", ""),
        ("https://a:b:80", "https", "a", ":b:80", ""),
        ("https:///x", "https", "", "", "/x"),
        ("://", "", "", "", ""),
        ("socks5h://p:1080", "socks5h", "p", ":1080", ""),
    ])
    func takesAURLApart(text: String, scheme: String, host: String, afterHost: String, path: String) throws {
        let parts = try #require(URLParts(text))
        #expect(parts.scheme == scheme)
        #expect(parts.host == host)
        #expect(parts.afterHost == afterHost)
        #expect(parts.path == path)
        #expect(parts.hasCredentials == text.contains("@"))
    }

    @Test(arguments: ["", "h", "http:/h", "http:h"])
    func needsAScheme(text: String) {
        #expect(URLParts(text) == nil)
    }

    @Test(arguments: [
        ("https://h", false), ("https://h//", false), ("https://h/a/b", false), ("https://h/a.b/..c", false),
        ("https://h//a", true), ("https://h/a//b", true), ("https://h/./a", true), ("https://h/a/..", true),
        ("https://h/a/../", true),
    ])
    func findsOddSegments(text: String, isOdd: Bool) throws {
        #expect(try #require(URLParts(text)).hasOddSegment == isOdd)
    }

    @Test(
        arguments: [
            ("1", 1), ("65535", 65535), ("080", 80), ("0", nil), ("65536", nil), ("", nil), ("+1", nil), ("8a", nil),
            ("99999999999999999999", nil),
        ] as [(String, Int?)]
    )
    func readsPorts(text: String, port: Int?) {
        #expect(URLParts.port(text[...]) == port)
    }
}
