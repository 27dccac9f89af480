/// Completions for fish 3 and later.
struct FishScript {
    private let program: ProgramShape
    private let function: String

    init(_ program: ProgramShape) {
        self.program = program
        function = "_\(program.functionName)"
    }

    var text: String {
        let commands = program.shownCommands
        let root =
            commands.map { HelpBlock.Term($0.name, $0.summary) }
            + [HelpBlock.Term("help", "Show help on a command or a topic.")]
        let lines =
            root.map { complete("test -z (\(function)_command)", "-a \($0.name)", $0.meaning) }
            + program.helpSubjects.map { complete("\(function)_is help", "-a \($0.name)", $0.meaning) }
            + [OptionShape.help, .version].map { complete("test -z (\(function)_command)", $0) }
            + commands.flatMap(lines)
        return """
            # fish completions of \(program.name); load them with: \(program.name) completions fish | source

            # The line's command, or an empty line.
            function \(function)_command
                set -l words (commandline -opc)
                string match -v -- '-*' $words[2..-1] | head -n 1 | string collect --allow-empty
            end

            function \(function)_is
                test (\(function)_command) = $argv[1]
            end

            # The lines that the program answers.
            function \(function)_answer
                set -l words (commandline -opc)
                $words[1] $argv $words[3..-1] 2>/dev/null
            end

            complete -c \(program.name) -e
            complete -c \(program.name) -f
            \(lines.joined(separator: "\n"))

            """
    }

    private func lines(for command: CommandShape) -> [String] {
        let condition = "\(function)_is \(command.name)"
        let operands = command.table.operands.map { operand in
            complete(condition, action(operand.value.completion) ?? "-f", operand.summary)
        }
        return operands
            + command.allOptions.flatMap { option -> [String] in
                guard case .toggle = option.form else { return [complete(condition, option)] }
                let off = OptionShape(long: "no-\(option.long)", form: .flag, summary: option.summary)
                return [complete(condition, option), complete(condition, off)]
            }
    }

    private func complete(_ condition: String, _ option: OptionShape) -> String {
        var words = (option.short.map { ["-s \($0)"] } ?? []) + ["-l \(option.long)"]
        if let value = option.value { words += ["-r", action(value.completion) ?? "-f"] }
        return complete(condition, words.joined(separator: " "), option.summary.firstSentence)
    }

    private func complete(_ condition: String, _ what: String, _ summary: String) -> String {
        "complete -c \(program.name) -n \(Shell.fish.quoted(condition)) \(what) -d \(Shell.fish.quoted(summary))"
    }

    private func action(_ completion: Completion) -> String? {
        switch completion {
        case .nothing: nil
        case .file: "-F"
        case .folder: "-f -a '(__fish_complete_directories)'"
        case .choices(let choices): "-f -a \(Shell.fish.quoted(choices.joined(separator: " ")))"
        case .answer(let words):
            "-f -a \(Shell.fish.quoted("(\(function)_answer \(words.joined(separator: " ")))"))"
        }
    }
}
