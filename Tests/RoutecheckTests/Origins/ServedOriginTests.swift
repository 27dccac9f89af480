import DHIS2
import DHIS2Simulator
import Testing

/// Who answered, for each row of what is known about DHIS2's answers, over sockets and through libcurl.
///
/// One at a time, as in ``FaultMatrixTests``.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct ServedOriginTests {
    @Test(arguments: ServedOriginCase.all)
    func namesTheLayerThatAnswered(served: ServedOriginCase) async throws {
        var run = ServedRun(served.era)
        served.row.arrange(&run)
        let origin = try await run.origin(host: run.isGone ? Self.lonelyHost(of: served.era) : "127.0.0.1")
        #expect(origin.layer == served.row.layer)
        #expect(origin.reason == served.row.reason)
        #expect(origin.certainty == served.row.certainty)
        #expect(origin.sentence == served.row.sentence)
        #expect(origin.alternatives.map(\.reason) == served.row.alternatives)
    }

    private static func lonelyHost(of era: SimulatedEra) -> String {
        switch era {
        case .b: "127.0.0.6"
        case .d: "127.0.0.7"
        case .e: "127.0.0.8"
        }
    }
}
