import Dispatch
import FoundationEssentials
import Glibc
import TestProcesses

/// The binary that was built together with these tests, run as a user runs it.
struct BuiltBinary {
    /// What a run of the binary left behind.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The folder in which the binary is run.
    var folder: String
    /// The environment of the binary; nothing else is inherited.
    var environment = Self.environment
    /// What is run, if not the binary itself.
    var executable = Self.path

    /// Runs the binary to its end.
    func run(_ arguments: String...) async throws -> Outcome {
        try await run(arguments)
    }

    /// Runs the binary to its end.
    func run(_ arguments: [String]) async throws -> Outcome {
        try await start(arguments).outcome()
    }

    /// Starts the binary.
    ///
    /// - Parameter standardOutput: Where its output goes instead of a file that is read at its end.
    func start(_ arguments: [String], standardOutput: Int32? = nil) throws -> RunningBinary {
        let output = try TemporaryFile.descriptor()
        let errors = try TemporaryFile.descriptor()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, standardOutput ?? output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        try SpawnActions.closeEverythingElse(in: &actions)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The threads and libraries of this process block and ignore signals, which a child would inherit.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var process = pid_t()
        // The system's own way to spawn into another folder is not visible to Swift.
        let status = withCStrings(["env", "-C", folder, executable] + arguments) { arguments in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawn(&process, "/usr/bin/env", &actions, &attributes, arguments, environment)
            }
        }
        guard status == 0 else { throw POSIXFailure(number: status) }
        return RunningBinary(process: process, output: output, errors: errors)
    }

    /// What every run has: where these tests run under ThreadSanitizer, what that needs too, or its report would be the
    /// standard error of a run, and its exit status the run's.
    private static let environment: [String: String] = {
        var environment = ["PATH": "/usr/sbin:/usr/bin:/bin", "LANG": "C.UTF-8"]
        for name in ["TSAN_OPTIONS", "LD_PRELOAD"] {
            environment[name] = ProcessInfo.processInfo.environment[name]
        }
        return environment
    }()

    /// The binary beside the running test bundle, or the one that `ROUTECHECK_BINARY` names.
    private static let path: String = {
        if let named = ProcessInfo.processInfo.environment["ROUTECHECK_BINARY"] { return named }
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/routecheck"
    }()
}

/// A binary that runs.
struct RunningBinary {
    let process: pid_t
    let output: Int32
    let errors: Int32

    /// Sends a signal to it.
    func signal(_ number: Int32) {
        kill(process, number)
    }

    /// Waits for its end.
    func outcome() async throws -> BuiltBinary.Outcome {
        let status = await withCheckedContinuation { continuation in
            // A thread of its own: a wait on the pool's threads could hold up the server under test.
            Thread.start {
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                continuation.resume(returning: status)
            }
        }
        defer {
            close(output)
            close(errors)
        }
        return BuiltBinary.Outcome(
            status: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F),
            output: try TemporaryFile.text(of: output),
            errors: try TemporaryFile.text(of: errors)
        )
    }
}

/// A number of the system's that stands for a failure.
struct POSIXFailure: Error {
    let number: Int32
}

/// Threads beside the ones that run tasks.
enum Thread {
    /// Runs a closure on one.
    static func start(_ body: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "routecheck.test").async(execute: body)
    }
}

/// Files without a name.
enum TemporaryFile {
    static func descriptor() throws -> Int32 {
        var template = Array("/tmp/routecheck-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { throw POSIXFailure(number: errno) }
        template.withUnsafeBufferPointer { buffer in _ = buffer.baseAddress.map { unlink($0) } }
        return descriptor
    }

    static func text(of descriptor: Int32) throws -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        lseek(descriptor, 0, SEEK_SET)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw POSIXFailure(number: errno) }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
        }
    }
}

/// A folder that goes away with the closure that used it.
func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    var template = Array("/tmp/routecheck-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXFailure(number: errno) }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// Hands out an array of C strings with its `NULL` at the end.
private func withCStrings<Result>(
    _ strings: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
