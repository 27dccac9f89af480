import DHIS2Behaviour
import Testing

struct ServerTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("  two\n lines\t", "two lines"), ("\u{1B}[31mred\u{1B}[0m", "[31mred[0m"),
        ("a\u{0}b\u{7}c", "abc"), ("\u{202E}evil\u{2066}\u{200B}", "evil"), ("a\u{85}b\u{2028}c", "abc"), ("", ""),
        ("GET https://u:p@h.example/p?key=secret failed", "GET https://h.example/p?… failed"),
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
