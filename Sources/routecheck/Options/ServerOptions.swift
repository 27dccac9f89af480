import ArgumentParser

/// Where DHIS2 is, if not where the job file says.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The base URL of DHIS2, instead of the job file's.", valueName: "url"))
    var server: String?
}
