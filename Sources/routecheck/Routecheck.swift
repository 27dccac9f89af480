import ArgumentParser

@main
struct Routecheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routecheck",
        abstract: "Check DHIS2 routes: declared in YAML, run through DHIS2, reported for CI.",
        discussion: """
            Exit status: 0 all passed, 1 a check failed, 2 a job file is invalid, 3 a server is unreachable or refuses \
            the credentials, 4 nothing to run, 5 a report could not be written, 64 wrong usage, 130 or 143 interrupted.
            """,
        version: Version.current,
        subcommands: [RunCommand.self, DemoCommand.self, SimulateCommand.self]
    )
}
