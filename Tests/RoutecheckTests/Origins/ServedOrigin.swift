import DHIS2
import DHIS2Simulator
import Testing

/// What a simulated server is made to answer to a run, and who that comes from.
struct ServedOrigin: Sendable {
    var name: String
    /// The eras in which such an answer exists.
    var eras: [SimulatedEra]
    var arrange: @Sendable (inout ServedRun) -> Void
    /// The layer that is at fault, which the arrangement knows.
    var layer: ResponseOrigin.Layer

    init(
        _ name: String,
        in eras: [SimulatedEra] = SimulatedEra.allCases,
        _ arrange: @escaping @Sendable (inout ServedRun) -> Void,
        _ layer: ResponseOrigin.Layer
    ) {
        self.name = name
        self.eras = eras
        self.arrange = arrange
        self.layer = layer
    }

    static let all = connections + fronts + containers + credentials + routes + unreachableTargets + targets
}

/// One row in one era.
struct ServedOriginCase: Sendable, CustomTestStringConvertible {
    var row: ServedOrigin
    var era: SimulatedEra

    var testDescription: String { "\(era.rawValue): \(row.name)" }

    static let all = ServedOrigin.all.flatMap { row in row.eras.map { ServedOriginCase(row: row, era: $0) } }
}

extension SimulatedEra {
    /// From 2.42 on DHIS2 calls targets in another way and says other things of them.
    static let since42: [SimulatedEra] = [.d, .e]
}
