/// The results of one check of a suite: one, or as many as it was repeated.
package struct RepeatedResults: Sendable {
    /// What the check is known by.
    package let key: CheckKey
    /// Where they are among the suite's results.
    package private(set) var places: Range<Int>

    /// The results of each check of a suite, in their order.
    package static func all(of results: [CheckResult]) -> [RepeatedResults] {
        var all: [RepeatedResults] = []
        for place in results.indices {
            // By place, as results are costly to copy.
            if let last = all.last, results[last.places.lowerBound].index == results[place].index,
                last.key.name == results[place].name, last.key.identity == results[place].identity
            {
                all[all.count - 1].places = last.places.lowerBound..<place + 1
            } else {
                let key = CheckKey(identity: results[place].identity, name: results[place].name)
                all.append(RepeatedResults(key: key, places: place..<place + 1))
            }
        }
        return all
    }
}
