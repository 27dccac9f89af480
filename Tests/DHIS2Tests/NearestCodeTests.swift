import Testing

@testable import DHIS2

struct NearestCodeTests {
    @Test(arguments: [
        ("ping", ["pings", "pong"], "pings"), ("chpa", ["chap", "clap"], "chap"), ("CHAP", ["chap"], "chap"),
        ("fhir-prod", ["fhir-prdo", "sms"], "fhir-prdo"),
    ])
    func findsWhatWasProbablyMeant(code: String, candidates: [String], expected: String) {
        #expect(NearestCode.to(code, among: candidates) == expected)
    }

    @Test(arguments: [("ping", ["health", "sms"]), ("a", ["b"]), ("", ["abc"]), ("ping", [])])
    func suggestsNothingThatIsFar(code: String, candidates: [String]) {
        #expect(NearestCode.to(code, among: candidates) == nil)
    }
}
