import DHIS2Behaviour
import Testing

struct ServerTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("  two\n lines\t", "two lines"), ("\u{1B}[31mred\u{1B}[0m", "[31mred[0m"),
        ("a\u{0}b\u{7}c", "abc"), ("\u{202E}evil\u{2066}\u{200B}", "evil"), ("a\u{85}b\u{2028}c", "abc"), ("", ""),
        ("GET https://u:p@h.example/p?key=secret failed", "GET https://h.example/p?…"),
        ("at 31: http://h/a?name=a b&token=secret", "at 31: http://h/a?…"),
        ("{\"m\":\"http://h/a?q=a b&k=secret\",\"n\":1}", "{\"m\":\"http://h/a?…\",\"n\":1}"),
        ("URI is not absolute: h/a?key=secret", "URI is not absolute: h/a?…"), ("who? /x", "who? /x"),
        ("for &quot;http:&#47;&#47;h&#47;a?k=secret&quot;: no", "for &quot;http:&#47;&#47;h&#47;a?…&quot;: no"),
        ("for \"https://h/p?key=secret\": refused", "for \"https://h/p?…\": refused"),
        ("https://h/p#secret", "https://h/p?…"), ("https://h?x", "https://h?…"),
    ])
    func makesTextFitForASentence(text: String, expected: String) {
        #expect(ServerText.excerpt(text) == expected)
    }

    @Test func cutsAtAWordWhereItCan() {
        #expect(ServerText.excerpt("one two three four", limit: 10) == "one two…")
        #expect(ServerText.excerpt("abcdefghijklmnop", limit: 10) == "abcdefghij…")
        #expect(ServerText.excerpt("a bcdefghijklmnop", limit: 10) == "a bcdefghi…")
    }
}
