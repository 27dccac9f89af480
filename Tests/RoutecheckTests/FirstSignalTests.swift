import Testing

@testable import routecheck

/// What a signal asks for, by the time that has passed since the first one.
struct FirstSignalTests {
    @Test(
        arguments: [
            (.zero, .wait), (.microseconds(1), .wait), (.milliseconds(999), .wait),
            (.seconds(1), .endAtOnce(first: 15)), (.milliseconds(1_001), .endAtOnce(first: 15)),
            (.seconds(86_400), .endAtOnce(first: 15)),
        ] as [(Duration, FirstSignal.Answer)]
    )
    func aLaterSignalEndsTheProcessAtOnceAfterASecond(later: Duration, answer: FirstSignal.Answer) {
        for second: Int32 in [1, 2, 15] {
            for moment in [Duration.zero, .seconds(40)] {
                let first = FirstSignal()
                #expect(first.number == nil)
                #expect(first.take(15, at: moment) == .end)
                #expect(first.take(second, at: moment + later) == answer)
                #expect(first.number == 15)
            }
        }
    }

    /// It is the first signal that counts: many that come close together never add up to a hurry.
    @Test func whatCountsIsTheTimeSinceTheFirst() {
        let first = FirstSignal()
        #expect(first.take(2, at: .seconds(5)) == .end)
        for step in 0..<100 { #expect(first.take(15, at: .seconds(5) + .milliseconds(10 * step)) == .wait) }
        #expect(first.take(15, at: .seconds(6)) == .endAtOnce(first: 2))
    }
}
