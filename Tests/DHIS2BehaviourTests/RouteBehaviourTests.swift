import HTTPVocabulary
import Testing

@testable import DHIS2Behaviour

/// Each fact by version, as the source of DHIS2 and running servers have it.
@Suite struct RouteBehaviourTests {
    /// A fact, and the versions of the table below in which it holds.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let fact: @Sendable (RouteBehaviour) -> Bool
        let holds: Set<String>

        init(_ name: String, _ fact: @escaping @Sendable (RouteBehaviour) -> Bool, _ holds: [String]) {
            self.name = name
            self.fact = fact
            self.holds = Set(holds)
        }

        var testDescription: String { name }
    }

    private static let versions = [
        "2.38.4", "2.39.9", "2.40.0", "2.40.8", "2.40.9", "2.40.10", "2.40.11", "2.40.12", "2.40",
        "2.40-SNAPSHOT", "2.41.0", "2.41.1", "2.41.2", "2.41.4", "2.41.5", "2.41.6", "2.41.7", "2.41.9.1", "2.41",
        "2.42.0", "2.42.1",
        "2.42.2", "2.42.3", "2.42.4", "2.42.5.2", "2.42", "2.43.0", "2.43.1", "2.43", "2.44-SNAPSHOT", "2.44.0",
        "2.51.3",
        "3.0.0",
    ]

    private static func versions(from first: String, through last: String = "3.0.0") -> [String] {
        let range = versions.firstIndex(of: first).flatMap { start in
            versions.firstIndex(of: last).map { start...$0 }
        }
        return range.map { Array(versions[$0]) } ?? []
    }

    private static let beforeErrorsPass =
        versions(from: "2.38.4", through: "2.40.9") + versions(from: "2.41.0", through: "2.41.6")
    private static let decodingAndEncodingAgain =
        versions(from: "2.40.11", through: "2.40-SNAPSHOT") + versions(from: "2.41.7", through: "2.41")
    private static let secondEngine = versions(from: "2.42.0")
    private static let firstEngine = versions(from: "2.38.4", through: "2.41")

    static let rows: [Row] = [
        Row("has routes", { $0.hasRoutes }, versions(from: "2.40.0")),
        Row(
            "decodes the query once",
            { $0.decodesQueryOnce },
            decodingAndEncodingAgain + versions(from: "2.42.4")
        ),
        Row("encodes the query again", { $0.encodesQueryAgain }, versions(from: "2.38.4", through: "2.42.3")),
        Row("wants queries encoded twice", { $0.queryEncoding == .twice }, versions(from: "2.42.4")),
        Row(
            "wants queries encoded once",
            { $0.queryEncoding == .once },
            decodingAndEncodingAgain
        ),
        Row(
            "encodes the sub-path once",
            { $0.encodesSubPathOnce },
            versions(from: "2.40.10", through: "2.40-SNAPSHOT") + versions(from: "2.41.7", through: "2.41")
        ),
        Row("sends the sub-path as decoded", { $0.sendsSubPathAsDecoded }, versions(from: "2.42.4")),
        Row(
            "forwards Content-Type",
            { $0.forwardsContentType },
            versions(from: "2.40.9", through: "2.40-SNAPSHOT") + versions(from: "2.41.5", through: "2.41")
                + versions(from: "2.42.2")
        ),
        Row("takes braces for variables", { $0.takesBracesForVariables }, firstEngine),
        Row(
            "refuses a query beside its own",
            { $0.refusesQueryBesideItsOwn },
            versions(from: "2.38.4", through: "2.43")
        ),
        Row("refuses it without a message", { $0.refusesQueryWithoutMessage }, firstEngine),
        Row("wraps errors of targets", { $0.wrapsTargetErrors }, beforeErrorsPass),
        Row("reports target faults as 503", { $0.reportsTargetFaultsAs503 }, firstEngine),
        Row("reports target faults as 500", { $0.reportsTargetFaultsAs500 }, secondEngine),
        Row("reports slow targets as 504", { $0.reportsSlowTargetsAs504 }, secondEngine),
        Row(
            "refuses targets with an empty 503",
            { $0.refusesTargetsWithEmpty503 },
            versions(from: "2.42.0", through: "2.43")
        ),
        Row("follows redirects", { $0.followsRedirects }, firstEngine),
        Row("leaves length off unpacked bodies", { $0.leavesLengthOffUnpackedBodies }, secondEngine),
        Row(
            "runs GET and POST only",
            { $0.onlyMethods == [.get, .post] },
            versions(from: "2.40.0", through: "2.40-SNAPSHOT")
        ),
        Row("runs GET only", { $0.onlyMethods == [.get] }, ["2.41.0", "2.41.1"]),
        Row(
            "runs every method",
            { $0.onlyMethods == nil },
            ["2.38.4", "2.39.9"] + versions(from: "2.41.2")
        ),
    ]

    @Test(arguments: rows)
    func holdsInTheseVersions(row: Row) throws {
        for text in Self.versions {
            let version = try #require(ServerVersion(text))
            #expect(row.fact(RouteBehaviour(version)) == row.holds.contains(text), "\(text)")
        }
        #expect(row.holds.isSubset(of: Self.versions))
    }

    @Test func requestsToAnUnknownVersionAreWrittenForTheNewest() throws {
        for row in Self.rows {
            let newest = row.fact(RouteBehaviour(try #require(ServerVersion("2.44.0"))))
            #expect(row.fact(RouteBehaviour(assuming: nil)) == newest, "\(row.name)")
        }
    }

    // MARK: Unknown versions

    private static let facts: [@Sendable () -> KeyPath<RouteBehaviour, Bool>] = [
        { \.decodesQueryOnce }, { \.encodesQueryAgain }, { \.encodesSubPathOnce }, { \.sendsSubPathAsDecoded },
        { \.forwardsContentType }, { \.takesBracesForVariables }, { \.refusesQueryBesideItsOwn },
        { \.refusesQueryWithoutMessage }, { \.wrapsTargetErrors }, { \.reportsTargetFaultsAs503 },
        { \.reportsTargetFaultsAs500 }, { \.reportsSlowTargetsAs504 }, { \.refusesTargetsWithEmpty503 },
        { \.followsRedirects }, { \.leavesLengthOffUnpackedBodies },
    ]

    @Test func anUnknownVersionMayDoWhatSomeDo() {
        let unknown = PossibleBehaviour(of: nil)
        for fact in Self.facts {
            #expect(unknown.may(fact()))
            #expect(!unknown.does(fact()))
        }
        #expect(unknown.does(\.hasRoutes))
    }

    @Test func aKnownVersionMayDoWhatItDoes() throws {
        for text in Self.versions {
            let version = try #require(ServerVersion(text))
            let known = PossibleBehaviour(of: version)
            for fact in Self.facts {
                #expect(known.may(fact()) == RouteBehaviour(version)[keyPath: fact()])
                #expect(known.does(fact()) == RouteBehaviour(version)[keyPath: fact()])
            }
        }
    }

    /// What every release does, one of the borders does, and no border does the same as the one before.
    @Test func theBordersAreWhereFactsChange() throws {
        func facts(_ version: ServerVersion) -> [Bool] {
            let behaviour = RouteBehaviour(version)
            return Self.rows.filter { $0.name != "has routes" }.map { $0.fact(behaviour) }
        }
        let borders = PossibleBehaviour.borders
        let releases: [ServerVersion] = (40...45).flatMap { line in
            (0...20).map { ServerVersion(minor: line, patch: $0) }
        }
        var previous: ServerVersion?
        for release in releases {
            let isBorder = borders.contains(release)
            if isBorder { previous = release }
            let border = try #require(previous)
            #expect(facts(release) == facts(border), "\(release) is not as \(border)")
        }
        for (border, next) in zip(borders, borders.dropFirst()) {
            #expect(facts(border) != facts(next), "\(next) is as \(border)")
        }
    }

    @Test
    func waitsLongerThanAnyRouteLimit() {
        #expect(RouteBehaviour.patience() == .seconds(35))
        #expect(RouteBehaviour.patience(withRouteLimit: 60) == .seconds(90))
        #expect(RouteBehaviour.patience(withRouteLimit: .max) > .seconds(Int.max))
    }
}
