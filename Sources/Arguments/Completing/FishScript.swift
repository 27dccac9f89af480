/// Completions for fish 3.4 and later.
struct FishScript {
    private let program: ProgramShape
    private let function: String

    init(_ program: ProgramShape) {
        self.program = program
        function = "_\(program.functionName)"
    }

    var text: String {
        let commands = program.shownCommands
        let atCommand = "test -z (\(function)_command)"
        let atSubject = "\(function)_is help; and test (\(function)_operands) -eq 0"
        let lines =
            program.firstWords.map { complete(atCommand, "-a \($0.name)", $0.meaning) }
            + program.helpSubjects.map { complete(atSubject, "-a \($0.name)", $0.meaning) }
            + [OptionShape.help, .version].map { complete(atCommand, $0) }
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

            # How many words after the command are none of its options; where an option has its value apart, more.
            function \(function)_operands
                set -l words (commandline -opc)
                math (count (string match -v -- '-*' $words[2..-1])) - 1
            end

            # The lines that the program answers.
            function \(function)_answer
                set -l words (commandline -opc)
                set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
                command -q $program; and $program $argv $words[2..-1] 2>/dev/null
            end

            # The given words with "=" behind them, and behind that files.
            function \(function)_keyed
                set -l token (string replace -r '^--[^=]*=' '' -- (commandline -ct))
                if string match -q -- '*=*' $token
                    set -l key (string replace -r '=.*' '=' -- $token)
                    printf '%s\n' $key(__fish_complete_path (string replace -r '^[^=]*=' '' -- $token))
                else
                    printf '%s=\n' $argv
                end
            end

            complete -c \(program.name) -e
            complete -c \(program.name) -f
            \(lines.joined(separator: "\n"))

            """
    }

    private func lines(for command: CommandShape) -> [String] {
        let condition = "\(function)_is \(command.name)"
        let operands = command.table.operands.enumerated().map { index, operand in
            // Only where no option takes a value can words be counted.
            let isCounted = !operand.isRepeatable && command.table.options.allSatisfy { $0.value == nil }
            let place = isCounted ? "; and test (\(function)_operands) -eq \(index)" : ""
            return complete(condition + place, action(operand.value.completion) ?? "-f", operand.summary)
        }
        return operands + command.allOptions.flatMap { $0.variants.map { complete(condition, $0) } }
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
        case .keyedFile(let keys):
            "-f -a \(Shell.fish.quoted("(\(function)_keyed \(keys.joined(separator: " ")))"))"
        case .answer(let words):
            "-f -a \(Shell.fish.quoted("(\(function)_answer \(words.joined(separator: " ")))"))"
        }
    }
}
