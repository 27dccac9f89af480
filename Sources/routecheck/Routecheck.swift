import Arguments
import Glibc
import SourceDiagnostics

/// The program: its commands, and what is done about a command line.
@main
enum Routecheck {
    static var program: Program<any ExecutableCommand> {
        Program(
            "routecheck",
            "Check DHIS2 routes: declared in YAML, run through DHIS2, reported for CI.",
            example: "routecheck run job.yaml",
            advice: { word in
                let isJobFile = word.hasSuffix(".yaml") || word.hasSuffix(".yml")
                return isJobFile ? "to run a job file, write routecheck run \(VisibleText.line(word))" : nil
            },
            commands: [
                RunCommand.command, ExplainCommand.command, ValidateCommand.command, ListCommand.command,
                SchemaCommand.command, MergeCommand.command, DiffCommand.command, DemoCommand.command,
                SimulateCommand.command, CompletionsCommand.command, ManCommand.command, CompleteCommand.command,
            ],
            topics: [.environment, .exitStatus]
        )
    }

    static func main() async {
        Heap.useLargePages()
        let program = program
        switch program.parse(Array(CommandLine.arguments.dropFirst())) {
        case .help(let page): show(page)
        case .version: show("\(Version.current)\n")
        case .problems(let problems, let usage): refuse(problems, usage)
        case .run(let action, let command):
            do throws(UsageProblem) {
                try action.check()
            } catch {
                refuse([error], program.usage(of: command))
            }
            await perform(action)
        }
    }

    private static func perform(_ action: any ExecutableCommand) async {
        do {
            try await action.run()
        } catch let failure as CommandFailure {
            if let message = failure.message { Terminal(.standardError).write("error: \(message)\n") }
            exit(failure.status.code)
        } catch {
            // Neither a wrong command line nor a result: what nobody expected must not look like a failed check.
            Terminal(.standardError).write("internal error: \(error)\n")
            exit(ExitStatus.internalError.code)
        }
    }

    private static func show(_ page: HelpPage) {
        show(page.text(width: Terminal(.standardOutput).columns))
    }

    private static func show(_ text: String) {
        do throws(CommandFailure) {
            try Terminal(.standardOutput).writeResult(text)
        } catch {
            if let message = error.message { Terminal(.standardError).write("error: \(message)\n") }
            exit(error.status.code)
        }
    }

    private static func refuse(_ problems: [UsageProblem], _ usage: UsageHint) -> Never {
        let terminal = Terminal(.standardError)
        terminal.write(
            problems.map { "error: \($0.message)\n" }.joined() + usage.text(width: terminal.columns)
        )
        exit(ExitStatus.usage.code)
    }
}
