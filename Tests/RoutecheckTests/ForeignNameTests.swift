import DHIS2Simulator
import Testing

/// Names that are not UTF-8, as systems with other encodings have left them: no other file is taken in their place.
@Suite(.timeLimit(.minutes(5)))
struct ForeignNameTests {
    /// Runs a line of the shell in which `$0` is the command and `$e` the name `José` in Latin-1.
    private func run(_ line: String, in served: ServedJob) async throws -> BuiltBinary.Outcome {
        var shell = served.binary
        shell.executable = "/bin/sh"
        let name = "export e=$(printf 'Jos\\351'); mkdir -p $e; cp job.yaml $e; echo old >$e/r; "
        return try await shell.run("-c", name + line, served.binary.executable)
    }

    /// Whether nothing was made under the name that a lossy reading gives.
    private func expectNoOtherName(_ served: ServedJob) async throws {
        #expect(try await run(#"test -e "$(printf 'Jos\357\277\275')""#, in: served).status == 1)
    }

    @Test(arguments: [
        ("run job.yaml --report-junit $e/r", "argument 4, for --report-junit, is not UTF-8; rename what it names"),
        ("run job.yaml --report-junit=$e/r", "argument 3, for --report-junit, is not UTF-8; rename what it names"),
        ("run $e/job.yaml", "argument 2 is not UTF-8; rename what it names"),
        ("run job.yaml --var A=$e", "argument 4, for --var, is not UTF-8; rename what it names"),
        ("merge $e/r", "argument 2 is not UTF-8; rename what it names"),
        ("diff r $e/r", "argument 3 is not UTF-8; rename what it names"),
        ("validate $e/job.yaml", "argument 2 is not UTF-8; rename what it names"),
        ("list job.yaml --name $e", "argument 4, for --name, is not UTF-8; rename what it names"),
        ("explain $e/job.yaml", "argument 2 is not UTF-8; rename what it names"),
        ("demo --report-html $e/r", "argument 3, for --report-html, is not UTF-8; rename what it names"),
        ("simulate --config $e/r", "argument 3, for --config, is not UTF-8; rename what it names"),
        ("$e", "argument 1 is not UTF-8; rename what it names"),
    ])
    func anArgumentIsRefused(words: String, message: String) async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let outcome = try await run(#""$0" \#(words); s=$?; cat $e/r; exit $s"#, in: served)
            #expect(outcome.status == 64)
            #expect(outcome.errors.hasPrefix("error: \(message)\n"), "\(outcome.errors)")
            #expect(outcome.output == "old\n")
            #expect(served.simulator.requestCount == 0)
            try await expectNoOtherName(served)
        }
    }

    @Test(arguments: [
        ("GITHUB_STEP_SUMMARY", "run job.yaml --github-summary"), ("GITHUB_STEP_SUMMARY", "demo --github-summary"),
    ])
    func aVariableThatNamesAFileIsRefused(variable: String, words: String) async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let outcome = try await run(#"\#(variable)=$e/r "$0" \#(words); s=$?; cat $e/r; exit $s"#, in: served)
            #expect(outcome.status == 64)
            let message = "the path in \(variable) is not UTF-8, so it names no file that could be used"
            #expect(outcome.errors.hasPrefix("error: \(message)\n"), "\(outcome.errors)")
            #expect(outcome.output == "old\n")
            try await expectNoOtherName(served)
        }
    }

    @Test(arguments: ["junit", "ndjson"])
    func aLinkToSuchANameIsAnError(format: String) async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let line = #"ln -s $e/r l; "$0" run job.yaml -q --report-\#(format) l; s=$?; cat $e/r; exit $s"#
            let outcome = try await run(line, in: served)
            #expect(outcome.status == 5)
            #expect(outcome.errors.contains("l: a link that leads to a name that is not UTF-8\n"), "\(outcome.errors)")
            #expect(outcome.output.hasSuffix("old\n"))
            try await expectNoOtherName(served)
        }
    }

    /// Two such folders are not the same, though they read the same.
    @Test func twoFoldersAreToldApart() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let line = #"""
                f=$(printf 'Jos\352'); mkdir $f; ln -s $e a; ln -s $f b; ln -s $e c
                "$0" run job.yaml -q --report-tap a/r --report-json b/r && cat a/r && grep -q '"total":1' b/r && echo both
                "$0" run job.yaml --report-tap a/r --report-json c/r
                """#
            let outcome = try await run(line, in: served)
            #expect(outcome.status == 64)
            #expect(outcome.output.contains("TAP version 13\n1..1\n"), "\(outcome.output)")
            #expect(outcome.output.hasSuffix("\nboth\n"), "\(outcome.output)")
            #expect(outcome.errors.hasPrefix("error: two reports cannot go to the same file, "), "\(outcome.errors)")
        }
    }
}
