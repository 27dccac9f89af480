import DHIS2
import DHIS2Simulator
import Testing

/// What a simulated server is made to answer to a run, and who that comes from.
struct ServedOrigin: Sendable {
    var name: String
    /// The eras in which such an answer exists.
    var eras: [SimulatedEra]
    var arrange: @Sendable (inout ServedRun) -> Void
    var layer: ResponseOrigin.Layer
    var reason: ResponseOrigin.Reason
    var certainty: ResponseOrigin.Certainty
    /// The whole sentence, with the server's version as VERSION, and its host and port as HOST.
    var sentence: String
    var alternatives: [ResponseOrigin.Reason]

    init(
        _ name: String,
        in eras: [SimulatedEra] = SimulatedEra.allCases,
        _ arrange: @escaping @Sendable (inout ServedRun) -> Void,
        _ layer: ResponseOrigin.Layer,
        _ reason: ResponseOrigin.Reason,
        _ certainty: ResponseOrigin.Certainty,
        _ sentence: String,
        or alternatives: ResponseOrigin.Reason...
    ) {
        self.name = name
        self.eras = eras
        self.arrange = arrange
        self.layer = layer
        self.reason = reason
        self.certainty = certainty
        self.sentence = sentence
        self.alternatives = alternatives
    }

    static let all = connections + fronts + containers + credentials + routes + unreachableTargets + targets

    /// The target in sentences, without its first letter.
    static let target = #"he target of the route "target" (target.example.org)"#
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
