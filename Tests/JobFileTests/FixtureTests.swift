import Testing

@Suite struct FixtureTests {
    @Test func hasEnoughOfBothKinds() {
        #expect(Fixture.all(.bad).count >= 120)
        #expect(Fixture.all(.good).count >= 60)
    }

    @Test(arguments: Fixture.all(.bad))
    func saysEverythingThatIsWrong(fixture: Fixture) throws {
        try fixture.recordIfAsked()
        #expect(try fixture.actual() == fixture.expected())
    }

    @Test(arguments: Fixture.all(.good))
    func decodesThePlan(fixture: Fixture) throws {
        try fixture.recordIfAsked()
        #expect(try fixture.actual() == fixture.expected())
    }
}
