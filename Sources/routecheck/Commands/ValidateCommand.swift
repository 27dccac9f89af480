import Arguments
import Checks
import Glibc
import Text

/// `routecheck validate`.
struct ValidateCommand: JobReadingCommand {
    var jobs = JobOptions()

    static let command = command("validate", "Check job files offline.") {
        CommandTable(
            Self(),
            discussion: [
                .paragraph(
                    """
                    All errors of all files are reported at once; a YAML syntax error stops at the first. Whatever run \
                    would refuse before its first request is an error. Variables of the server that are not set, and \
                    files of secrets that do not exist, are warnings, so that a job file can be checked where the \
                    secrets are not available.
                    """
                ),
                .paragraph("Exit status: 0 valid, 2 invalid."),
            ],
            operands: [JobOptions.operand.at(\.jobs)],
            options: [JobOptions.group.at(\.jobs)]
        ) { $0 }
    }

    func check() throws(UsageProblem) {
        try jobs.check()
    }

    func run() async throws {
        let decoded = try jobs.load(requiresServer: false)
        guard jobs.diagnostics == .text else { return }
        let checks = decoded.reduce(0) { $0 + $1.checks.count }
        let files = "\(decoded.count.counting("file")) \(decoded.count == 1 ? "is" : "are")"
        try Terminal(.standardOutput).writeResult(rendered: "\(files) valid: \(checks.counting("check")).\n")
        // The system takes a large job's memory back in one go; freeing it check by check would take longer.
        withExtendedLifetime(decoded) { Glibc.exit(ExitStatus.passed.code) }
    }
}
