import Arguments
import Glibc
import RouteChecks

/// The program: its commands, and what is done about a command line.
@main
enum Routecheck {
    static var program: Program<any ExecutableCommand> {
        Program(
            "routecheck",
            "Check DHIS2 routes: declared in YAML, run through DHIS2, reported for CI.",
            example: "routecheck run job.yaml",
            advice: { word in
                let name = word.lowercased()
                guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return nil }
                return "to run a job file, write routecheck run \(Shell.bash.word(UsageProblem.shortened(word)))"
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
        Descriptor.reserveStandardOnes()
        Heap.useLargePages()
        DescriptorLimit.raise()
        SignalWatcher.ignoreFileSizeLimit()
        let program = program
        let words: [String]
        do throws(UsageProblem) {
            words = try ProcessArguments.words()
        } catch {
            refuse([error], program.usage)
        }
        switch program.parse(words) {
        case .help(let page): show(page)
        case .version: show("\(Version.current)\n")
        case .problems(let problems, let usage): refuse(problems, usage)
        case .run(let action, let command):
            do {
                try action.check()
                try await action.run()
            } catch let problem as UsageProblem {
                refuse([problem], program.usage(of: command))
            } catch {
                fail(error)
            }
        }
    }

    private static func fail(_ error: any Error) -> Never {
        if let unusable = error as? UnusableJob { fail(CommandFailure(.invalidJob, "\(unusable.message)")) }
        if let limit = error as? TransportError, limit.code == .localLimit {
            fail(CommandFailure(.internalError, "\(own: limit.message)"))
        }
        guard let failure = error as? CommandFailure else {
            // Neither a wrong command line nor a result: what nobody expected must not look like a failed check.
            Terminal(.standardError).write("internal error: \(own: "\(error)")\n")
            exit(ExitStatus.internalError.code)
        }
        if let message = failure.message { Terminal(.standardError).write("error: \(message)\n") }
        exit(failure.status.code)
    }

    private static func show(_ page: HelpPage) {
        show(page.text(width: Terminal(.standardOutput).columns))
    }

    private static func show(_ text: String) {
        do {
            try Terminal(.standardOutput).writeResult(rendered: text)
        } catch {
            fail(error)
        }
    }

    private static func refuse(_ problems: [UsageProblem], _ usage: UsageHint) -> Never {
        let terminal = Terminal(.standardError)
        terminal.write(
            rendered: problems.map { "error: \($0.message)\n" }.joined() + usage.text(width: terminal.columns)
        )
        exit(ExitStatus.usage.code)
    }
}
