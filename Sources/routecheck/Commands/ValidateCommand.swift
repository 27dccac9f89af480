import ArgumentParser
import Checks

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check job files without sending anything.",
        discussion: """
            Every problem of every file is told in one go. Variables of the server that are not set, and files of \
            secrets that are not there, are warnings, so that a file can be checked where the secrets are not. \
            Exit status: 0 valid, 2 invalid.
            """
    )

    @OptionGroup var jobs: JobOptions

    func run() throws {
        let decoded = try jobs.load(requiresServer: false)
        guard jobs.diagnostics == .text else { return }
        let checks = decoded.reduce(0) { $0 + $1.checks.count }
        let files = decoded.count == 1 ? "1 file is" : "\(decoded.count) files are"
        try Terminal(.standardOutput).writeResult("\(files) valid: \(checks) \(checks == 1 ? "check" : "checks").\n")
        // The system takes a large job's memory back in one go; freeing it check by check would take longer.
        withExtendedLifetime(decoded) { Self.exit() }
    }
}
