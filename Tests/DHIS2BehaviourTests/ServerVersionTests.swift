import DHIS2Behaviour
import Testing

struct ServerVersionTests {
    @Test(arguments: [
        ("2.42.4", "2.42.4"), ("2.41.9.1", "2.41.9.1"), ("2.44-SNAPSHOT", "2.44-SNAPSHOT"), ("2.42", "2.42"),
        ("42", "2.42"), ("v2.40.10", "2.40.10"), ("2.40.3-SNAPSHOT", "2.40.3-SNAPSHOT"),
    ])
    func readsWhatDHIS2Writes(text: String, expected: String) {
        #expect(ServerVersion(text)?.description == expected)
    }

    @Test(arguments: [
        "", "2", "2.", ".42", "2.42.", "2.x", "2.42.4.1.1", "-2.42", "2.42-", "2.42 ", "2.420000", "2.٤٢",
    ])
    func refusesWhatIsNoVersion(text: String) {
        #expect(ServerVersion(text) == nil)
    }

    @Test func ordersFromOldToNew() throws {
        let texts = [
            "2.39.9", "2.40-SNAPSHOT", "2.40", "2.40.0", "2.40.9", "2.40.10-SNAPSHOT", "2.40.10", "2.41.9", "2.41.9.1",
            "2.42.0", "2.44-SNAPSHOT", "3.0",
        ]
        let versions = try texts.map { try #require(ServerVersion($0)) }
        #expect(versions.reversed().sorted() == versions)
        #expect(versions.shuffled().sorted() == versions)
    }

    @Test(arguments: [
        ("2.38.0", RouteEra.a), ("2.40.0", .a), ("2.40.9", .a), ("2.40.10", .b), ("2.40.12", .b), ("2.40", .b),
        ("2.41.0", .a), ("2.41.6", .a), ("2.41.7", .b), ("2.41.9.1", .b), ("2.42.0", .c), ("2.42.3", .c),
        ("2.42.4", .d), ("2.42.5.2", .d), ("2.42", .d), ("2.43.0", .d), ("2.43.1", .d), ("2.44-SNAPSHOT", .e),
        ("2.51.3", .e), ("3.0.0", .e),
    ])
    func belongsToAnEra(text: String, era: RouteEra) throws {
        #expect(RouteEra(try #require(ServerVersion(text))) == era)
    }
}
