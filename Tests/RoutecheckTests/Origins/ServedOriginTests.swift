import DHIS2
import DHIS2Simulator
import FoundationEssentials
import Testing

/// Who answered, for each arrangement of a simulated server, over sockets and through libcurl.
///
/// What is said of it is a line in `ServedOrigins.txt`. After a wanted change, remove that file, run the tests once with
/// `ROUTECHECK_WRITE_FIXTURES=1` and look at what git shows as changed. One at a time, as in ``FaultMatrixTests``.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ServedOriginTests {
    @Test(arguments: ServedOriginCase.all)
    func namesTheLayerThatAnswered(served: ServedOriginCase) async throws {
        var run = ServedRun(served.era)
        served.row.arrange(&run)
        let origin = try await run.origin(host: run.isGone ? Self.lonelyHost(of: served.era) : "127.0.0.1")
        // Where the answer does not tell, the layer that is at fault is one of those that are named.
        let others = origin.certainty == .possible ? origin.alternatives.map(\.layer) : []
        #expect(([origin.layer] + others).contains(served.row.layer))
        let line = Self.line(of: served, origin)
        if ProcessInfo.processInfo.environment["ROUTECHECK_WRITE_FIXTURES"] != nil { try Self.add(line) }
        #expect(try Self.recorded().contains(line), "\(line)")
    }

    @Test func recordsNothingElse() throws {
        let names = Set(ServedOriginCase.all.map { Self.key(of: $0) })
        for line in try Self.recorded() {
            #expect(names.contains { line.hasPrefix($0) }, "\(line)")
        }
        #expect(try Self.recorded().count == names.count)
    }

    private static func key(of served: ServedOriginCase) -> String { "\(served.row.name) [\(served.era.rawValue)]: " }

    private static func line(of served: ServedOriginCase, _ origin: ResponseOrigin) -> String {
        let others = origin.alternatives.map { " | or \($0.layer) \($0.reason)" }.joined()
        return "\(key(of: served))\(origin.layer) \(origin.reason), \(origin.certainty): \(origin.sentence)\(others)"
    }

    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ServedOrigins.txt")

    private static func recorded() throws -> Set<String> {
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        return Set(text.split(separator: "\n").map(String.init))
    }

    private static func add(_ line: String) throws {
        let lines = ((try? recorded()) ?? []).union([line])
        try Data((lines.sorted().joined(separator: "\n") + "\n").utf8).write(to: file)
    }

    private static func lonelyHost(of era: SimulatedEra) -> String {
        switch era {
        case .b: "127.0.0.6"
        case .d: "127.0.0.7"
        case .e: "127.0.0.8"
        }
    }
}
