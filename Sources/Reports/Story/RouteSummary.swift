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
        summaries(of: report.suites)
    }

    /// The summaries of the routes of some suites, in the order in which the routes first appear.
    static func summaries(of suites: [SuiteReport]) -> [Self] {
        var summaries: [Self] = []
        var places: [String: Int] = [:]
        for suite in suites {
            // By place, as results are costly to copy.
            for index in suite.results.indices {
                let route = suite.results[index].route
                let place = places[route] ?? summaries.count
                if place == summaries.count {
                    places[route] = place
                    summaries.append(Self(route: route, total: 0, passed: 0, failing: 0, durations: []))
                }
                summaries[place].total += 1
                let standing = suite.results[index].standing
                if standing.isPass {
                    summaries[place].passed += 1
                } else if standing.failsRun {
                    summaries[place].failing += 1
                }
                // An attempt that the end of the run cut off took no time of its own.
                if standing != .notRun, let last = suite.results[index].attempts.indices.last {
                    summaries[place].durations.append(suite.results[index].attempts[last].duration)
                }
            }
        }
        for place in summaries.indices { summaries[place].durations.sort() }
        return summaries
    }
}
