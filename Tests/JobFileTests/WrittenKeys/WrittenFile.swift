import JobFile
import SourceDiagnostics

/// A job file of some keys, each with a way in which its value is written and in lines of its own.
struct WrittenFile {
    typealias Entry = (key: WrittenKey, way: WrittenWay)

    let text: String
    /// Which entry each line of the text belongs to; lines that belong to none are missing.
    let owners: [Int: Int]
    let decoder: JobDecoder

    /// Writes a file; entries that are left out leave the variables and anchors of the others as they are.
    init(_ entries: [Entry], without omitted: Set<Int> = []) {
        var writer = Writer()
        var environment = ["EMPTY": ""]
        var variables: [String: String] = [:]
        for (number, entry) in entries.enumerated() where !omitted.contains(number) {
            let sample = entry.key.isScalar ? entry.key.sample : "scalar"
            environment["SET\(number)"] = sample
            variables["CLI\(number)"] = sample
        }
        let written = entries.enumerated().filter { !omitted.contains($0.offset) }.map { ($0.offset, $0.element) }
        writer.write(written)
        text = writer.lines.joined(separator: "\n") + "\n"
        owners = writer.owners
        let files = FileLoader { path throws(FileLoadError) in
            switch path {
            case "ca.pem", "cert.pem", "other.pem":
                Array("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n".utf8)
            case "key.pem":
                Array("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n".utf8)
            case "token.txt", "password.txt", "body.json": Array("content-of-\(path)".utf8)
            default: throw FileLoadError(reason: "no such file")
            }
        }
        var decoder = JobDecoder(environment: environment, variables: variables, files: files)
        decoder.requiresServer = false
        self.decoder = decoder
    }

    /// What the decoder makes of it: its plan with the warnings, or what is wrong.
    func outcome() -> Outcome {
        do {
            let decoded = try decoder.decode(SourceText(name: "job.yaml", text: text))
            return Outcome(plan: planText(decoded.job), diagnostics: decoded.warnings, isInternal: false)
        } catch {
            return Outcome(plan: nil, diagnostics: error.diagnostics, isInternal: error.isInternal)
        }
    }

    /// The entries that a diagnostic names by the line it stands at.
    func named(by diagnostics: [Diagnostic]) -> Set<Int> {
        Set(diagnostics.compactMap { $0.position.flatMap { owners[$0.line] } })
    }

    struct Outcome {
        /// The plan; `nil` where the file is refused.
        var plan: String?
        var diagnostics: [Diagnostic]
        var isInternal: Bool
    }
}

/// Writes the lines of a file.
private struct Writer {
    var lines: [String] = []
    var owners: [Int: Int] = [:]

    private mutating func add(_ line: String, _ owner: Int? = nil) {
        lines.append(line)
        if let owner { owners[lines.count] = owner }
    }

    mutating func write(_ entries: [(Int, WrittenFile.Entry)]) {
        func all(_ place: WrittenKey.Place) -> [(Int, WrittenFile.Entry)] { entries.filter { $0.1.key.place == place } }
        add("vars:")
        add("  unrelated: x")
        for (number, entry) in entries {
            for line in definitions(number, entry) { add("  \(line)", number) }
        }
        section("", all(.vars), indent: "  ")
        add("checks:")
        // Anchors, and a use of the variable.
        add("  - route: holder")
        add("    method: POST")
        add("    params: {used: \"${used:-nothing}\"}")
        add("    body:")
        add("      - anchors")
        for (number, entry) in entries where entry.way == .alias {
            add("      - &anchor\(number) \(entry.key.sample)", number)
        }
        let hasRoute = entries.contains { $0.1.key.place == .check && $0.1.key.key == "route" }
        add("  -")
        if !hasRoute { add("    route: subject") }
        section("", all(.check), indent: "    ")
        for (name, place) in [("params", WrittenKey.Place.params), ("headers", .headers), ("retry", .retry)] {
            section("    \(name):", all(place), indent: "      ")
        }
        let nested: [WrittenKey.Place] = [.expect, .expectHeaders, .json, .matcher]
        if entries.contains(where: { nested.contains($0.1.key.place) }) {
            add("    expect:")
            section("", all(.expect), indent: "      ")
            section("      headers:", all(.expectHeaders), indent: "        ")
            if entries.contains(where: { [.json, .matcher].contains($0.1.key.place) }) {
                add("      json:")
                section("", all(.json), indent: "        ")
                section("        $.matched:", all(.matcher), indent: "          ")
            }
        }
        if entries.contains(where: { [.server, .tls, .serverHeaders].contains($0.1.key.place) }) {
            add("server:")
            section("", all(.server), indent: "  ")
            section("  headers:", all(.serverHeaders), indent: "    ")
            section("  tls:", all(.tls), indent: "    ")
        }
        section("", all(.root), indent: "")
    }

    /// Writes the keys of one map, with its own line first if there are any.
    private mutating func section(_ head: String, _ entries: [(Int, WrittenFile.Entry)], indent: String) {
        guard !entries.isEmpty else { return }
        if !head.isEmpty { add(head) }
        var names = Set(entries.map(\.1.key.key))
        for (number, entry) in entries {
            for companion in entry.key.companions {
                // `cert: …` and so on, once.
                if names.insert(String(companion.prefix { $0 != ":" })).inserted { add(indent + companion, number) }
            }
            let name = entry.key.name
            let line = (name.contains(":") ? name : "\(name): ") + value(number, entry) + entry.key.suffix
            // A map has one `<<`.
            let isMerge = entry.way == .merge && names.insert("<<").inserted
            add(indent + (isMerge ? "<<: {\(line)}" : line), number)
        }
    }

    private func value(_ number: Int, _ entry: WrittenFile.Entry) -> String {
        let sample = entry.key.sample
        let plain = entry.key.isScalar ? sample : "scalar"
        switch entry.way {
        case .literal, .merge: return sample
        case .quoted: return entry.key.isScalar ? "\"\(sample)\"" : sample
        case .null: return "null"
        case .tilde: return "~"
        case .nothing: return ""
        case .emptyText: return "\"\""
        case .set: return "\"${SET\(number)}\""
        case .setWithDefault: return "\"${SET\(number):-other}\""
        case .setWithMessage: return "\"${SET\(number):?write it}\""
        case .unset: return "\"${UNSET}\""
        case .unsetWithDefault: return "\"${UNSET:-\(plain)}\""
        case .unsetWithEmptyDefault: return "\"${UNSET:-}\""
        case .unsetWithMessage: return "\"${UNSET:?write it}\""
        case .empty: return "\"${EMPTY}\""
        case .emptyWithDefault: return "\"${EMPTY:-\(plain)}\""
        case .emptyWithMessage: return "\"${EMPTY:?write it}\""
        case .severalEmpty: return "\"${EMPTY}${UNSET:-}\""
        case .textBesideEmpty: return "\"\(plain)${EMPTY}\""
        case .commandLine: return "\"${CLI\(number)}\""
        case .variable, .variableOfNull, .variableOfNothing, .ownName, .ownNameUnset, .ownNameWithMessage, .circle:
            return "\"${V\(number)}\""
        case .ownNameFromEnvironment: return "\"${SET\(number)}\""
        case .alias: return "*anchor\(number)"
        case .escaped: return "\"$${V}\""
        case .number: return "5"
        case .truth: return "true"
        case .list: return "[\(plain)]"
        case .map: return "{a: \(plain)}"
        }
    }

    /// The lines of `vars` that a way needs.
    private func definitions(_ number: Int, _ entry: WrittenFile.Entry) -> [String] {
        let plain = entry.key.isScalar ? entry.key.sample : "scalar"
        return switch entry.way {
        case .variable: ["V\(number): \(plain)"]
        case .variableOfNull: ["V\(number): null"]
        case .variableOfNothing: ["V\(number):"]
        case .ownName: ["V\(number): \"${V\(number):-\(plain)}\""]
        case .ownNameUnset: ["V\(number): \"${V\(number)}\""]
        case .ownNameWithMessage: ["V\(number): \"${V\(number):?write it}\""]
        case .ownNameFromEnvironment: ["SET\(number): \"${SET\(number):-other}\""]
        case .circle: ["V\(number): \"${W\(number):-x}\"", "W\(number): \"${V\(number)}\""]
        default: []
        }
    }
}
