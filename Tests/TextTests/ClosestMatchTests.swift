import Testing
internal import Text

@Suite struct ClosestMatchTests {
    private static let keys = [
        "route", "path", "params", "method", "headers", "max-duration", "max-size", "on", "skip",
    ]

    @Test(arguments: [
        ("metod", "method"), ("methdo", "method"), ("METHOD", "method"), ("maxDuration", "max-duration"),
        ("max_size", "max-size"), ("rout", "route"), ("header", "headers"), ("onn", "on"), ("skpi", "skip"),
        ("parms", "params"), ("pat", "path"),
    ])
    func findsWhatWasMeant(word: String, meant: String) {
        #expect(closestMatch(to: word, among: Self.keys) == meant)
    }

    @Test(arguments: ["", "x", "body", "zzzzzz", "timeout", "ab", String(repeating: "method", count: 20)])
    func findsNothingFarAway(word: String) {
        #expect(closestMatch(to: word, among: Self.keys) == nil)
    }

    @Test func prefersTheNearest() {
        #expect(closestMatch(to: "token", among: ["tokens-file", "tokem", "token"]) == "token")
    }

    @Test func takesTheFirstOfEquals() {
        #expect(closestMatch(to: "cat", among: ["bat", "hat"]) == "bat")
    }
}
