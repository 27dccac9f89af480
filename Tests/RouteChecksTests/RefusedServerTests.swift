import RouteChecks
import Testing

/// What a run refuses before it sends anything, the job file's reader refuses too.
struct RefusedServerTests {
    static let addresses = [
        "https://dhis2.example.org", "http://[::1]:8080/dhis", "https://[2001:db8::1]", "https://[fe80::1%25eth0]",
        "https://[::ffff:10.0.0.1]/a", "https://[1:2:3:4:5:6:7:8]", "https://[1::8]", "https://a_b.example.org",
        "https://[zz]", "https://[1:2:3]", "https://[::g]", "https://[]", "https://[::1", "https://[1::2::3]",
        "https://[1:2:3:4:5:6:7:8:9]", "https://[1:2:3:4:5:6:7:8::]", "https://[::256.1.1.1]", "https://[::1.2.3]",
        "https://[12345::]", "https://[:::]", "https://[:1]", "https://[fe80::1%]", "https://[1.2.3.4]",
        "https://a%20b",
        "https://", "https:///a", "https://h:0", "https://h:x", "https://h/a//b", "https://h/../b", "ftp://h",
        "https://u:p@h", "https://h/?a", "https://h/#a", "https://h h", "https://h\\a",
    ]

    @Test(arguments: addresses)
    func anAddress(_ url: String) throws {
        let isUsable = (try? JobRun(job(ServerSettings(url: url, credentials: .token("d2p_x"))))) != nil
        let quoted = url.replacing("\\", with: "\\\\")
        let text = "server: {url: \"\(quoted)\", token: d2p_x}\nchecks: [{route: r}]\n"
        #expect(isRead(text) == isUsable)
        // An empty option would be none.
        guard !url.isEmpty else { return }
        var decoder = JobDecoder(files: .none)
        decoder.serverURL = url
        decoder.requiresServer = false
        let open = SourceText(name: "job.yaml", text: "checks: [{route: r}]\n")
        #expect(((try? decoder.decode(open)) != nil) == isUsable)
    }

    @Test(arguments: ["district", "dïstrict", "two\nlines", "tab\tbed", "del\u{7F}", "nul\u{0}"])
    func aPassword(_ password: String) throws {
        let credentials = ServerCredentials.basic(username: "admin", password: password)
        let settings = ServerSettings(url: "https://dhis2.example.org", credentials: credentials)
        let isUsable = (try? JobRun(job(settings))) != nil
        let quoted = password.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\\x\(hex($0))" : "\($0)" }
        let server = "server: {url: https://dhis2.example.org, username: admin, password: \"\(quoted.joined())\"}"
        #expect(isRead("\(server)\nchecks: [{route: r}]\n") == isUsable)
        var decoder = JobDecoder(files: .none)
        decoder.fallback = ServerEnvironment(url: settings.url, username: "admin", password: password)
        let open = SourceText(name: "job.yaml", text: "checks: [{route: r}]\n")
        #expect(((try? decoder.decode(open)) != nil) == isUsable)
    }

    private func job(_ server: ServerSettings) -> Job {
        Job(name: "a", server: server, checks: [Check(name: "a", route: "r")])
    }

    private func isRead(_ text: String) -> Bool {
        (try? JobDecoder(files: .none).decode(SourceText(name: "job.yaml", text: text))) != nil
    }

    private func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return digits.count == 1 ? "0\(digits)" : digits
    }
}
