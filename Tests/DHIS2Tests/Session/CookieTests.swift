import FoundationEssentials
import Testing

@testable import DHIS2

struct CookieTests {
    private static let now = Date(timeIntervalSince1970: 1_795_478_400)

    @Test(arguments: [
        ("JSESSIONID=abc", "JSESSIONID", "abc"),
        ("JSESSIONID=abc; Path=/; HttpOnly; SameSite=Lax", "JSESSIONID", "abc"),
        ("  a =  b c\t; Secure", "a", "b c"),
        ("a=\"b\"", "a", "\"b\""),
        ("a=b=c;Domain=other.example", "a", "b=c"),
        ("a=", "a", ""),
        ("a=b;=;;;Max-Age", "a", "b"),
    ])
    func readsNameAndValue(text: String, name: String, value: String) {
        let cookie = Cookie(setBy: text, at: Self.now)
        #expect(cookie?.name == name)
        #expect(cookie?.value == value)
        #expect(cookie?.expiry == nil)
    }

    @Test(arguments: ["", ";", "a", "=b", " = b", "a; b=c", "a\u{1}=b", "a=\u{E9}", "a=\u{FFFD}", "ä=b"])
    func leavesOutWhatCannotBeSentBack(text: String) {
        #expect(Cookie(setBy: text, at: Self.now) == nil)
    }

    @Test func leavesOutWhatIsTooLarge() {
        #expect(Cookie(setBy: "a=" + String(repeating: "b", count: 4095), at: Self.now) != nil)
        #expect(Cookie(setBy: "a=" + String(repeating: "b", count: 4096), at: Self.now) == nil)
    }

    @Test(arguments: [
        ("a=b; Max-Age=0", true), ("a=b; max-age=-1", true), ("a=b; Max-Age=-99999999999999999999", true),
        ("a=; Max-Age=10", true), ("a=b; Expires=Thu, 01 Jan 1970 00:00:10 GMT", true),
        ("a=b; Expires=Thu, 01-Jan-70 00:00:10 GMT", true), ("a=b; Max-Age=1; Max-Age=0", true),
        ("a=b; Expires=Fri, 27 Nov 2099 21:21:34 GMT; Max-Age=0", true),
        ("a=b; Max-Age=1", false), ("a=b; Max-Age=99999999999999999999", false), ("a=b; Max-Age=1.5", false),
        ("a=b; Max-Age=", false), ("a=b; Max-Age=soon", false), ("a=b; Max-Age=\"0\"", false),
        ("a=b; Max-Age=0; Max-Age=60", false), ("a=b; Expires=Fri, 27 Nov 2099 21:21:34 GMT", false),
        ("a=b; Expires=0", false), ("a=b; Expires=Thu, 01 Jan 1970 00:00:10 GMT; Max-Age=60", false),
    ])
    func knowsWhatClearsACookie(text: String, isOver: Bool) {
        #expect(Cookie(setBy: text, at: Self.now)?.isOver(at: Self.now) == isOver)
    }

    @Test func endsWhenItsTimeIsUp() throws {
        let cookie = try #require(Cookie(setBy: "a=b; Max-Age=60", at: Self.now))
        #expect(!cookie.isOver(at: Self.now + 59))
        #expect(cookie.isOver(at: Self.now + 60))
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777), ("06 november 1994 8:49:37", 784_111_777),
        ("1994 06Nov 08:49:37x Nov 7", 784_111_777), ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800),
        ("01 Jan 69 00:00:00", 3_124_224_000), ("1 jan 70 0:0:0", 0),
        ("Wed, 29 Feb 2023 00:00:00 GMT", nil), ("32 Jan 2020 00:00:00", nil), ("1 Jan 1600 00:00:00", nil),
        ("1 Jan 2020 24:00:00", nil), ("1 Jan 2020 00:60:00", nil), ("1 Jan 2020 00:00:60", nil),
        ("1 Jan 2020", nil), ("Jan 2020 00:00:00", nil), ("1 2020 00:00:00", nil), ("1 Jan 00:00:00", nil),
        ("1 Jan 20200 00:00:00", nil), ("1 Jan 2020 000:00:00", nil), ("", nil), ("::", nil),
    ])
    func readsDates(text: String, seconds: Double?) {
        #expect(HTTPDate.parseExpiry(text)?.timeIntervalSince1970 == seconds)
    }

    @Test func showsNoValue() {
        let cookie = Cookie(name: "JSESSIONID", value: "planted")
        var dumped = ""
        dump(cookie, to: &dumped)
        for text in ["\(cookie)", String(reflecting: cookie), "\([cookie])", dumped] {
            #expect(!text.contains("planted"))
        }
    }

    @Test func readsOnlyTheFieldsThatSetCookies() {
        let exchange = HTTPExchange.answer(
            200,
            ["set-cookie: a=1, b=2", "Set-Cookie2: c=3", "SET-COOKIE : SESSION_EXPIRE=1", "Cookie: d=4", "Set-Cookie:"]
        )
        #expect(exchange.setCookies == ["a=1, b=2", ""])
    }
}
