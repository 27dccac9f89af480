import Glibc

/// Wilcoxon's signed-rank test on the ratios of pairs.
enum SignedRankTest {
    /// How probable it is that pairs grow as much as these if growth and shrinkage are equally likely.
    ///
    /// - Parameter exactLimit: Up to how many pairs the distribution is computed exactly.
    static func probabilityOfGrowth(_ pairs: [PairedTimings.Pair], exactLimit: Int = 60) -> Double {
        // The larger by the smaller one: its order is that of the logarithm's magnitude, in either direction alike.
        let moved = pairs.filter { $0.before != $0.after }.map { pair in
            let (low, high) = (min(pair.before, pair.after), max(pair.before, pair.after))
            return (distance: high.reportedSeconds / low.reportedSeconds, grew: pair.after > pair.before)
        }
        let sorted = moved.sorted { $0.distance < $1.distance }
        guard !sorted.isEmpty else { return 1 }
        let (ranks, ties) = doubledRanks(sorted.map(\.distance))
        let grown = zip(sorted, ranks).reduce(0) { $1.0.grew ? $0 + $1.1 : $0 }
        return ranks.count <= exactLimit
            ? exactTail(ranks: ranks, from: grown) : normalTail(count: ranks.count, ties: ties, doubledSum: grown)
    }

    /// Twice the rank of each distance, so that the mean ranks of ties are whole, and the sizes of the ties.
    private static func doubledRanks(_ distances: [Double]) -> (ranks: [Int], ties: [Int]) {
        var ranks: [Int] = []
        var ties: [Int] = []
        var start = 0
        while start < distances.count {
            var end = start + 1
            while end < distances.count, distances[end] == distances[start] { end += 1 }
            ranks += [Int](repeating: start + 1 + end, count: end - start)
            ties.append(end - start)
            start = end
        }
        return (ranks, ties)
    }

    /// The share of all ways to give the ranks signs in which those that grew sum to at least this.
    private static func exactTail(ranks: [Int], from sum: Int) -> Double {
        let total = ranks.reduce(0, +)
        var shares = [Double](repeating: 0, count: total + 1)
        shares[0] = 1
        var reach = 0
        for rank in ranks {
            reach += rank
            for position in stride(from: reach, through: 0, by: -1) {
                shares[position] = (shares[position] + (position >= rank ? shares[position - rank] : 0)) / 2
            }
        }
        return min(1, shares[sum...].reduce(0, +))
    }

    private static func normalTail(count: Int, ties: [Int], doubledSum: Int) -> Double {
        let size = Double(count)
        let mean = size * (size + 1) / 4
        let tieLoss = ties.reduce(0.0) { $0 + Double($1 * $1 * $1 - $1) } / 48
        let variance = size * (size + 1) * (2 * size + 1) / 24 - tieLoss
        guard variance > 0 else { return 1 }
        return NormalTail.probability(above: (Double(doubledSum) / 2 - mean - 0.5) / variance.squareRoot())
    }
}

/// The upper tail of the standard normal distribution.
enum NormalTail {
    /// How probable a value above this one is.
    static func probability(above value: Double) -> Double { erfc(value / 2.0.squareRoot()) / 2 }
}

/// Holm's correction for several tests at once.
enum HolmCorrection {
    /// The probabilities, each as large as it must be so that all tests together err no more often than one alone.
    static func correct(_ probabilities: [Double]) -> [Double] {
        var corrected = probabilities
        var largest = 0.0
        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        for (position, index) in order.enumerated() {
            largest = max(largest, min(1, probabilities[index] * Double(probabilities.count - position)))
            corrected[index] = largest
        }
        return corrected
    }
}
