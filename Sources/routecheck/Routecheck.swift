import ArgumentParser
import Glibc

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
        } catch {
            exit(withError: error)
        }
    }
}
