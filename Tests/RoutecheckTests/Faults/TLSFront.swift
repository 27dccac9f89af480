import DHIS2Simulator
import Glibc

/// nginx as the TLS front of a server, with a certificate for `localhost` of an authority of its own.
struct TLSFront {
    /// Whether what it takes is there.
    static let isInstalled: Bool = {
        let isThere = ["nginx", "openssl"].allSatisfy { name in
            ["/usr/sbin", "/usr/bin", "/bin"].contains { access("\($0)/\(name)", X_OK) == 0 }
        }
        if !isThere { print("nginx or openssl is not installed: the tests of a TLS front are left out") }
        return isThere
    }()

    /// The port that it listens on.
    let port: UInt16
    /// The file with the authority's certificate.
    let authority: String

    /// Runs a body while nginx passes what it gets to a server.
    ///
    /// - Parameters:
    ///   - upstream: The server behind nginx.
    ///   - days: For how many days from now the certificate is valid.
    static func with<Result>(
        before upstream: DHIS2Simulator,
        days: Int = 2,
        _ body: (TLSFront) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            try await makeCertificates(in: folder, days: days)
            let port = try freePort()
            let configuration = """
                daemon off; master_process off; pid \(folder)/nginx.pid; error_log stderr crit;
                events {}
                http {
                    access_log off;
                    client_body_temp_path \(folder)/a; proxy_temp_path \(folder)/b; fastcgi_temp_path \(folder)/c;
                    uwsgi_temp_path \(folder)/d; scgi_temp_path \(folder)/e;
                    server {
                        listen 127.0.0.1:\(port) ssl http2;
                        keepalive_requests 10;
                        ssl_certificate \(folder)/server.pem; ssl_certificate_key \(folder)/server.key;
                        location / { proxy_pass \(upstream.baseURL); proxy_set_header Host $http_host; }
                    }
                }
                """
            try write(configuration, to: "\(folder)/nginx.conf")
            let nginx = BuiltBinary(folder: folder, executable: "nginx")
            let running = try nginx.start(["-p", folder, "-c", "\(folder)/nginx.conf", "-e", "stderr"])
            while !connects(to: port) { await Task.yield() }
            do {
                let result = try await body(TLSFront(port: port, authority: "\(folder)/authority.pem"))
                running.signal(SIGTERM)
                _ = try await running.outcome()
                return result
            } catch {
                running.signal(SIGTERM)
                _ = try await running.outcome()
                throw error
            }
        }
    }

    private static func makeCertificates(in folder: String, days: Int) async throws {
        let openssl = BuiltBinary(folder: folder, executable: "openssl")
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout"]
        let commands = [
            ["req", "-x509", "-days", "2", "-subj", "/CN=Test authority", "-out", "authority.pem"] + key
                + ["authority.key"],
            ["req", "-subj", "/CN=localhost", "-out", "server.csr"] + key + ["server.key"],
            [
                "x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-days",
                String(days), "-out", "server.pem",
            ],
        ]
        for command in commands {
            let outcome = try await openssl.run(command)
            guard outcome.status == 0 else { throw ProgramFailure(errors: outcome.errors) }
        }
    }

    /// A port that was free a moment ago.
    private static func freePort() throws -> UInt16 {
        try withSocket(port: 0) { descriptor, address, length in
            guard bind(descriptor, address, length) == 0 else { throw POSIXFailure(number: errno) }
            var length = length
            guard getsockname(descriptor, address, &length) == 0 else { throw POSIXFailure(number: errno) }
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                UInt16(bigEndian: $0.pointee.sin_port)
            }
        }
    }

    private static func connects(to port: UInt16) -> Bool {
        (try? withSocket(port: port) { connect($0, $1, $2) == 0 }) ?? false
    }

    private static func withSocket<Result>(
        port: UInt16,
        _ body: (Int32, UnsafeMutablePointer<sockaddr>, socklen_t) throws -> Result
    ) throws -> Result {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXFailure(number: errno) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw POSIXFailure(number: errno) }
        defer { close(descriptor) }
        var text = text
        let written = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == text.utf8.count else { throw POSIXFailure(number: errno) }
    }
}

/// A program that ended badly.
struct ProgramFailure: Error {
    let errors: String
}
