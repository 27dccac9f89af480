import Checks

/// Which results are worth one of the few annotations that are shown.
struct AnnotationRanking {
    struct Entry {
        var suite: SuiteReport
        var result: CheckResult
    }

    struct ServerFault {
        var suite: SuiteReport
        var headline: String
    }

    /// Servers that were unusable, at most ten.
    private(set) var serverFaults: [ServerFault] = []
    /// Results that fail the run; together with the servers at most ten.
    private(set) var errors: [Entry] = []
    /// Results that are flaky or allowed to fail, at most ten.
    private(set) var warnings: [Entry] = []
    /// What is said about those left out; `nil` if none is.
    private(set) var rest: String?

    init(_ report: RunReport) {
        let limit = AnnotationRenderer.limit
        let faults = report.suites.compactMap { suite in
            suite.serverFault.map { ServerFault(suite: suite, headline: "\($0.layer.rawValue): \($0.message)") }
        }
        serverFaults = Array(faults.prefix(limit))
        var failing = Selection(limit: limit - serverFaults.count)
        var doubtful = Selection(limit: limit)
        for suite in report.suites {
            for result in suite.results where result.isFailure || result.isFlaky {
                let entry = Entry(suite: suite, result: result)
                if result.failsRun { failing.add(entry) } else { doubtful.add(entry) }
            }
        }
        errors = failing.chosen
        warnings = doubtful.chosen
        let hidden = [
            Self.phrase(failing.count - errors.count + faults.count - serverFaults.count, "failure"),
            Self.phrase(doubtful.count - warnings.count, "warning"),
        ].compactMap(\.self)
        guard !hidden.isEmpty else { return }
        rest = "\(hidden.joined(separator: " and ")) more; the reports have them all."
    }

    private static func phrase(_ count: Int, _ noun: String) -> String? {
        count > 0 ? "\(count) \(noun)\(count == 1 ? "" : "s")" : nil
    }

    /// The first result of each cause, then others, each in the job file's order.
    private struct Selection {
        let limit: Int
        var count = 0
        private var causes: Set<[String]> = []
        private var first: [Entry] = []
        private var others: [Entry] = []

        init(limit: Int) {
            self.limit = limit
        }

        var chosen: [Entry] { Array((first + others).prefix(limit)) }

        mutating func add(_ entry: Entry) {
            count += 1
            let fault = entry.result.attempts.last { $0.outcome != .passed }?.fault
            let cause = [entry.result.route, fault?.layer.rawValue ?? "", fault?.code ?? ""]
            if first.count < limit, causes.insert(cause).inserted {
                first.append(entry)
            } else if others.count < limit {
                others.append(entry)
            }
        }
    }
}
