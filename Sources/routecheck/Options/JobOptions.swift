import ArgumentParser
import Checks
import JobFile

/// Which job files, and how they are read.
struct JobOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The job files; - is standard input.", valueName: "job"))
    var jobs: [String]

    @Option(help: ArgumentHelp("The base URL of DHIS2, instead of the job file's.", valueName: "url"))
    var server: String?

    @Option(
        name: .customLong("var"),
        help: ArgumentHelp("A value for ${NAME}, before the job file's vars.", valueName: "name=value")
    )
    var variables: [String] = []

    @Flag(help: "Treat warnings as errors.")
    var strict = false

    @Flag(help: "Treat `only: true` as an error, so that none slips into CI.")
    var forbidOnly = false

    @Option(help: "How problems of a job file are told.")
    var diagnostics = DiagnosticFormat.text

    mutating func validate() throws {
        for variable in variables where Self.split(variable) == nil {
            throw ValidationError("--var takes NAME=value, not \"\(variable)\".")
        }
        if jobs.filter({ $0 == "-" }).count > 1 {
            throw ValidationError("Only one job file can come from standard input.")
        }
        var seen: [String: String] = [:]
        for path in jobs where path != "-" {
            guard let identity = ReportFile.identity(of: path) else { continue }
            if let other = seen.updateValue(path, forKey: identity) {
                let spelling = other == path ? path : "\(other), also written \(path)"
                throw ValidationError(
                    "The same job file is named twice: \(spelling). --repeat runs checks more than once."
                )
            }
        }
    }

    /// The jobs, in the order given.
    ///
    /// - Parameters:
    ///   - requiresServer: Whether a job without a server or credentials is an error.
    ///   - reports: Where reports go, which must not be a file that a job names.
    func load(requiresServer: Bool = true, reports: [String] = []) throws(CommandFailure) -> [Job] {
        let environment = ProcessEnvironment.variables
        var decoder = JobDecoder(
            environment: environment,
            variables: Dictionary(variables.compactMap(Self.split), uniquingKeysWith: { _, last in last }),
            overrides: ServerOverrides(environment: environment, url: server),
            files: .system(besides: reports)
        )
        decoder.requiresServer = requiresServer
        decoder.isStrict = strict
        decoder.forbidsOnly = forbidOnly
        return try JobLoader(decoder: decoder, format: diagnostics).load(jobs)
    }

    private static func split(_ variable: String) -> (String, String)? {
        guard let equals = variable.firstIndex(of: "="), equals > variable.startIndex else { return nil }
        return (String(variable[..<equals]), String(variable[variable.index(after: equals)...]))
    }
}

/// How problems of a job file are told.
enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people: with the line and a caret under the place.
    case text
    /// For editors and CI: a JSON array on standard output.
    case json
}
