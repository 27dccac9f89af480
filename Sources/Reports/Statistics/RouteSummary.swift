public import Checks

/// How the checks of one route went, and how long their answers took.
public struct RouteSummary: Sendable, Hashable {
    /// The route's code.
    public var route: String
    /// How many checks there are of it.
    public var total: Int
    /// How many of them passed.
    public var passed: Int
    /// How many of them fail the run.
    public var failing: Int
    /// How long the last attempt of each check took that made one and was not cut off, from the shortest to the longest.
    public var durations: [Duration]

    /// The duration that a share of the answers, 0…1, did not exceed, by the nearest rank; `nil` without any answer.
    public func percentile(_ share: Double) -> Duration? {
        guard !durations.isEmpty else { return nil }
        let rank = Int((Double(durations.count) * share).rounded(.up))
        return durations[min(max(rank, 1), durations.count) - 1]
    }

    /// The summaries of a run's routes, in the order in which the routes first appear.
    public static func summaries(of report: RunReport) -> [Self] {
        summaries(of: report.suites.lazy.flatMap(\.results))
    }

    /// The summaries of the routes of some results, in the order in which the routes first appear.
    static func summaries(of results: some Sequence<CheckResult>) -> [Self] {
        var summaries: [Self] = []
        var places: [String: Int] = [:]
        for result in results {
            let place = places[result.route] ?? summaries.count
            if place == summaries.count {
                places[result.route] = place
                summaries.append(Self(route: result.route, total: 0, passed: 0, failing: 0, durations: []))
            }
            summaries[place].total += 1
            if result.outcome == .passed { summaries[place].passed += 1 }
            if result.failsRun { summaries[place].failing += 1 }
            // An attempt that the end of the run cut off took no time of its own.
            if result.outcome != .notRun, let last = result.attempts.last {
                summaries[place].durations.append(last.duration)
            }
        }
        for place in summaries.indices { summaries[place].durations.sort() }
        return summaries
    }
}
