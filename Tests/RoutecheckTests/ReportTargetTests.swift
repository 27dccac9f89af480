import Checks
import FoundationEssentials
import Glibc
import Testing

/// What a report leaves behind wherever it is sent: a table of targets, each with the status, the content and the mode.
@Suite(.timeLimit(.minutes(5)))
struct ReportTargetTests {
    /// What is found at a target after a run.
    enum Content: Sendable {
        /// The whole report and nothing else.
        case whole
        /// What was there before, and the whole report behind it.
        case appended
        /// A report of a run that has not come to its end.
        case unfinished
        /// Nothing at all, or nothing that could be read.
        case none
    }

    /// One target.
    struct Row: Sendable, CustomTestStringConvertible {
        /// What the shell does before the run, in the job's folder.
        var before = ""
        /// The path that the report is sent to.
        var target: String
        /// How the shell runs the command `$run`, which sends the report there.
        var call = "$run"
        var status: Int32 = 0
        /// What a line of standard error ends with.
        var says = ""
        /// Where the report is to be found, if not at the target.
        var found: String?
        var content = Content.whole
        /// The mode of the file that was found, where it matters.
        var mode: String?
        /// What a stream of events leaves behind instead, where it is not the same.
        var eventContent: Content?

        var testDescription: String { "\(before); \(target); \(call)" }
    }

    private static let rows = [
        Row(target: "r", mode: "644"),
        Row(before: "umask 077", target: "r", mode: "600"),
        Row(before: "echo old >r; chmod 2664 r", target: "r", mode: "2664"),
        Row(before: "echo old >r; chmod 1644 r", target: "r", mode: "1644"),
        Row(before: "echo old >r; chmod 600 r", target: "r", mode: "600"),
        Row(before: "echo old >r; chmod 664 r", target: "./r", mode: "664"),
        Row(target: "new/folder/r", mode: "644"),
        Row(before: "echo old >r; chmod 640 r; ln -s r link", target: "link", found: "r", mode: "640"),
        Row(before: "mkdir a b; echo old >b/r; ln -s ../b/r a/l; ln -s a/l link", target: "link", found: "b/r"),
        Row(before: "ln -s r link", target: "link", found: "r", mode: "644"),
        Row(before: "mkdir a; ln -s r a/l; ln -s a/l link", target: "link", found: "a/r"),
        Row(before: "ln -s new/r link", target: "link", found: "new/r"),
        Row(
            before: "ln -s b a; ln -s a b",
            target: "a",
            status: 5,
            says: "a: Too many levels of symbolic links",
            content: .none
        ),
        Row(before: "mkdir d", target: "d", status: 5, says: "d: Is a directory", content: .none),
        Row(target: "job.yaml/r", status: 5, says: "job.yaml/r: Not a directory", content: .none),
        Row(target: "/dev/null", content: .none),
        Row(target: "/dev/full", status: 5, says: "/dev/full: No space left on device", content: .none),
        Row(target: "socket", status: 5, says: "a socket or a device that cannot be opened", content: .none),
        Row(before: "echo old >log", target: "/dev/stdout", call: "$run >>log", found: "log", content: .appended),
        Row(before: "echo old >log", target: "/dev/fd/1", call: "$run >>log", found: "log", content: .appended),
        Row(before: "echo old >log", target: "/proc/self/fd/1", call: "$run >>log", found: "log", content: .appended),
        Row(before: "ln -s /dev/stdout l", target: "l", call: "$run >>log", found: "log"),
        Row(target: "/dev/stdout", call: "($run; echo $? >s) | cat >log; s=$(cat s)", found: "log"),
        Row(target: "/dev/stdout", call: "$run >/dev/full", status: 5, says: "No space left on device", content: .none),
        Row(target: "/dev/stdout", call: "$run >&-", status: 5, says: "Bad file descriptor", content: .none),
        Row(before: "echo old >log", target: "/dev/stderr", call: "$run 2>>log", found: "log", content: .appended),
        Row(before: "echo old >log", target: "/dev/fd/7", call: "$run 7>>log", found: "log", content: .appended),
        Row(target: "/dev/fd/7", status: 5, says: "/dev/fd/7: Bad file descriptor", content: .none),
        // A file that another process, or this one by another name, has open.
        Row(before: held, target: "/proc/$$/fd/9", call: elsewhere, found: "log", content: .appended),
        Row(before: "\(held); ln -s /proc/$$/fd l", target: "l/9", call: elsewhere, found: "log", content: .appended),
        Row(before: "\(held); ln -s /proc/$$/fd/9 l", target: "l", found: "log", content: .appended),
        Row(before: held, target: "/proc/thread-self/fd/9", found: "log", content: .appended),
        // A folder whose name is not UTF-8.
        Row(before: "mkdir $e; cp job.yaml $e; echo old >$e/r", target: "r", call: inLatin1, found: "log"),
        Row(before: "mkdir $e; cp job.yaml $e", target: "new/r", call: inLatin1, found: "log"),
        Row(before: "mkdir $e; ln -s $e l; echo old >l/r", target: "l/r", found: "l/r"),
        Row(target: "r", call: "$run >r"),
        Row(before: "echo old >r", target: "r", call: "$run >>r", content: .appended),
        Row(before: "mkfifo p", target: "p", call: "cat p >log & $run; s=$?; wait; (exit $s)", found: "log"),
        Row(
            before: "mkfifo p",
            target: "p",
            call: "{ sleep 0.5; cat p >log; } & $run; s=$?; wait; (exit $s)",
            found: "log"
        ),
        Row(before: "mkfifo p", target: "p", status: 5, says: "p: no program reads from this pipe", content: .none),
    ]

    /// A log file that the shell has open.
    private static let held = "echo old >log; exec 9>>log"
    /// A run that has it not.
    private static let elsewhere = "(exec 9>&-; $run)"
    /// A run in the folder `$e`.
    private static let inLatin1 = "(cd $e; $run; s=$?; find . -name r -exec cat {} + >../log; exit $s)"

    /// Targets in a folder that nobody can write to, also where root runs the tests.
    private static let readOnlyRows = [
        Row(
            before: "mkdir d; echo old >d/r; chmod 600 d/r; chmod 555 d",
            target: "d/r",
            call: powerless,
            mode: "600"
        ),
        Row(
            before: "mkdir d; echo old >d/r; ln -s d/r l; chmod 555 d",
            target: "l",
            call: powerless,
            found: "d/r"
        ),
        Row(
            before: "mkdir d; chmod 555 d",
            target: "d/r",
            call: powerless,
            status: 5,
            says: "d/r: Permission denied",
            content: .none
        ),
    ]

    /// Root without the capability to pass over permissions.
    private static let powerless =
        geteuid() == 0 ? "setpriv --bounding-set=-dac_override,-dac_read_search $run" : "$run"

    /// Targets that take a mount; the shell has a name space of its own for them.
    private static let mountRows = [
        Row(before: "echo old >a; chmod 640 a; touch r; mount --bind a r", target: "r", mode: "640"),
        Row(before: "mkdir d; \(mount("16k")); echo old >d/r; \(fill)", target: "d/r", status: 5, says: full)
            .leaving(.unfinished, events: .whole),
        Row(before: "mkdir d; \(mount("4k")); \(fill)", target: "d/r", status: 5, says: full)
            .leaving(.none, events: .none),
    ]

    private static let full = "d/r: No space left on device"
    private static let fill = "head -c 99999 /dev/zero >d/fill 2>/dev/null"

    private static func mount(_ size: String) -> String { "mount -t tmpfs -o size=\(size) none d" }

    private static let mayMount: @Sendable () async throws -> Bool = {
        var shell = BuiltBinary(folder: "/")
        shell.executable = "/usr/bin/unshare"
        return try await shell.run("-m", "sh", "-c", "mount -t tmpfs none /mnt").status == 0
    }

    @Test(arguments: rows, ["tap", "ndjson"])
    func everyTarget(row: Row, format: String) async throws {
        try await check(row, format, shell: ["/bin/sh"])
    }

    @Test(
        .enabled("setpriv takes root's capabilities away") {
            geteuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")
        },
        arguments: readOnlyRows,
        ["tap", "ndjson"]
    )
    func everyTargetInAFolderThatIsReadOnly(row: Row, format: String) async throws {
        try await check(row, format, shell: ["/bin/sh"])
    }

    @Test(.enabled("mounts need root and unshare", mayMount), arguments: mountRows, ["tap", "ndjson"])
    func everyTargetThatTakesAMount(row: Row, format: String) async throws {
        try await check(row, format, shell: ["/usr/bin/unshare", "-m", "/bin/sh"])
    }

    /// The system takes these bits away with each write of a user; what is written as it comes, a stream, loses them so.
    @Test(arguments: ["4755", "6755"])
    func aReportKeepsTheBitsOfItsOwner(mode: String) async throws {
        let row = Row(before: "echo old >r; chmod \(mode) r", target: "r", mode: mode)
        try await check(row, "tap", shell: ["/bin/sh"])
    }

    private func check(_ row: Row, _ format: String, shell words: [String]) async throws {
        try await ServedJob.with("checks: [{route: health, name: c}]") { served in
            let socket = try Self.bindSocket(at: served.path("socket"))
            defer { close(socket) }
            var shell = served.binary
            shell.executable = words[0]
            let found = row.found ?? row.target
            // Most of these would wait for something themselves, or hold no bytes.
            let isFile = !found.hasPrefix("/dev/") && found != "socket" && found != "p"
            let script = """
                umask 022; e=$(printf 'Jos\\351'); \(row.before)
                run="$0 run job.yaml -q --report-\(format) \(row.target)"
                \(row.call); s=${s-$?}
                \(isFile ? "cat '\(found)' >content 2>/dev/null; stat -Lc %a '\(found)' >mode 2>/dev/null" : "")
                exit $s
                """
            let outcome = try await shell.run(words.dropFirst() + ["-c", script, served.binary.executable])
            let content = format == "ndjson" ? row.eventContent ?? row.content : row.content
            // What comes piece by piece may fit where a whole report beside another does not.
            let fits = content == .whole && row.content != .whole
            #expect(outcome.status == (fits ? 0 : row.status), "\(outcome.errors)")
            let errors = found == "log" && row.call.contains("2>") ? "" : outcome.errors
            #expect(
                fits || row.says.isEmpty || errors.split(separator: "\n").contains { $0.hasSuffix(row.says) },
                "\(errors)"
            )
            let text = try isFile ? served.text("content") : ""
            switch content {
            case .whole: #expect(Self.isWhole(text), "\(text)")
            case .appended: #expect(text.hasPrefix("old\n") && Self.isWhole(String(text.dropFirst(4))), "\(text)")
            case .unfinished: #expect(text.hasPrefix("TAP version 13\n1..0\n") && text.contains("\nBail out! "))
            case .none: #expect(text.isEmpty)
            }
            if let mode = row.mode { #expect(try served.text("mode") == "\(mode)\n") }
            let names = try FileManager.default.subpathsOfDirectory(atPath: served.binary.folder)
            #expect(!names.contains { $0.hasSuffix(".tmp") })
        }
    }

    /// Whether a text is one whole report of the run.
    private static func isWhole(_ text: String) -> Bool {
        if text == "TAP version 13\n1..1\n# Job job (job.yaml)\nok 1 - c\n" { return true }
        let lines = text.split(separator: "\n")
        return lines.allSatisfy { $0.hasPrefix("{\"event\":\"") } && lines.first?.contains("run-started") == true
            && lines.last?.contains("\"verdict\":\"passed\"") == true
    }

    private static func bindSocket(at path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard descriptor >= 0, status == 0 else { throw POSIXFailure(number: errno) }
        return descriptor
    }

    @Test(arguments: ["-", "/dev/stdout"], ["tap", "ndjson"])
    func standardOutputMayBeASocket(target: String, format: String) async throws {
        try await ServedJob.with("checks: [{route: health, name: c}]") { served in
            var ends: [Int32] = [0, 0]
            #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
            defer { close(ends[0]) }
            let running = try served.binary.start(
                ["run", "job.yaml", "--report-\(format)", target],
                standardOutput: ends[1]
            )
            close(ends[1])
            #expect(try await running.outcome().status == 0)
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            var text = ""
            while case let count = read(ends[0], &bytes, bytes.count), count > 0 {
                text += String(decoding: bytes[..<count], as: UTF8.self)
            }
            #expect(Self.isWhole(text))
        }
    }

    @Test(arguments: [["-", "/dev/stdout"], ["/dev/fd/1", "/dev/stdout"]])
    func onlyOneReportGoesToStandardOutputHoweverItIsWritten(paths: [String]) async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let outcome = try await served.binary.run(
                ["run", "job.yaml", "--report-tap", paths[0], "--report-json", paths[1]]
            )
            #expect(outcome.status == 64)
            #expect(outcome.errors.hasPrefix("error: only one report can go to standard output\n"))
        }
    }

    /// Each leaves a whole report, the last one stays, and neither takes the other's file for a leftover.
    @Test func runsAtOnceDoNotMeet() async throws {
        try await ServedJob.with("checks: [{route: health, matrix: {number: [1, 2, 3]}}]") { served in
            let leftover = "r.json.routecheck-0123456789abc.tmp"
            let foreign = ["r.json.tmp", "r.json.routecheck-0123456789ABC.tmp", "r.json.0123456789abc.tmp"]
            for name in foreign + [leftover] {
                #expect(FileManager.default.createFile(atPath: served.path(name), contents: nil))
            }
            for _ in 0..<4 {
                let runs = try (0..<4).map { _ in
                    try served.binary.start(["run", "job.yaml", "--report-json", "r.json"])
                }
                for run in runs {
                    let outcome = try await run.outcome()
                    #expect(outcome.status == 0, "\(outcome.errors)")
                }
                #expect(try served.report("r.json").counts.passed == 3)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: served.binary.folder)
            #expect(Set(names.filter { $0.hasSuffix(".tmp") }) == Set(foreign))
        }
    }
}

extension ReportTargetTests.Row {
    /// The row with what is left behind.
    fileprivate func leaving(_ content: ReportTargetTests.Content, events: ReportTargetTests.Content) -> Self {
        var row = self
        row.content = content
        row.eventContent = events
        return row
    }
}
