import Testing

@testable import Reports

/// The statistics behind "slower": their numbers are those of other programs.
struct ComparisonNumberTests {
    @Test
    func approximatesTheExactProbabilityForManyPairs() {
        let pairs = (1...60).map { number in
            let durations = (Duration.milliseconds(100), Duration.milliseconds(100 + number / 2))
            return number.isMultiple(of: 3)
                ? PairedTimings.Pair(before: durations.1, after: durations.0)
                : PairedTimings.Pair(before: durations.0, after: durations.1)
        }
        let exact = SignedRankTest.probabilityOfGrowth(pairs)
        let approximate = SignedRankTest.probabilityOfGrowth(pairs, exactLimit: 0)
        // Computed from the same pairs with SciPy's ranks and the distribution over all signs.
        #expect(abs(exact - 0.018534) < 1e-6)
        #expect(abs(approximate - exact) < 0.0005)
    }

    @Test(arguments: [(0.0, 0.5), (1.0, 0.158655), (1.959964, 0.025), (-1.0, 0.841345), (3.0, 0.00135), (40.0, 0.0)])
    func knowsTheNormalDistributionsTail(value: Double, expected: Double) {
        #expect(abs(NormalTail.probability(above: value) - expected) < 1e-6)
    }

    @Test
    func correctsProbabilitiesForEachOther() {
        let corrected = HolmCorrection.correct([0.01, 0.04, 0.03, 0.005])
        #expect(zip(corrected, [0.03, 0.06, 0.06, 0.02]).allSatisfy { abs($0 - $1) < 1e-12 })
    }
}
