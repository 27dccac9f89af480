import Arguments
import Checks
import JobFile
import SourceDiagnostics

/// Which job files, and how they are read.
struct JobOptions {
    var paths: [String] = []
    var server: String?
    var variables: [VariableArgument] = []
    var isStrict = false
    var forbidsOnly = false
    var diagnostics = DiagnosticFormat.text

    static var operand: Operand<Self> {
        .repeated(.file("job"), "Job files; - reads standard input.") { $0.paths.append($1) }
    }

    static var group: OptionGroup<Self> {
        OptionGroup(
            "Job files",
            [
                .value(
                    "server",
                    .text("url"),
                    "Use this base URL of DHIS2 instead of the job files'; a token written out in a file goes to its own host only."
                ) {
                    $0.server = $1
                },
                .values("var", .variable, "Set ${NAME}; wins over the job file's vars. May be repeated.") {
                    $0.variables.append($1)
                },
                .flag("strict", "Treat warnings as errors.") { $0.isStrict = true },
                .flag("forbid-only", "Treat `only: true` as an error, to keep it out of CI.") {
                    $0.forbidsOnly = true
                },
                .value("diagnostics", .choice("format"), default: "text", "Output format for job-file errors.") {
                    $0.diagnostics = $1
                },
            ]
        )
    }

    /// Refuses what contradicts itself.
    func check() throws(UsageProblem) {
        if paths.filter({ $0 == "-" }).count > 1 {
            throw UsageProblem("only one job file can come from standard input")
        }
        if let twice = FileIdentity.repeated(in: paths) {
            throw UsageProblem("the same job file is named twice: \(twice); --repeat runs checks more than once")
        }
    }

    /// The jobs, in the order given.
    ///
    /// - Parameters:
    ///   - requiresServer: Whether a job without a server or credentials is an error.
    ///   - reports: Where reports go, which must not be a file that a job names.
    ///   - names: Takes the paths of all files that the job files name.
    ///   - warnings: What is to be warned of in other options, each a clause with what to do about it.
    func load(
        requiresServer: Bool = true,
        reports: [String] = [],
        noting names: NamedFiles = NamedFiles(),
        warnings: [(message: String, help: String)] = []
    ) throws(CommandFailure) -> [Job] {
        var loader = JobLoader(
            decoder: decoder(requiresServer: requiresServer, reports: reports, noting: names),
            format: diagnostics
        )
        loader.warnings = warnings
        return try loader.load(paths)
    }

    /// The jobs of those files that can be read and have no errors, for a person in the middle of a line.
    func readable() -> [Job] {
        let decoder = decoder(requiresServer: false, reports: [], noting: NamedFiles())
        return paths.compactMap { path in
            let home = ProcessEnvironment.variables["HOME"] ?? ""
            let path = path.hasPrefix("~/") ? "\(home)\(path.dropFirst())" : path
            // To open a pipe would wait for its writer.
            guard FileReader.isRegularFile(path),
                let bytes = try? FileReader.bytes(of: path, limit: JobLoader.sizeLimit)
            else { return nil }
            return try? decoder.decode(SourceText(name: path, bytes: bytes)).job
        }
    }

    private func decoder(requiresServer: Bool, reports: [String], noting names: NamedFiles) -> JobDecoder {
        let environment = ProcessEnvironment.variables
        var decoder = JobDecoder(
            environment: environment,
            variables: Dictionary(variables.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }),
            serverURL: server,
            fallback: ServerEnvironment(environment),
            files: .system(besides: reports, noting: names)
        )
        decoder.requiresServer = requiresServer
        decoder.isStrict = isStrict
        decoder.forbidsOnly = forbidsOnly
        return decoder
    }
}
