import Checks
import FoundationEssentials
import Testing

/// Who checks are, and what they ask, where secrets are part of it: no value of a secret is in an identity, so that one
/// that is exchanged changes none.
@Suite(.timeLimit(.minutes(5)))
struct SecretIdentityTests {
    /// A job, and the same with other secrets.
    struct Rotation: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var job: String
        /// Environment variables, each with its value before and after.
        var environment: [String: [String]] = [:]
        /// Texts of the job file and of `secret.txt`, before and after.
        var literals = ["", ""]
        /// Whether the checks count as changed: nobody can tell what has changed of a secret that the job file spells out.
        var isWrittenOut = false
    }

    private static let rotations = [
        Rotation(
            testDescription: "a token of the server",
            job: "server: {token: '${T}'}\nchecks: [{route: health, name: a}, {route: health}]",
            environment: ["T": ["d2p_OLD", "d2p_NEW"]]
        ),
        Rotation(
            testDescription: "a password that is part of a name and a route",
            job: """
                server: {username: admin, password: '${P}'}
                checks: [{route: district-health, name: district-health}, {route: district-health, path: district}]
                """,
            environment: ["P": ["district", "swordfish"]],
            isWrittenOut: true
        ),
        Rotation(
            testDescription: "a password in a file",
            job: "server: {username: admin, password-file: secret.txt}\nchecks: [{route: opensesame}]",
            literals: ["opensesame", "swordfish"],
            isWrittenOut: true
        ),
        Rotation(
            testDescription: "a literal in a sensitive field and parameter",
            job: """
                checks: [{route: health, headers: {X-Api-Key: '@'}}, {route: health, params: {access_token: '@', b: 1}}]
                """,
            literals: ["7777", "abcdefghijkl"],
            isWrittenOut: true
        ),
        Rotation(
            testDescription: "a literal that a variable brings to a path, a parameter, a body and an expectation",
            job: """
                vars: {KEY: '@'}
                server: {redact: [x-key]}
                checks:
                  - {route: health, headers: {X-Key: '${KEY}'}}
                  - {route: health, name: b, path: 'a/${KEY}/b', params: {q: 'k=${KEY}'}}
                  - {route: health, name: c, method: POST, body: {q: '${KEY}', password: '@'}}
                  - {route: health, name: 'd ${KEY}', expect: {json: {$.a: '${KEY}', $.password: {contains: '@'}}}}
                """,
            literals: ["k3y-one", "k3y-two-longer"],
            isWrittenOut: true
        ),
        Rotation(
            testDescription: "variables made of variables",
            job: """
                vars: {AUTH: 'Bearer ${KEY}'}
                checks: [{route: health, headers: {X-Api-Key: '${AUTH}', X-Other: '${AUTH}'}, path: 'p/${KEY:-none}'}]
                """,
            environment: ["KEY": ["secretone", "anothersecret"]]
        ),
        Rotation(
            testDescription: "rows whose values are secrets",
            job: """
                checks: [{route: health, matrix: {KEY: ['${A}', '${B}', plain]}, headers: {X-Api-Key: '${KEY}'}}]
                """,
            environment: ["A": ["secret-a", "another-a"], "B": ["secret-b", "another-b"]]
        ),
        Rotation(
            testDescription: "a PIN, too short to be looked for in texts",
            job: "checks: [{route: health, headers: {X-Api-Key: '${PIN}'}, path: '${PIN}', name: 'pin ${PIN}'}]",
            environment: ["PIN": ["123", "987"]]
        ),
    ]

    /// The identities in a report of a job, one for each check.
    private static func identities(_ rotation: Rotation, at time: Int) async throws -> [CheckIdentity?] {
        try await ServedJob.with(rotation.job.replacing("@", with: rotation.literals[time])) { served in
            var binary = served.binary
            for (name, values) in rotation.environment { binary.environment[name] = values[time] }
            try served.write(rotation.literals[time], to: "secret.txt")
            if rotation.job.contains("username:") || rotation.job.contains("{token:") {
                binary.environment["DHIS2_PAT"] = nil
            }
            _ = try await binary.run("run", "job.yaml", "--report-json", "r.json", "--report-ndjson", "r.ndjson")
            let identities = try served.report("r.json").suites[0].results.map(\.identity)
            #expect(try served.report("r.ndjson").suites[0].results.map(\.identity) == identities)
            return identities
        }
    }

    @Test(arguments: rotations)
    func anotherValueOfASecretChangesNothing(rotation: Rotation) async throws {
        let before = try await Self.identities(rotation, at: 0)
        let after = try await Self.identities(rotation, at: 1)
        #expect((after != before) == rotation.isWrittenOut)
        #expect(!before.isEmpty && before.allSatisfy { $0 != nil })
        #expect(Set(before).count == before.count, "each check is another one")
    }

    /// Whoever has a report must not be able to try passwords until the hash of a name fits.
    @Test func noHashIsMadeOfASecret() async throws {
        let rotation = Rotation(
            testDescription: "",
            job: "server: {username: admin, password: '${P}'}\nchecks: [{route: district-health}]",
            environment: ["P": ["district"]]
        )
        let identity = try #require(try await Self.identities(rotation, at: 0)[0])
        for text in ["GET district-health", "district-health", "GET [redacted]-health"] {
            var hash = FNV1a()
            hash.add(counted: text)
            #expect((identity.name == hash.value) == text.contains("[redacted]"), "\(text)")
        }
    }

    @Test func aVariableThatIsNoSecretCounts() async throws {
        let job = "checks: [{route: health, name: a, path: '${TENANT}', headers: {X-Api-Key: '${KEY}'}}]"
        let before = Rotation(
            testDescription: "",
            job: job,
            environment: ["TENANT": ["north", "south"], "KEY": ["secret-a", "secret-a"]]
        )
        let (north, south) = (try await Self.identities(before, at: 0)[0], try await Self.identities(before, at: 1)[0])
        #expect(north?.name == south?.name)
        #expect(north?.fingerprint != south?.fingerprint)
    }

    @Test func anotherVariableIsAnotherQuestion() async throws {
        var found: Set<CheckIdentity?> = []
        for variable in ["A", "B"] {
            let rotation = Rotation(
                testDescription: "",
                job: "checks: [{route: health, name: a, headers: {X-Api-Key: '${\(variable)}'}}]",
                environment: ["A": ["same-secret"], "B": ["same-secret"]]
            )
            found.insert(try await Self.identities(rotation, at: 0)[0])
        }
        #expect(found.count == 2)
    }

    /// A failing check whose name has a secret in it is hidden in the report, and found in the job file all the same.
    @Test(arguments: ["district-health", "a district", "district"])
    func aHiddenNameIsFoundAgain(name: String) async throws {
        let job = """
            server: {username: admin, password: district}
            checks: [{route: health, name: \(name), expect: 418}, {route: health, name: good}]
            """
        try await ServedJob.with(job) { served in
            var binary = served.binary
            binary.environment["DHIS2_PAT"] = nil
            #expect(try await binary.run("run", "job.yaml", "--report-json", "old.json").status == 1)
            let report = try served.text("old.json")
            #expect(!report.contains("district"))
            let options = ["run", "job.yaml", "--last-failed", "old.json", "--report-json", "new.json"]
            let outcome = try await binary.run(options)
            #expect(outcome.status == 1)
            #expect(outcome.errors == "")
            #expect(try served.report("new.json").suites[0].results.map(\.index) == [0])
            let diff = try await binary.run("diff", "old.json", "new.json")
            #expect(diff.output == "Compared with the baseline: 1 still failing.\n")
            let all = try await binary.run("run", "job.yaml", "--baseline", "old.json", "--name", "good")
            #expect(all.output.hasSuffix("Compared with the baseline: nothing changed.\n"))
        }
    }

    /// Secrets that are written out in rows cannot be told from each other: a file in which they were exchanged has not
    /// passed.
    @Test func rowsOfLiteralSecretsPassInTheSameFileOnly() async throws {
        func job(_ keys: String) -> String {
            "checks: [{route: health, name: 'k ${KEY}', matrix: {KEY: [\(keys)]}, headers: {X-Api-Key: '${KEY}'}}]"
        }
        try await ServedJob.with(job("first-key, second-key")) { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "old.json").status == 0)
            let options = ["run", "job.yaml", "--last-failed", "old.json", "--report-json", "new.json"]
            #expect(try await served.binary.run(options).errors.contains("note: nothing failed"))
            try served.write(job("second-key, first-key"), to: "job.yaml")
            #expect(try await served.binary.run(options).status == 0)
            #expect(try served.report("new.json").suites[0].results.count == 2)
        }
    }
}
