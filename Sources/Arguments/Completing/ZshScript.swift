/// Completions for zsh, to be loaded from a folder in `fpath` as `_NAME` or with `source`.
struct ZshScript {
    private let program: ProgramShape
    private let function: String

    init(_ program: ProgramShape) {
        self.program = program
        function = program.functionName
    }

    var text: String {
        """
        #compdef \(program.name)
        # zsh completions of \(program.name); load them with: source <(\(program.name) completions zsh)

        # Offers the lines that the program answers.
        \(function)_answer() {
            local -a found
            found=("${(@f)$("$program" "$@" "${(@Q)words}" 2>/dev/null)}")
            compadd -- "${found[@]:#}"
        }

        \(function)() {
            local program=${(Q)words[1]} context state state_descr line
            local -a commands subjects
            typeset -A opt_args
            commands=(
        \(program.shownCommands.map { described($0.name, $0.summary) }.joined(separator: "\n"))
                'help:Show help on a command or a topic.'
            )
            subjects=(
        \(program.helpSubjects.map { described($0.name, $0.meaning) }.joined(separator: "\n"))
            )
            _arguments -C \\
                '(- *)'{-h,--help}'[\(escaped(OptionShape.help.summary))]' \\
                '(- *)--version[\(escaped(OptionShape.version.summary))]' \\
                '1:command:->command' '*::argument:->argument' && return
            case $state in
                command) _describe command commands ;;
                argument)
                    case $words[1] in
                        help) _arguments '1:subject:->subject' ;;
        \(program.shownCommands.map(arguments).joined(separator: "\n"))
                    esac
                    if [[ $state == subject ]]; then _describe subject subjects; fi
                    ;;
            esac
        }

        if [[ $funcstack[1] == \(function) ]]; then
            \(function) "$@"
        else
            if (( ! $+functions[compdef] )); then autoload -Uz compinit && compinit; fi
            compdef \(function) \(program.name)
        fi

        """
    }

    private func described(_ name: String, _ summary: String) -> String {
        "        \(Shell.zsh.quoted("\(name):\(summary)"))"
    }

    private func arguments(of command: CommandShape) -> String {
        let specifications = command.allOptions.flatMap(specifications) + operands(of: command)
        let lines = specifications.map { "                    \($0)" }.joined(separator: " \\\n")
        return "                \(command.name))\n                    _arguments -s -S \\\n\(lines) ;;"
    }

    private func specifications(of option: OptionShape) -> [String] {
        let help = "[\(escaped(option.summary.firstSentence))]"
        let value = option.value.map { ":\(escaped($0.placeholder)):\(action($0.completion))" } ?? ""
        if option.isRepeatable {
            return option.names.map { name in
                Shell.zsh.quoted("*\(name)\(name.utf8.count > 2 ? "=" : "+")\(help)\(value)")
            }
        }
        // Each of an option's names excludes the others.
        let excluded = option.names.count > 1 ? "(\(option.names.joined(separator: " ")))" : ""
        return option.names.map { name in
            let mark = value.isEmpty ? "" : name.utf8.count > 2 ? "=" : "+"
            return Shell.zsh.quoted("\(excluded)\(name)\(mark)\(help)\(value)")
        }
    }

    private func operands(of command: CommandShape) -> [String] {
        command.table.operands.enumerated().map { index, operand in
            let position = operand.isRepeatable ? "*" : "\(index + 1)"
            let name = escaped(operand.value.placeholder)
            return Shell.zsh.quoted("\(position):\(name):\(action(operand.value.completion))")
        }
    }

    private func action(_ completion: Completion) -> String {
        switch completion {
        case .nothing: " "
        case .file: "_files"
        case .folder: "_files -/"
        case .choices(let choices): "(\(choices.map(escaped).joined(separator: " ")))"
        case .answer(let words): "{\(function)_answer \(words.joined(separator: " "))}"
        }
    }

    private func escaped(_ text: String) -> String {
        String(text.flatMap { "\\[]:".contains($0) ? ["\\", $0] : [$0] })
    }
}
