/// The candidate that was most likely meant, or `nil` where none is near.
///
/// Distance is Damerau-Levenshtein (insert, delete, replace, swap neighbours), blind to letter case and to `-`, `_` and
/// space, so that `maxDuration` finds `max-duration`. At most a third of the longer word may differ, and one letter of
/// a word of two or three. Of equally near candidates the first wins. A suggestion that is not meant costs a reader
/// more than none, hence the narrow limit; `maxx` is not `min`.
///
/// Words over 64 letters get no answer: the work grows with the product of the two lengths, no name is that long, and
/// the word may come from a file that somebody made large on purpose.
///
/// - Parameter limit: A limit on the distance beside that.
package func closestMatch(
    to word: String,
    among candidates: some Sequence<String>,
    within limit: Int = .max
) -> String? {
    let wanted = folded(word)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
        let letters = folded(candidate)
        let limit = min(limit, max(1, max(wanted.count, letters.count) / 3), (best?.distance ?? Int.max) - 1)
        guard limit >= 0, abs(letters.count - wanted.count) <= limit, letters.count > limit else { continue }
        let distance = editDistance(wanted, letters)
        if distance <= limit { best = (candidate, distance) }
    }
    return best?.candidate
}

private func folded(_ word: String) -> [Unicode.Scalar] {
    word.lowercased().unicodeScalars.filter { $0 != "-" && $0 != "_" && $0 != " " }
}

/// The optimal string alignment form: no substring is edited twice.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        current.reserveCapacity(right.count + 1)
        for (column, other) in right.enumerated() {
            var cost = min(previous[column + 1], current[column]) + 1
            cost = min(cost, previous[column] + (letter == other ? 0 : 1))
            if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                cost = min(cost, beforePrevious[column - 1] + 1)
            }
            current.append(cost)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
}
