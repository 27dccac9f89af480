import DHIS2Simulator
import FoundationEssentials
import Testing

/// What GitHub is told, as its runner reads it: files relative to the repository, and a summary that it takes.
struct GitHubPlaceTests {
    private static let job = "checks: [{route: unreachable, name: a}]"

    /// A repository with a job file in a folder, one outside of it, and links to both.
    private static func withRepository(_ body: (BuiltBinary, _ folder: String) async throws -> Void) async throws {
        try await DHIS2Simulator.with { simulator in
            try await withTemporaryFolder { folder in
                let files = FileManager.default
                for name in ["repo/sub/jobs", "repo/other", "outside"] {
                    try files.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
                }
                for name in ["repo/sub/jobs/a.yaml", "repo/b.yaml", "outside/c.yaml"] {
                    try Data(job.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
                }
                try files.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "\(folder)/repo")
                try files.createSymbolicLink(
                    atPath: "\(folder)/repo/sub/linked.yaml",
                    withDestinationPath: "\(folder)/outside/c.yaml"
                )
                try files.createSymbolicLink(
                    atPath: "\(folder)/repo/shared",
                    withDestinationPath: "\(folder)/outside"
                )
                var binary = BuiltBinary(folder: folder)
                binary.environment["DHIS2_URL"] = simulator.baseURL
                binary.environment["DHIS2_PAT"] = SimulatorConfiguration.standardToken
                binary.environment["GITHUB_ACTIONS"] = "true"
                binary.environment["GITHUB_WORKSPACE"] = "\(folder)/repo"
                try await body(binary, folder)
            }
        }
    }

    @Test
    func namesFilesRelativeToTheRepository() async throws {
        try await Self.withRepository { binary, folder in
            let rows = [
                ("repo", "sub/jobs/a.yaml", "sub/jobs/a.yaml"), ("repo", "./b.yaml", "b.yaml"),
                ("repo/sub", "jobs/a.yaml", "sub/jobs/a.yaml"), ("repo/sub", "../b.yaml", "b.yaml"),
                ("repo/sub/jobs", "./../../sub//jobs/a.yaml", "sub/jobs/a.yaml"),
                ("repo/sub", "\(folder)/repo/b.yaml", "b.yaml"), ("outside", "../repo/b.yaml", "b.yaml"),
                ("link/sub", "jobs/a.yaml", "sub/jobs/a.yaml"), ("outside", "\(folder)/link/b.yaml", "b.yaml"),
                ("repo/sub", "linked.yaml", "sub/linked.yaml"), ("repo", "shared/c.yaml", "shared/c.yaml"),
            ]
            for (working, file, shown) in rows {
                var binary = binary
                binary.folder = "\(folder)/\(working)"
                let outcome = try await binary.run("run", file)
                #expect(outcome.output.contains("::error file=\(shown),line=1,col=10,title=a::"), "\(working) \(file)")
            }
            var linked = binary
            linked.environment["GITHUB_WORKSPACE"] = "\(folder)/link/"
            linked.folder = "\(folder)/repo/sub"
            #expect(try await linked.run("run", "jobs/a.yaml").output.contains("::error file=sub/jobs/a.yaml,line=1"))
            for none in [nil, ""] {
                linked.environment["GITHUB_WORKSPACE"] = none
                #expect(try await linked.run("run", "./jobs/a.yaml").output.contains("::error file=jobs/a.yaml,line=1"))
            }
        }
    }

    /// GitHub knows no file but the repository's, and no pipe.
    @Test
    func namesNoFileThatIsNotInTheRepository() async throws {
        try await Self.withRepository { binary, folder in
            var shell = binary
            shell.executable = "/bin/bash"
            for (working, rest, shown) in [
                ("repo", "../outside/c.yaml", "../outside/c.yaml"), ("outside", "c.yaml", "c.yaml"),
                ("repo", "- <b.yaml", "standard input"), ("repo", "<(cat b.yaml)", "/dev/fd/63"),
                ("repo", "/dev/fd/5 5< <(cat b.yaml)", "/dev/fd/5"),
                ("repo", "/dev/stdin < <(cat b.yaml)", "/dev/stdin"),
            ] {
                shell.folder = "\(folder)/\(working)"
                let outcome = try await shell.run(["-c", #""$0" run \#(rest)"#, binary.executable])
                #expect(outcome.status == 1)
                #expect(outcome.output.contains("::error title=a::"), "\(rest)")
                #expect(!outcome.output.contains("file="), "\(rest)")
                #expect(outcome.output.contains("%0Aat \(shown):1\n"), "\(rest)")
            }
            // An open file is one all the same.
            shell.folder = "\(folder)/repo"
            let open = try await shell.run(["-c", #""$0" run /dev/fd/5 5<b.yaml"#, binary.executable])
            #expect(open.output.contains("::error file=b.yaml,line=1"))
        }
    }

    /// A part of a run and `merge` may run in different folders, and the report has the path as it was given.
    @Test(
        arguments: [
            // Where the part runs, what it runs, where it is merged, the repository's other files, and what is named.
            ("sub", "jobs/a.yaml", "", [], "sub/jobs/a.yaml"), ("sub/jobs", "a.yaml", "", [], "sub/jobs/a.yaml"),
            ("sub/jobs", "./a.yaml", "other", [], "sub/jobs/a.yaml"), ("other", "../b.yaml", "", [], "b.yaml"),
            ("", "b.yaml", "sub/jobs", [], "b.yaml"), ("sub/jobs", "a.yaml", "", ["other/ba.yaml"], "sub/jobs/a.yaml"),
            ("sub/jobs", "a.yaml", "", [".git/a.yaml"], "sub/jobs/a.yaml"),
            ("sub/jobs", "a.yaml", "", ["other/a.yaml"], nil), ("sub", "jobs/a.yaml", "", ["other/jobs/a.yaml"], nil),
            ("sub", "jobs/a.yaml", "", ["other/a.yaml"], "sub/jobs/a.yaml"),
            ("", "../outside/c.yaml", "sub", [], nil), ("sub", "/dev/stdin", "", [], nil),
        ] as [(String, String, String, [String], String?)]
    )
    func mergeNamesTheFileThatWasRun(
        part: String,
        file: String,
        working: String,
        others: [String],
        named: String?
    ) async throws {
        try await Self.withRepository { binary, folder in
            for name in [".git/x"] + others {
                let path = URL(filePath: "\(folder)/repo/\(name)")
                try FileManager.default.createDirectory(
                    at: path.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(Self.job.utf8).write(to: path)
            }
            var shell = binary
            shell.executable = "/bin/bash"
            shell.folder = "\(folder)/repo/\(part)"
            let line = #"cat \#(folder)/repo/b.yaml | "$0" run \#(file) --report-json \#(folder)/r.json"#
            #expect(try await shell.run(["-c", line, binary.executable]).status == 1)
            var merge = binary
            merge.folder = "\(folder)/repo/\(working)"
            let outcome = try await merge.run("merge", "\(folder)/r.json")
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("::error \(named.map { "file=\($0),line=1,col=10," } ?? "")title=a::"))
            // Without the repository nobody can tell.
            try FileManager.default.removeItem(atPath: "\(folder)/repo")
            try FileManager.default.createDirectory(atPath: "\(folder)/repo", withIntermediateDirectories: true)
            merge.folder = "\(folder)/repo"
            let blind = try await merge.run("merge", "\(folder)/r.json")
            let asGiven = file.hasPrefix("../") || file.hasPrefix("/") ? nil : file.replacing("./", with: "")
            #expect(blind.output.contains("::error \(asGiven.map { "file=\($0),line=1,col=10," } ?? "")title=a::"))
        }
    }

    @Test(arguments: [
        0, 1, 1 << 20, (1 << 20) - 1, (1 << 20) - 20, (1 << 20) - 300, (1 << 20) - 2_000, 970_000, 2 << 20,
    ])
    func keepsTheSummaryWithinWhatGitHubTakes(used: Int) async throws {
        try await Self.withRepository { binary, folder in
            var binary = binary
            binary.folder = "\(folder)/repo"
            binary.environment["GITHUB_STEP_SUMMARY"] = "\(folder)/summary"
            let before = Data(repeating: UInt8(ascii: "x"), count: used)
            try before.write(to: URL(filePath: "\(folder)/summary"))
            let outcome = try await binary.run("run", "b.yaml", "--github-summary")
            #expect(outcome.status == 1)
            let after = try Data(contentsOf: URL(filePath: "\(folder)/summary"))
            #expect(after.count <= max(1 << 20, used))
            #expect(after.prefix(used) == before)
            let added = String(decoding: after.dropFirst(used), as: UTF8.self)
            let hasRoom = used + 100 < 1 << 20
            #expect(added.isEmpty != hasRoom)
            #expect(added.isEmpty || added.hasPrefix(used > 0 ? "\n## ❌ " : "## ❌ "))
        }
    }
}
