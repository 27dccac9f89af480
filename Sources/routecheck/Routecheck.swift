import ArgumentParser
import Glibc
import SourceDiagnostics

@main
struct Routecheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routecheck",
        abstract: "Check DHIS2 routes: declared in YAML, run through DHIS2, reported for CI.",
        discussion: """
            Exit status: 0 all passed, 1 a check failed, 2 a job file is invalid, 3 a server is unreachable or refuses \
            the credentials, 4 nothing to run, 5 a report could not be written, 64 wrong usage, 70 internal, \
            130 or 143 interrupted.
            """,
        version: Version.current,
        subcommands: [
            RunCommand.self, ExplainCommand.self, ValidateCommand.self, ListCommand.self, SchemaCommand.self,
            MergeCommand.self, DiffCommand.self, DemoCommand.self, SimulateCommand.self,
        ]
    )

    static func main() async {
        Heap.useLargePages()
        do {
            guard CommandLine.arguments.count > 1 else {
                throw CommandFailure(.usage, "say what to do, such as routecheck run job.yaml\n\n\(helpMessage())")
            }
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            if let message = failure.message {
                Terminal(.standardError).write("error: \(message)\n")
            }
            Glibc.exit(failure.status.code)
        } catch let error where exitCode(for: error) == .failure {
            // Neither a wrong command line nor a result: what nobody expected must not look like a failed check.
            Terminal(.standardError).write("internal error: \(error)\n")
            Glibc.exit(ExitStatus.internalError.code)
        } catch let error where exitCode(for: error) == .validationFailure {
            let message = fullMessage(for: error)
            let problem = message.hasPrefix("Error: ") ? "error: \(message.dropFirst(7))" : message
            Terminal(.standardError).write("\(problem)\n\(commandHint)")
            Glibc.exit(ExitStatus.usage.code)
        } catch {
            exit(withError: error)
        }
    }

    /// The command that was most likely meant, as a line, where the first argument is none.
    private static var commandHint: String {
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard CommandLine.arguments.count > 1, case let word = CommandLine.arguments[1], !names.contains(word),
            let near = closestMatch(to: word, among: names)
        else { return "" }
        return "Did you mean \"routecheck \(near)\"?\n"
    }
}
