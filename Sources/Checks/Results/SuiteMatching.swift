/// Tells which suite of an earlier run is about the same job file as a suite of a later one.
///
/// A job file is known by its path. One that has moved is known by its suite's name, where no other suite of either run
/// is called the same.
package struct SuiteMatching: Sendable {
    /// What tells suites apart.
    package struct Identity: Hashable, Sendable {
        /// The job file's path.
        package var file: String
        /// The suite's name.
        package var name: String

        package init(file: String, name: String) {
            self.file = file
            self.name = name
        }
    }

    private var places: [Identity: Int] = [:]

    /// Matches two runs, each suite of the earlier one at most once.
    package init(earlier: [Identity], later: [Identity]) {
        let laterFiles = Set(later.map(\.file))
        let earlierFiles = Set(earlier.map(\.file))
        for identity in later {
            if let place = earlier.firstIndex(where: { $0.file == identity.file }) {
                places[identity] = place
                continue
            }
            let namesakes = earlier.indices.filter { earlier[$0].name == identity.name }
            guard namesakes.count == 1, let place = namesakes.first, !laterFiles.contains(earlier[place].file),
                later.count(where: { $0.name == identity.name && !earlierFiles.contains($0.file) }) == 1
            else { continue }
            places[identity] = place
        }
    }

    /// The place of the earlier suite that a later one goes on from; `nil` if there is none.
    package func place(of suite: Identity) -> Int? { places[suite] }
}

extension SuiteReport {
    /// What tells the suite from others.
    package var identity: SuiteMatching.Identity { SuiteMatching.Identity(file: file, name: name) }
}

extension Job {
    /// What tells the job's suite from others.
    package var identity: SuiteMatching.Identity { SuiteMatching.Identity(file: file, name: name) }
}
