import DHIS2Simulator
import FoundationEssentials
import Testing

/// What a person is told who has mistyped a command.
@Suite(.timeLimit(.minutes(5)))
struct CommandLineTests {
    private static let job = """
        server: {url: 'https://dhis2.example.org', token: d2p_x}
        checks:
          - {route: r, name: GET health, tags: [smoke]}
          - {route: r, name: GET items, tags: [nightly]}
          - {route: r, name: never, skip: true}

        """

    private func run(_ arguments: String...) async throws -> BuiltBinary.Outcome {
        try await withTemporaryFolder { folder in
            try Data(Self.job.utf8).write(to: URL(filePath: "\(folder)/job.yaml"))
            return try await BuiltBinary(folder: folder).run(arguments)
        }
    }

    @Test func withoutACommandSaysHowItIsUsed() async throws {
        let outcome = try await run()
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("error: say what to do, e.g. routecheck run job.yaml\n"))
        #expect(outcome.errors.contains("Usage: routecheck <command> [options]\n"))
    }

    @Test func suggestsTheCommandThatWasMeant() async throws {
        let outcome = try await run("valdate", "job.yaml")
        #expect(outcome.status == 64)
        #expect(
            outcome.errors == """
                error: unknown command "valdate"; did you mean validate?
                Usage: routecheck <command> [options]
                For more, see 'routecheck --help'.

                """
        )
    }

    @Test(arguments: [
        ("5/4", ": shards are numbered from 1 to 4"),
        ("0/4", ": shards are numbered from 1 to 4"),
        ("1/0", ": the number of shards is 1 to 100000"),
        ("1/9000000000000000000", ": the number of shards is 1 to 100000"),
        ("2", ""),
    ])
    func saysWhatIsWrongWithAShard(argument: String, reason: String) async throws {
        let outcome = try await run("run", "job.yaml", "--shard", argument)
        #expect(outcome.status == 64)
        #expect(
            outcome.errors == """
                error: --shard takes i/n, e.g. 2/4, or auto, not "\(argument)"\(reason)
                Usage: routecheck run [options] <job>...
                For more, see 'routecheck run --help'.

                """
        )
    }

    @Test(arguments: [
        (["job.yaml", "job.yaml"], "job.yaml"), (["./job.yaml", "job.yaml"], "./job.yaml, also written job.yaml"),
    ])
    func refusesAJobFileThatIsNamedTwice(paths: [String], shown: String) async throws {
        for command in ["run", "validate"] {
            try await withTemporaryFolder { folder in
                try Data(Self.job.utf8).write(to: URL(filePath: "\(folder)/job.yaml"))
                let outcome = try await BuiltBinary(folder: folder).run([command] + paths)
                #expect(outcome.status == 64)
                let message = "the same job file is named twice: \(shown); --repeat runs checks more than once"
                #expect(outcome.errors.hasPrefix("error: \(message)\n"))
            }
        }
    }

    @Test(arguments: [
        (["--name", "GET helth"], "No check is selected by --name 'GET helth'. Did you mean --name 'GET health'?"),
        (["--name", "items"], "No check is selected by --name 'items'. Did you mean --name '*items*'?"),
        (["--tags", "smok"], "No check is selected by --tags 'smok'. The tags are nightly, smoke."),
        (["--name", "never"], "Nothing to run: the only selected check is skipped."),
    ])
    func namesTheFilterThatSelectsNothing(options: [String], message: String) async throws {
        for command in [["run"], ["run", "--dry-run"], ["list"]] {
            try await withTemporaryFolder { folder in
                try Data(Self.job.utf8).write(to: URL(filePath: "\(folder)/job.yaml"))
                let outcome = try await BuiltBinary(folder: folder).run(command + ["job.yaml"] + options)
                #expect(outcome.status == 4)
                #expect(outcome.errors.hasSuffix("error: \(message)\n"))
            }
        }
    }

    @Test func explainsInColourIfTold() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let coloured = try await served.binary.run("explain", "job.yaml", "--color", "always")
            #expect(coloured.output.contains("\u{1B}["))
            let plain = try await served.binary.run("explain", "job.yaml")
            #expect(!plain.output.contains("\u{1B}["))
        }
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
        try await ServedJob.with("") { served in
            let port = served.simulator.port
            let outcome = try await served.binary.run("simulate", "--port", "\(port)")
            #expect(outcome.status == 64)
            let reason = "Address already in use; choose another with --port, or leave it out for a free one"
            #expect(outcome.errors == "error: cannot listen on port \(port): \(reason)\n")
        }
    }
}
