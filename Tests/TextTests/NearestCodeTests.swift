import Testing
import Text

struct NearestCodeTests {
    @Test(arguments: [
        ("ping", ["pings", "pong"], "pings"), ("chpa", ["chap", "clap"], "chap"), ("CHAP", ["chap"], "chap"),
        ("fhir-prod", ["fhir-prdo", "sms"], "fhir-prdo"),
    ])
    func findsWhatWasProbablyMeant(code: String, candidates: [String], expected: String) {
        #expect(closestMatch(to: code, among: candidates) == expected)
    }

    @Test(arguments: [("ping", ["health", "sms"]), ("a", ["b"]), ("", ["abc"]), ("ping", [])])
    func suggestsNothingThatIsFar(code: String, candidates: [String]) {
        #expect(closestMatch(to: code, among: candidates) == nil)
    }
}
