internal import Checks
internal import DHIS2Behaviour
internal import SourceDiagnostics
internal import YAMLTree

/// The keys of a job file's outermost map.
enum RootKeys {
    static let vars = Key<RootDraft>(
        "vars",
        .node(.named(.text)),
        "Values for ${NAME}.",
        into: { $0.variables = $1 }
    )

    static let section = Section<RootDraft>([
        Key(
            "name",
            .plainText,
            "The suite's name; without it the file's name without its extension.",
            into: { $0.job.name = $1 }
        ),
        Key(
            "description",
            .text,
            "What the job is for; carried into the reports.",
            into: { $0.job.description = $1 }
        ),
        Key(
            "server",
            .node(.reference("server")),
            "Where DHIS2 is and how to speak to it; --server wins over it, and the environment fills in what it leaves open.",
            into: { $0.server = $1 }
        ),
        vars,
        Key(
            "concurrency",
            .concurrency,
            default: .value("8"),
            "How many checks may be in flight at once.",
            into: { $0.job.concurrency = $1 }
        ),
        Key(
            "route-concurrency",
            .integer(Job.concurrencyLimits),
            default: .words("unlimited"),
            "How many checks may be in flight to one route at once.",
            into: { $0.job.routeConcurrency = $1 }
        ),
        Key(
            "rate",
            .rate,
            "How many requests may start in a second or a minute, all attempts counted.",
            into: { $0.job.rate = $1 }
        ),
        Key(
            "deadline",
            .duration,
            "The bound on the whole run; what has not finished then is reported as not run.",
            into: { $0.job.deadline = $1 }
        ),
        Key(
            "max-failures",
            .integer(1...Int.max),
            "After how many failures no further check starts.",
            into: { $0.job.maximumFailures = $1 }
        ),
        Key(
            "defaults",
            .node(.reference("defaults")),
            "Values for keys that a check does not have; maps merge, scalars and lists replace.",
            into: { $0.defaults = $1 }
        ),
        Key(
            "checks",
            .node(.list(of: .reference("check"), atLeast: 1)),
            traits: .required,
            "The checks, at least one.",
            into: { $0.checks = $1 }
        ),
    ])
}

/// What a job file's outermost map is read into.
struct RootDraft {
    var job: Job
    var server: YAMLNode?
    var variables: YAMLNode?
    var defaults: YAMLNode?
    var checks: YAMLNode?
}

/// Reads a job file's outermost map.
enum RootReader {
    /// The job, or `nil` where something in the file is wrong.
    static func job(_ root: YAMLNode, in context: inout JobContext) -> Job? {
        guard root.kind == .mapping else {
            let isEmpty = root.kind == .scalar && root.style == .plain && root.text.isEmpty
            let message = isEmpty ? "the file is empty" : "a job file must be a map, not \(JobContext.shown(root))"
            context.error(message, at: root, help: "it needs at least \"checks\" with one check")
            return nil
        }
        guard let entries = context.entries(of: Layered(root), "the job file", RootKeys.section) else { return nil }
        // All other values can refer to them.
        if let variables = entries.first(where: { $0.key === RootKeys.vars }) {
            read(variables: variables.value.own, in: &context)
        }
        let name = context.source.name
        var draft = RootDraft(job: Job(name: "", file: name, server: ServerSettings(url: ""), checks: []))
        for entry in entries { entry.key.read(entry, into: &draft, in: &context) }
        if draft.job.name.isEmpty { draft.job.name = suiteName(of: name) }
        let server = ServerReader.settings(draft.server, root: root, in: &context)
        context.pin = server?.version.flatMap(ServerVersion.init)
        guard let checks = draft.checks else {
            context.reportMissing("the job file lacks \"checks\"", in: root, help: "add a list with at least one check")
            return nil
        }
        draft.job.checks = CheckListReader.checks(checks, defaults: draft.defaults, in: &context) ?? []
        guard let server else { return nil }
        draft.job.server = server
        return draft.job
    }

    private static func read(variables node: YAMLNode, in context: inout JobContext) {
        guard let entries = context.openEntries(of: Layered(node), "vars") else { return }
        for (key, value) in entries {
            let name = key.text
            guard JobContext.isVariableName(name) else {
                context.reportName(key)
                continue
            }
            guard value.own.kind == .scalar else {
                context.mismatch(value.own, "the variable \"\(name)\"", "a scalar")
                context.variables[name] = .broken
                continue
            }
            context.variables[name] = value.own.isBroken ? .broken : .waiting(value.own)
        }
        // All are filled in now, so that a broken one is reported even where nothing refers to it.
        for (key, _) in entries {
            guard context.decoder.variables[key.text] == nil else {
                context.usedVariables.insert(key.text)
                continue
            }
            guard JobContext.isVariableName(key.text) else { continue }
            _ = context.accounting(for: key.text, at: key) { $0.variable(key.text) }
        }
    }

    /// A file's name without its folder and its last extension.
    private static func suiteName(of file: String) -> String {
        let name = file.split(separator: "/").last ?? "job"
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
        return String(name[..<dot])
    }
}
