import DHIS2
import Testing

struct QueryArrivalTests {
    private func version(_ text: String) throws -> ServerVersion { try #require(ServerVersion(text)) }

    /// What each server does to a query on its way, as its source has it; the values must come out as they went in.
    @Test(arguments: [
        "a b", "50%", "%41", "x|y", "\"q\"", "<a>", "é", "naïve/path:1,2", "a=b", "[1]", "", "~", "日本", "%%", "%2B",
    ])
    func valuesArriveAsTheyWereGiven(value: String) throws {
        let sentNew = try QueryEncoder.encode(["q": value], for: version("2.43.0"))
        // 2.42.4 and later decode the whole query once and send the result; the target decodes it again.
        #expect(Query("?" + Query.decoded(sentNew))["q"] == value)
        // 2.41.7 and later of 2.41 decode once, split, and encode again.
        let sentOld = try QueryEncoder.encode(["q": value], for: version("2.41.9"))
        #expect(Query("?" + sentOld)["q"] == value)
    }
}
