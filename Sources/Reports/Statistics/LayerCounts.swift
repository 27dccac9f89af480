import Checks

/// How many checks each layer is to blame for, in the order a request passes the layers: those that fail the run, and
/// those that did not run because their server could not be used.
struct LayerCounts: Equatable {
    private(set) var entries: [Entry] = []
    /// Failing checks whose layer nobody could tell.
    private(set) var unknown = 0

    struct Entry: Equatable {
        var layer: Layer
        /// How many fail the run.
        var failing = 0
        /// How many did not run.
        var notRun = 0

        var count: Int { failing + notRun }

        /// The counts in words, such as `2 failed, 3 not run`.
        var phrase: String {
            [failing > 0 ? "\(failing) failed" : nil, notRun > 0 ? "\(notRun) not run" : nil]
                .compactMap(\.self).joined(separator: ", ")
        }
    }

    init(_ report: RunReport) {
        self.init(report.suites)
    }

    init(_ suites: [SuiteReport]) {
        var counts: [Layer: Entry] = [:]
        for suite in suites {
            if let layer = suite.serverFault?.layer {
                let notRun = suite.counts.notRun
                if notRun > 0 { counts[layer, default: Entry(layer: layer)].notRun += notRun }
            }
            // Most results pass, and are costly to copy.
            for place in suite.results.indices where suite.results[place].failsRun {
                if let layer = suite.results[place].fault?.layer {
                    counts[layer, default: Entry(layer: layer)].failing += 1
                } else {
                    unknown += 1
                }
            }
        }
        entries = Layer.allCases.compactMap { counts[$0] }
    }

    /// The layers in one phrase, such as `route 2, upstream 1`; empty if none is to blame.
    var phrase: String {
        var parts = entries.map { "\($0.layer.rawValue) \($0.count)" }
        if unknown > 0 { parts.append("unknown \(unknown)") }
        return parts.joined(separator: ", ")
    }
}
