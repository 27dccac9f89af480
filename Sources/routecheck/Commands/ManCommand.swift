import Arguments
import RouteChecks

/// `routecheck man`.
struct ManCommand: ExecutableCommand {
    static let command = command("man", "Print the manual page, e.g. for man -l -") {
        CommandTable(Self()) { $0 }
    }

    func run() async throws {
        let page = ManualPage(Routecheck.program.shape, date: Version.date)
        try Terminal(.standardOutput).writeResult(rendered: page.text)
    }
}
