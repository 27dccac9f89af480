import DHIS2
import Testing

struct BaseURLTests {
    @Test(arguments: [
        ("https://dhis.example.org", "https://dhis.example.org", "", "dhis.example.org"),
        ("https://dhis.example.org/", "https://dhis.example.org", "", "dhis.example.org"),
        ("https://dhis.example.org/dhis//", "https://dhis.example.org/dhis", "/dhis", "dhis.example.org"),
        ("HTTP://DHIS.example.org:8080/a/b/", "http://dhis.example.org:8080/a/b", "/a/b", "dhis.example.org:8080"),
        ("http://[::1]:8080/dhis", "http://[::1]:8080/dhis", "/dhis", "[::1]:8080"),
        ("http://[2001:db8::1]", "http://[2001:db8::1]", "", "[2001:db8::1]"),
        ("http://host:/x", "http://host/x", "/x", "host"),
    ])
    func keepsTheContextPathAndDropsTheTrailingSlash(
        text: String,
        description: String,
        contextPath: String,
        host: String
    ) throws {
        let url = try BaseURL(text)
        #expect(url.description == description)
        #expect(url.contextPath == contextPath)
        #expect(url.hostAndPort == host)
    }

    @Test(arguments: [
        ("", "The server URL \"\" is not usable: it must start with http:// or https://."),
        (
            "dhis.example.org",
            #"The server URL "dhis.example.org" is not usable: it must start with http:// or https://."#
        ),
        ("ftp://host", #"The server URL "ftp://host" is not usable: it must start with http:// or https://."#),
        ("https://", #"The server URL "https://" is not usable: it names no host."#),
        ("https:///dhis", #"The server URL "https:///dhis" is not usable: it names no host."#),
        ("https://[]", #"The server URL "https://[]" is not usable: it names no host."#),
        ("https://[::1", #"The server URL "https://[::1" is not usable: it names no host."#),
        ("https://[::1]x:80", #"The server URL "https://[::1]x:80" is not usable: it names no host."#),
        ("https://[::1]:8:80", #"The server URL "https://[::1]:8:80" is not usable: it names no host."#),
        ("https://a:b:80", #"The server URL "https://a:b:80" is not usable: it names no host."#),
        ("https://a:b]", #"The server URL "https://a:b]" is not usable: it names no host."#),
        ("https://h/a?b=c", #"The server URL "https://h/a?…" is not usable: it must not have a query or a fragment."#),
        ("https://h/#x", #"The server URL "https://h/?…" is not usable: it must not have a query or a fragment."#),
        ("https://h:0/", #"The server URL "https://h:0/" is not usable: its port must be a number from 1 to 65535."#),
        ("https://h:x", #"The server URL "https://h:x" is not usable: its port must be a number from 1 to 65535."#),
        (
            "https://h:99999",
            #"The server URL "https://h:99999" is not usable: its port must be a number from 1 to 65535."#
        ),
        ("https://h/a//b", #"The server URL "https://h/a//b" is not usable: its path has an empty or a dot segment."#),
        ("https://h/../b", #"The server URL "https://h/../b" is not usable: its path has an empty or a dot segment."#),
        ("https://h /", #"The server URL "https://h /" is not usable: it holds a character that a URL cannot hold."#),
        (
            "https://h\u{1B}[0m",
            #"The server URL "https://h[0m" is not usable: it holds a character that a URL cannot hold."#
        ),
        (
            "https://admin:district@h/dhis",
            "The server URL must not hold credentials; give them as a token, or as a username and password."
        ),
        ("htps://admin:district@h", "The server URL is not usable: it must start with http:// or https://."),
    ])
    func saysWhatIsWrong(text: String, message: String) throws {
        let error = try #require(throws: DHIS2Error.self) { try BaseURL(text) }
        #expect(error.code == .invalidBaseURL)
        #expect(error.message == message)
    }

    @Test(arguments: [
        ("http://localhost:8080", true), ("http://127.0.0.1", true), ("http://127.8.9.1/x", true),
        ("http://[::1]", true),
        ("http://a.localhost", true), ("http://127.example.org", false), ("http://localhost.example.org", false),
        ("http://10.0.0.1", false),
    ])
    func knowsThisMachine(text: String, isLoopback: Bool) throws {
        #expect(try BaseURL(text).isLoopback == isLoopback)
    }
}
