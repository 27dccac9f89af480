import Checks
import JobFile
import Matching
import SourceDiagnostics
import Testing

@Suite struct JobDecoderTests {
    private func job(_ text: String, file: String = "jobs/a.yaml", _ decoder: JobDecoder) throws -> Job {
        try decoder.decode(SourceText(name: file, text: text)).job
    }

    private static let certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"

    @Test(arguments: [
        ("jobs/ci/a.yaml", "t.txt", "jobs/ci/t.txt"), ("a.yaml", "t.txt", "t.txt"),
        ("/etc/a.yaml", "../t", "/etc/../t"),
        ("jobs/a.yaml", "/run/t", "/run/t"),
    ])
    func findsFilesFromTheJobFilesFolder(file: String, name: String, path: String) throws {
        let files = FileLoader { asked throws(FileLoadError) in
            let isCertificate = asked.hasSuffix(".pem")
            return Array((isCertificate ? Self.certificate : "secret-of-\(asked)").utf8)
        }
        let text = """
            server: {url: https://a, username: me, password-file: \(name), tls: {ca: \(name).pem}}
            checks: [{route: r, method: POST, body-file: \(name)}]
            """
        let job = try job(text, file: file, JobDecoder(files: files))
        #expect(job.server.credentials == .basic(username: "me", password: "secret-of-\(path)"))
        #expect(job.server.tls.certificateAuthority == "\(path).pem")
        #expect(job.checks.first?.body?.bytes == Array("secret-of-\(path)".utf8))
    }

    @Test(arguments: [
        ("jobs/smoke.yaml", "smoke"), ("smoke.test.yml", "smoke.test"), (".hidden", ".hidden"), ("-", "-"),
        ("/", "job"),
    ])
    func namesTheSuiteAfterItsFile(file: String, name: String) throws {
        #expect(try job("checks: [{route: a}]", file: file, JobDecoder(files: .none).withoutServer).name == name)
    }

    @Test func anEmptyMatcherIsThatOfTheDefaults() throws {
        let text = """
            defaults: {expect: {headers: {ETag: {exists: true}}, json: {$.a: {length: {at-least: 1}}}}}
            checks: [{route: a, expect: {headers: {ETag: {}}, json: {$.a: {length: {}}}}}]
            """
        let expectation = try #require(try job(text, JobDecoder(files: .none).withoutServer).checks.first?.expectation)
        #expect(expectation.headers.map(\.matcher.description) == ["exists true"])
        #expect(expectation.json.map(\.matcher.description) == ["length (at-least 1)"])
    }

    @Test func takesTheServerFromTheEnvironment() {
        let environment = ["DHIS2_URL": "https://a", "DHIS2_PAT": "", "DHIS2_USERNAME": "u", "DHIS2_PASSWORD": "p"]
        let plain = ServerEnvironment(url: "https://a", username: "u", password: "p")
        #expect(ServerEnvironment(environment) == plain)
        #expect(ServerEnvironment(["DHIS2_PAT": "t\r\n"]) == ServerEnvironment(token: "t"))
    }

    /// Each row: a path, and how it reaches the check, or `nil` where it is refused.
    @Test(
        arguments: [
            ("a/b", "a/b"), ("/a", "a"), ("//a", nil), ("a/%2e", nil), ("a/.%2e/b", nil), ("%2e%2e", nil),
            ("a%2f..", nil),
            ("a%252f%252e%252e", nil), ("a/..%3bx", nil), ("a/..%00", nil), ("a/%c0%ae/", nil), ("a/%e0%80%ae", nil),
            ("a/...", "a/..."), ("a/.b", "a/.b"), ("a/b.", "a/b."), ("a%20b", nil), ("a/%zz", nil), ("a/%", nil),
            ("a/%2", nil), ("caf%C3%A9", nil), ("a;b/c", nil), (";a", nil), ("a\\b", nil),
            ("a/\u{7F}", nil),
            ("a/\u{85}", nil), ("a/b/", "a/b/"), ("/a/", "a/"), ("/", ""), ("a//", nil), ("//", nil), ("a/./", nil),
            ("a/../", nil), ("../", nil), ("./", nil), ("gist/", nil), ("gist/a/", "gist/a/"), ("a%2f", nil),
            ("..", nil), (".", nil), ("%2E", nil), ("%25%32%65", nil),
        ] as [(String, String?)]
    )
    func keepsSubPathsWithinTheRoute(path: String, kept: String?) {
        let quoted = path.unicodeScalars.map { scalar in
            scalar.isASCII && scalar.value >= 0x20 && scalar != "\"" && scalar != "\\" && scalar.value != 0x7F
                ? "\(scalar)"
                : "\\U\(String(repeating: "0", count: 8 - String(scalar.value, radix: 16).count))"
                    + String(scalar.value, radix: 16)
        }.joined()
        let decoded = try? job("checks: [{route: r, path: \"\(quoted)\"}]", JobDecoder(files: .none).withoutServer)
        #expect(decoded?.checks.first?.path == kept)
    }
}

extension JobDecoder {
    /// A decoder of files that name no server.
    var withoutServer: JobDecoder {
        var copy = self
        copy.requiresServer = false
        return copy
    }
}
