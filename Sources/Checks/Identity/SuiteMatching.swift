/// Tells which suite of an earlier run is about the same job file as a suite of a later one.
///
/// A job file is known by its path. One that has moved is known by its suite's name, where no other suite of either run
/// is called the same. Where both runs have a ``SuiteIdentity`` for each suite, it decides, since a path or a name may
/// have been hidden.
package struct SuiteMatching: Sendable {
    /// What tells suites apart.
    package struct Key: Hashable, Sendable {
        /// The job file's path.
        package var file: String
        /// The suite's name.
        package var name: String
        /// Both, and the server, untouched by redaction.
        package var identity: SuiteIdentity?

        package init(file: String, name: String, identity: SuiteIdentity? = nil) {
            self.file = file
            self.name = name
            self.identity = identity
        }

        /// The texts, with the hashes in their place if those are to decide.
        fileprivate func deciding(byIdentity: Bool) -> (file: String, name: String) {
            guard byIdentity, let identity else { return (file, name) }
            return (String(identity.file), String(identity.name))
        }
    }

    /// The earlier suite that each later one goes on from, by their places; `nil` if there is none.
    package private(set) var places: [Int?]

    /// Matches two runs.
    ///
    /// Of several suites of one file, those that ask the same server belong together, and then those at the same place.
    package init(earlier earlierKeys: [Key], later laterKeys: [Key]) {
        let byIdentity = (earlierKeys + laterKeys).allSatisfy { $0.identity != nil }
        let earlier = earlierKeys.map { $0.deciding(byIdentity: byIdentity) }
        let later = laterKeys.map { $0.deciding(byIdentity: byIdentity) }
        let laterFiles = Set(later.map(\.file))
        let earlierFiles = Set(earlier.map(\.file))
        var taken: Set<Int> = []
        places = []
        for (key, suite) in zip(laterKeys, later) {
            let same = earlier.indices.filter { earlier[$0].file == suite.file }
            if !same.isEmpty {
                let free = same.filter { !taken.contains($0) }
                let offered = free.isEmpty ? same : free
                let place = offered.first { earlierKeys[$0].identity?.server == key.identity?.server } ?? offered.first
                if let place { taken.insert(place) }
                places.append(place)
                continue
            }
            let namesakes = earlier.indices.filter { earlier[$0].name == suite.name }
            guard namesakes.count == 1, let place = namesakes.first, !laterFiles.contains(earlier[place].file),
                later.count(where: { $0.name == suite.name && !earlierFiles.contains($0.file) }) == 1
            else {
                places.append(nil)
                continue
            }
            places.append(place)
        }
    }
}

extension SuiteReport {
    /// What tells the suite from others.
    package var key: SuiteMatching.Key { SuiteMatching.Key(file: file, name: name, identity: identity) }
}

extension Job {
    /// What tells the job's suite from others.
    package var key: SuiteMatching.Key { SuiteMatching.Key(file: file, name: name, identity: suiteIdentity) }
}
