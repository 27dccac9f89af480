internal import Checks
internal import SourceDiagnostics
internal import YAMLTree

extension JobReader {
    /// The job, or `nil` where something in the file is wrong.
    mutating func readJob(_ root: YAMLNode) -> Job? {
        guard root.kind == .mapping else {
            let isEmpty = root.kind == .scalar && root.style == .plain && root.text.isEmpty
            let message = isEmpty ? "the file is empty" : "a job file must be a map, not \(Self.shown(root))"
            error(message, at: root, help: "it needs at least \"checks\" with one check")
            return nil
        }
        guard let entries = entries(of: Layered(root), "the job file", as: RootKey.self) else { return nil }
        func value(_ key: RootKey) -> YAMLNode? { entries.first { $0.key == key }?.value.own }

        value(.vars).map { readVariables($0) }
        let server = readServer(value(.server), root: root)
        var job = Job(name: "", file: source.name, server: server ?? ServerSettings(url: ""), checks: [])
        job.name = value(.name).flatMap { plainText($0, "name") } ?? Self.suiteName(of: source.name)
        job.description = value(.description).flatMap { text($0, "description") }
        if let node = value(.concurrency), let bound = integer(node, "concurrency", in: 1...512) {
            job.concurrency = bound
        }
        job.routeConcurrency = value(.routeConcurrency).flatMap { integer($0, "route-concurrency", in: 1...512) }
        job.rate = value(.rate).flatMap { rate($0, "rate") }
        job.deadline = value(.deadline).flatMap { duration($0, "deadline") }
        job.maximumFailures = value(.maxFailures).flatMap { integer($0, "max-failures", in: 1...Int.max) }
        guard let checks = value(.checks) else {
            reportMissing("the job file lacks \"checks\"", in: root, help: "add a list with at least one check")
            return nil
        }
        job.checks = readChecks(checks, defaults: value(.defaults)) ?? []
        return server == nil ? nil : job
    }

    private mutating func readVariables(_ node: YAMLNode) {
        guard let entries = openEntries(of: Layered(node), "vars") else { return }
        for (key, value) in entries {
            let name = key.text
            guard Self.isVariableName(name) else {
                reportName(key)
                continue
            }
            guard value.own.kind == .scalar else {
                mismatch(value.own, "the variable \"\(name)\"", "a scalar")
                variables[name] = .broken
                continue
            }
            variables[name] = value.own.isBroken ? .broken : .waiting(value.own)
        }
        // All are filled in now, so that a broken one is reported even where nothing refers to it.
        for (key, _) in entries {
            guard decoder.variables[key.text] == nil else {
                usedVariables.insert(key.text)
                continue
            }
            _ = variable(key.text)
        }
    }

    mutating func reportName(_ key: YAMLNode) {
        error(
            "\"\(key.text)\" cannot be the name of a variable",
            at: key,
            help: "a name begins with a letter or \"_\" and goes on with letters, digits, \"_\", \"-\" or \".\""
        )
    }

    /// Whether `${…}` can refer to a name.
    static func isVariableName(_ name: String) -> Bool {
        guard let template = try? Template("${\(name)}"[...]), let whole = template.whole else { return false }
        return whole.name == name[...]
    }

    /// A file's name without its folder and its last extension.
    private static func suiteName(of file: String) -> String {
        let name = file.split(separator: "/").last ?? "job"
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
        return String(name[..<dot])
    }
}
