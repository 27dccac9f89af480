/// Finds the code that someone probably meant.
enum NearestCode {
    /// The nearest of some codes, if one is near enough: at most a third of the longer one's characters differ.
    static func to(_ code: String, among candidates: [String]) -> String? {
        let wanted = Array(code.lowercased())
        var best: (code: String, distance: Int)?
        for candidate in candidates where candidate != code {
            let other = Array(candidate.lowercased())
            let limit = max(wanted.count, other.count) / 3
            guard abs(wanted.count - other.count) <= limit else { continue }
            let distance = distance(wanted, other)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.code
    }

    /// How many insertions, deletions, replacements and swaps of neighbours lead from one text to the other.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (i, leftCharacter) in left.enumerated() {
            var row = [i + 1]
            for (j, rightCharacter) in right.enumerated() {
                var cost = min(last[j] + (leftCharacter == rightCharacter ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, leftCharacter == right[j - 1], left[i - 1] == rightCharacter {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
