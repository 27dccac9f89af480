import Arguments
import Glibc

/// `routecheck completions`.
struct CompletionsCommand: ExecutableCommand {
    var shell: Shell?

    static let command = command(
        "completions",
        "Print the completion script of a shell.",
        alias: "--generate-completion-script"
    ) {
        CommandTable(
            Self(),
            discussion: [
                .paragraph("bash: source <(routecheck completions bash), e.g. in ~/.bashrc."),
                .paragraph("zsh: source <(routecheck completions zsh), e.g. in ~/.zshrc."),
                .paragraph("fish: routecheck completions fish > ~/.config/fish/completions/routecheck.fish"),
            ],
            operands: [.optional(.choice("shell"), "The shell; by default the one that SHELL names.") { $0.shell = $1 }]
        ) { $0 }
    }

    func run() async throws {
        guard let shell = shell ?? Self.usersShell else {
            throw UsageProblem("cannot tell the shell from SHELL; write e.g. routecheck completions bash")
        }
        try Terminal(.standardOutput).writeResult(rendered: shell.script(for: Routecheck.program.shape))
    }

    private static var usersShell: Shell? {
        getenv("SHELL").flatMap { String(cString: $0).split(separator: "/").last.map(String.init) }
            .flatMap(Shell.init(rawValue:))
    }
}
