import Glibc
import TestProcesses

/// The `openssl` command, which makes certificates and serves TLS.
enum OpenSSL {
    struct Failure: Error {
        let arguments: [String]
        let status: CInt
    }

    static let isInstalled: Bool = {
        let isThere = (try? run(["version"])) != nil
        if !isThere { print("openssl is not installed: the tests of TLS are left out") }
        return isThere
    }()

    /// Runs a command to its end.
    static func run(_ arguments: [String]) throws {
        let process = try start(arguments)
        var status: CInt = 0
        waitpid(process.id, &status, 0)
        close(process.output)
        guard status == 0 else { throw Failure(arguments: arguments, status: status) }
    }

    /// Starts a command, its output readable and what it says beside that dropped.
    static func start(_ arguments: [String]) throws -> (id: pid_t, output: CInt) {
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure(arguments: arguments, status: errno) }
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        try SpawnActions.closeEverythingElse(in: &actions)
        var words = (["openssl"] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var id: pid_t = 0
        let status = posix_spawnp(&id, "openssl", &actions, nil, &words, environ)
        guard status == 0 else {
            close(ends[0])
            throw Failure(arguments: arguments, status: status)
        }
        return (id, ends[0])
    }
}

/// Certificates of an authority of their own, in a folder that goes with this object.
final class Certificates {
    let authority: String
    private let folder: String
    private var files: [String] = []

    init() throws {
        var template = Array("/tmp/curlhttp-tests-XXXXXX".utf8CString)
        guard let path = mkdtemp(&template) else { throw OpenSSL.Failure(arguments: ["mkdtemp"], status: errno) }
        folder = String(cString: path)
        authority = folder + "/authority.pem"
        try OpenSSL.run(
            ["req", "-x509", "-days", "2", "-subj", "/CN=Test authority", "-out", authority]
                + Self.newKey(folder + "/authority.key")
        )
        files = ["authority.pem", "authority.key"]
    }

    deinit {
        for file in files { unlink("\(folder)/\(file)") }
        rmdir(folder)
    }

    /// Issues a certificate for `localhost` that is valid for so many days, and returns one file with it and its key.
    func issue(_ name: String, days: Int = 2) throws -> String {
        let base = "\(folder)/\(name)"
        try OpenSSL.run(
            ["req", "-subj", "/CN=localhost", "-out", base + ".csr"] + Self.newKey(base + ".key")
        )
        try OpenSSL.run([
            "x509", "-req", "-in", base + ".csr", "-CA", authority, "-CAkey", folder + "/authority.key", "-days",
            String(days), "-out", base + ".pem",
        ])
        files += ["\(name).csr", "\(name).key", "\(name).pem"]
        return base
    }

    private static func newKey(_ path: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path]
    }
}

/// `openssl s_server` at a port of loopback that the kernel picks.
final class TLSServer {
    let port: String
    private let process: (id: pid_t, output: CInt)

    /// Serves with a certificate from ``Certificates/issue(_:days:)``.
    init(certificate: String, arguments: [String] = []) throws {
        process = try OpenSSL.start(
            ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", certificate + ".pem", "-key", certificate + ".key"]
                + arguments
        )
        // The server names its port in a line such as "ACCEPT 127.0.0.1:40535".
        var text = ""
        var byte: UInt8 = 0
        while !(text.contains("ACCEPT ") && text.hasSuffix("\n")), read(process.output, &byte, 1) == 1 {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        }
        port = text.split(separator: ":").last.map { String($0.dropLast()) } ?? ""
    }

    deinit {
        kill(process.id, SIGKILL)
        waitpid(process.id, nil, 0)
        close(process.output)
    }
}
