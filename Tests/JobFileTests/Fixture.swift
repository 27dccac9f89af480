import Checks
import FoundationEssentials
import JobFile
import SourceDiagnostics

/// A job file beside what the decoder makes of it.
///
/// Its first line can say how it is decoded, such as `# with: server strict var:NAME=value env:NAME=value`.
struct Fixture: Sendable, CustomStringConvertible {
    enum Kind: String {
        case bad, good

        var answerExtension: String { self == .bad ? "expected" : "plan" }
    }

    let kind: Kind
    let name: String

    var description: String { name }

    private static let folder = String(#filePath.dropLast("Fixture.swift".count)) + "Fixtures/"

    /// Every fixture of a kind, in the order of the names.
    static func all(_ kind: Kind) -> [Fixture] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + kind.rawValue)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { Fixture(kind: kind, name: String($0.dropLast(5))) }
    }

    private func path(_ suffix: String) -> String { "\(Self.folder)\(kind.rawValue)/\(name).\(suffix)" }

    /// The job file.
    func source() throws -> SourceText {
        let data = try Data(contentsOf: URL(filePath: path("yaml")))
        return SourceText(name: "\(name).yaml", bytes: Array(data))
    }

    /// What the decoder is to make of it.
    func expected() throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path(kind.answerExtension))), as: UTF8.self)
    }

    /// What the decoder makes of it: the plan and the warnings, or the diagnostics.
    func actual() throws -> String {
        let source = try source()
        let printer = DiagnosticPrinter(sources: [source])
        do {
            let decoded = try Self.decoder(for: source).decode(source)
            return planText(decoded.job) + printer.render(decoded.warnings)
        } catch {
            return printer.render(error.diagnostics)
        }
    }

    /// Takes what the decoder makes of it for right, where `ROUTECHECK_WRITE_FIXTURES` is set.
    func recordIfAsked() throws {
        guard ProcessInfo.processInfo.environment["ROUTECHECK_WRITE_FIXTURES"] != nil else { return }
        try Data(try actual().utf8).write(to: URL(filePath: path(kind.answerExtension)))
    }

    /// The decoder that the first line asks for.
    static func decoder(for source: SourceText) -> JobDecoder {
        let line = String(decoding: source.bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let options = line.hasPrefix("# with:") ? line.dropFirst("# with:".count).split(separator: " ") : []
        var decoder = JobDecoder(
            environment: ["DHIS2_PAT": "d2p_secret", "DHIS2_URL": "https://dhis2.example.org", "EMPTY": ""],
            files: files
        )
        decoder.requiresServer = options.contains("server")
        decoder.isStrict = options.contains("strict")
        decoder.forbidsOnly = options.contains("forbid-only")
        for option in options {
            let parts = option.split(separator: ":", maxSplits: 1)
            guard let kind = parts.first, let pair = parts.dropFirst().first?.split(separator: "=", maxSplits: 1),
                let key = pair.first.map(String.init)
            else { continue }
            let value = String(pair.dropFirst().first ?? "")
            switch kind {
            case "var": decoder.variables[key] = value
            case "env": decoder.environment[key] = value
            case "option": decoder.serverURL = value
            case "today": decoder.today = CalendarDay(key) ?? decoder.today
            case "fallback":
                switch key {
                case "url": decoder.fallback.url = value
                case "token": decoder.fallback.token = value
                case "username": decoder.fallback.username = value
                default: decoder.fallback.password = value
                }
            default: break
            }
        }
        return decoder
    }

    /// The files that fixtures name.
    private static let files = FileLoader { path throws(FileLoadError) in
        switch path {
        case "token.txt": Array("d2p_from_file\r\n".utf8)
        case "password.txt": Array("päss wörd\n".utf8)
        case "empty.txt": Array("\n".utf8)
        case "ca.pem", "/etc/c.pem":
            Array("a certificate\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n".utf8)
        case "k.pem": Array("-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----\n".utf8)
        case "broken.pem": Array("-----BEGIN CERTIFICATE-----\nno base64\n-----END CERTIFICATE-----\n".utf8)
        case "binary.bin": [0xFF, 0xFE, 0x00]
        case "body.json": Array("{\"a\":1}".utf8)
        case "body.bin": [0x00, 0xFF]
        default: throw FileLoadError(reason: "no such file")
        }
    }
}
