import Checks

/// The results of an earlier run, to be taken one by one by the suites and names of a later one.
struct ResultIndex {
    private let report: RunReport
    private let matching: SuiteMatching
    /// Where each result is.
    private var places: [(suite: Int, result: Int)] = []
    /// The next result of the same name; -1 behind the last.
    private var next: [Int]
    /// The first result of each name that has not been taken; -1 if all have.
    private var heads: [Name: Int] = [:]
    /// The last result of each name that has been taken.
    private var last: [Name: Int] = [:]

    private struct Name: Hashable {
        var suite: Int
        var check: String
    }

    /// What an earlier run has of a check.
    enum Finding {
        /// A result that has not been taken before.
        case result(CheckResult)
        /// The last result of the name, taken before: the check runs more often now.
        case takenResult(CheckResult)
    }

    init(_ report: RunReport, for later: RunReport) {
        self.report = report
        matching = SuiteMatching(earlier: report.suites.map(\.identity), later: later.suites.map(\.identity))
        for (suite, contents) in report.suites.enumerated() {
            places += contents.results.indices.map { (suite, $0) }
        }
        next = [Int](repeating: -1, count: places.count)
        heads.reserveCapacity(places.count)
        for index in places.indices.reversed() {
            let place = places[index]
            let name = Name(suite: place.suite, check: report.suites[place.suite].results[place.result].name)
            next[index] = heads.updateValue(index, forKey: name) ?? -1
        }
    }

    /// The first result of the name that has not been taken; repeats of one check come in their order.
    mutating func take(_ check: String, in suite: SuiteReport) -> Finding? {
        guard let number = matching.place(of: suite.identity) else { return nil }
        let name = Name(suite: number, check: check)
        guard let index = heads[name] else { return nil }
        guard index >= 0 else { return last[name].map { .takenResult(result($0)) } }
        heads[name] = next[index]
        last[name] = index
        return .result(result(index))
    }

    /// The first result of each name of which none has been taken, in their order.
    var rest: [ReportEntry] {
        var seen: Set<Name> = []
        return places.indices.compactMap { index in
            let suite = report.suites[places[index].suite]
            let result = suite.results[places[index].result]
            let name = Name(suite: places[index].suite, check: result.name)
            guard last[name] == nil, seen.insert(name).inserted else { return nil }
            return ReportEntry(suite: suite, result: result)
        }
    }

    private func result(_ index: Int) -> CheckResult {
        report.suites[places[index].suite].results[places[index].result]
    }
}
