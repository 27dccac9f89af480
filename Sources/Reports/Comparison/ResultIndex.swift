import Checks

/// The results of a run, to be taken one by one by their names.
struct ResultIndex {
    private let report: RunReport
    /// Where each result is.
    private var places: [(suite: Int, result: Int)] = []
    /// The next result of the same name; -1 behind the last.
    private var next: [Int]
    private var taken: [Bool]
    /// The first result of each name that has not been taken; -1 if all have.
    private var heads: [Name: Int] = [:]

    private struct Name: Hashable {
        var suite: String
        var check: String
    }

    init(_ report: RunReport) {
        self.report = report
        for (suite, contents) in report.suites.enumerated() {
            places += contents.results.indices.map { (suite, $0) }
        }
        next = [Int](repeating: -1, count: places.count)
        taken = [Bool](repeating: false, count: places.count)
        heads.reserveCapacity(places.count)
        for index in places.indices.reversed() {
            let suite = report.suites[places[index].suite]
            let name = Name(suite: suite.name, check: suite.results[places[index].result].name)
            next[index] = heads.updateValue(index, forKey: name) ?? -1
        }
    }

    /// The first result of the name that has not been taken; repeats of one check come in their order.
    mutating func take(_ check: String, suite: String) -> CheckResult? {
        let name = Name(suite: suite, check: check)
        guard let index = heads[name], index >= 0 else { return nil }
        heads[name] = next[index]
        taken[index] = true
        return report.suites[places[index].suite].results[places[index].result]
    }

    /// The results that have not been taken, in their order.
    var rest: [ReportEntry] {
        places.indices.filter { !taken[$0] }.map { index in
            let suite = report.suites[places[index].suite]
            return ReportEntry(suite: suite, result: suite.results[places[index].result])
        }
    }
}
