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
            found=("${(@f)$("${program/#\\~\\//$HOME/}" "$@" "${(@Q)words[1,CURRENT-1]}" 2>/dev/null)}")
            compadd -- "${found[@]:#}"
        }

        # Offers the given words with "=" behind them, and behind that files.
        \(function)_keyed() {
            if compset -P '*='; then _files; else compadd -S = -- "$@"; fi
        }

        \(function)() {
            local program=${(Q)words[1]} context state state_descr line
            local -a commands subjects
            typeset -A opt_args
            commands=(
        \(program.firstWords.map { described($0.name, $0.meaning) }.joined(separator: "\n"))
            )
            subjects=(
        \(program.helpSubjects.map { described($0.name, $0.meaning) }.joined(separator: "\n"))
            )
            _arguments -C \\
                '(- *)-h[\(escaped(OptionShape.help.summary))]' \\
                '(- *)--help[\(escaped(OptionShape.help.summary))]' \\
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

        if [[ ${funcstack[1]} == \(function) ]]; then
            \(function) "$@"
        else
            if (( ! ${+functions[compdef]} )); then autoload -Uz compinit && compinit; fi
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
        let value = option.value.map { ":\(escaped($0.placeholder)):\(action($0.completion))" } ?? ""
        // Each of an option's names excludes the others, unless it can be repeated.
        let others = "(\(option.names.joined(separator: " ")))"
        let prefix = option.isRepeatable ? "*" : option.names.count > 1 ? others : ""
        return option.variants.flatMap { variant in
            variant.names.map { name in
                let mark = value.isEmpty ? "" : name.utf8.count > 2 ? "=" : "+"
                return Shell.zsh.quoted("\(prefix)\(name)\(mark)[\(escaped(variant.summary.firstSentence))]\(value)")
            }
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
        case .keyedFile(let keys): "{\(function)_keyed \(keys.joined(separator: " "))}"
        case .answer(let words): "{\(function)_answer \(words.joined(separator: " "))}"
        }
    }

    private func escaped(_ text: String) -> String {
        String(text.flatMap { "\\[]:".contains($0) ? ["\\", $0] : [$0] })
    }
}
