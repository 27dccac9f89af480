import Checks

/// How many checks that fail the run each layer is to blame for, in the order a request passes the layers.
struct LayerCounts: Equatable {
    private(set) var entries: [Entry] = []
    /// Failing checks whose layer nobody could tell.
    private(set) var unknown = 0

    struct Entry: Equatable {
        var layer: Layer
        var count: Int
    }

    init(_ report: RunReport) {
        var counts: [Layer: Int] = [:]
        for result in report.suites.lazy.flatMap(\.results) where result.failsRun {
            if let layer = result.fault?.layer { counts[layer, default: 0] += 1 } else { unknown += 1 }
        }
        entries = Layer.allCases.compactMap { layer in counts[layer].map { Entry(layer: layer, count: $0) } }
    }

    /// The layers in one phrase, such as `route 2, upstream 1`; empty if nothing fails the run.
    var phrase: String {
        var parts = entries.map { "\($0.layer.rawValue) \($0.count)" }
        if unknown > 0 { parts.append("unknown \(unknown)") }
        return parts.joined(separator: ", ")
    }
}
