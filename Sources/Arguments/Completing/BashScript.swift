/// Completions for bash 4.4 and later, which need nothing beside bash.
///
/// bash cuts the line at the characters of `COMP_WORDBREAKS`, `=` and `:` among them. The script puts the pieces
/// together again, and offers of a word only what follows the last cut, which is what bash replaces.
struct BashScript {
    private let program: ProgramShape
    private let function: String

    init(_ program: ProgramShape) {
        self.program = program
        function = program.functionName
    }

    var text: String {
        #"""
        # bash completions of \#(program.name); load them with: source <(\#(program.name) completions bash)

        # Puts the line's words together, up to the cursor, from the pieces that bash has cut them into.
        \#(function)_read() {
            local rest=${COMP_LINE:0:COMP_POINT} piece trimmed
            local -i i
            words=()
            for ((i = 0; i <= COMP_CWORD; i++)); do
                trimmed=${rest#"${rest%%[![:space:]]*}"}
                piece=${COMP_WORDS[i]}
                if ((i == COMP_CWORD)); then piece=$trimmed; fi
                if [[ ${#words[@]} -gt 0 && $trimmed && $trimmed == "$rest" ]]; then
                    words[-1]+=$piece
                else
                    words+=("$piece")
                fi
                rest=${trimmed#"$piece"}
            done
            cur=${words[-1]}
            # What bash keeps of the word, whatever is offered.
            if [[ $piece == [=:] ]]; then head=$cur; else head=${cur%"$piece"}; fi
        }

        # Sets "bare" to a word without its quotes, and "quote" to the one that is still open.
        \#(function)_unquote() {
            local character
            local -i i
            bare= quote=
            for ((i = 0; i < ${#1}; i++)); do
                character=${1:i:1}
                if [[ $quote && $character == "$quote" ]]; then
                    quote=
                elif [[ ! $quote && $character == [\"\'] ]]; then
                    quote=$character
                elif [[ $character == "\\" && $quote != "'" ]]; then
                    i+=1
                    bare+=${1:i:1}
                else
                    bare+=$character
                fi
            done
        }

        # Offers those of the given words that the current one begins, quoted as it is.
        \#(function)_offer() {
            local word character bare quote
            local -i i
            \#(function)_unquote "$cur"
            for word in "$@"; do
                if [[ $word != "$bare"* ]]; then continue; fi
                if [[ $quote ]]; then
                    # An open quote is bash's to keep and to close.
                    local quoted=
                    for ((i = 0; i < ${#word}; i++)); do
                        character=${word:i:1}
                        if [[ $quote == \" && $character == [\"\$\`\\] ]]; then
                            quoted+=\\$character
                        elif [[ $character == "$quote" ]]; then
                            quoted+="'\\''"
                        else
                            quoted+=$character
                        fi
                    done
                    word=$quoted
                else
                    printf -v word %q "$word"
                fi
                word=$prefix$word
                COMPREPLY+=("${word#"$head"}")
            done
        }

        # Offers the lines that the program answers, which it is told the line's words for.
        \#(function)_answer() {
            local word bare quote
            local -a line=() offers=()
            for word in "${words[@]:1:${#words[@]}-2}"; do
                \#(function)_unquote "$word"
                line+=("$bare")
            done
            if [[ $program == "~/"* ]]; then program=$HOME/${program:2}; fi
            while IFS= read -r word; do offers+=("$word"); done < <("$program" "$@" "${line[@]}" 2>/dev/null)
            \#(function)_offer ${offers[@]+"${offers[@]}"}
        }

        # Lets readline offer files, which it quotes itself; where it would take the option for a part of the name, does so.
        \#(function)_files() {
            local path
            if [[ ! $prefix || $COMP_WORDBREAKS == *=* ]]; then
                compopt -o "$1" 2>/dev/null
                return
            fi
            while IFS= read -r path; do COMPREPLY+=("$prefix$path"); done < <(compgen "$2" -- "$cur")
        }

        # Offers the given words with "=" behind them, and behind that files.
        \#(function)_keyed() {
            if [[ $cur == *=* ]]; then
                prefix+=${cur%%=*}= cur=${cur#*=}
                \#(function)_files default -f
            else
                compopt -o nospace 2>/dev/null
                \#(function)_offer "${@/%/=}"
            fi
        }

        \#(function)() {
            local program=$1 cur head prefix= command= option= ended= word valued=' '
            local -a words
            local -i i last operand=0
            COMPREPLY=()
            \#(function)_read
            last=${#words[@]}-1
            for ((i = 1; i < last; i++)); do
                if [[ ${words[i]} != -* ]]; then command=${words[i]}; break; fi
            done
            case $command in
        \#(commands.map(valuedOptions).joined(separator: "\n"))
            esac
            for ((i = i + 1; i < last; i++)); do
                word=${words[i]} option=
                if [[ $ended || $word != -?* ]]; then
                    operand+=1
                elif [[ $word == -- ]]; then
                    ended=1
                elif [[ $valued == *" $word "* ]]; then
                    i+=1
                    option=$word
                fi
            done
            # An option takes the current word only if it has not had the one before.
            if ((i == last)); then option=; fi
            if [[ ! $ended && ! $option && $cur == --*=* ]]; then
                option=${cur%%=*} prefix=${cur%%=*}= cur=${cur#*=}
            fi
            if [[ $option ]]; then
                case "$command $option" in
        \#(commands.flatMap(optionValues).joined(separator: "\n"))
                esac
            elif [[ ! $ended && $cur == -* ]]; then
                case $command in
        \#(commands.map(optionNames).joined(separator: "\n"))
                    *) \#(function)_offer -h --help --version ;;
                esac
            else
                case "$command $operand" in
                    ' 0') \#(function)_offer \#(program.firstWords.map(\.name).joined(separator: " ")) ;;
                    'help 0') \#(function)_offer \#(program.helpSubjects.map(\.name).joined(separator: " ")) ;;
        \#(commands.flatMap(operandValues).joined(separator: "\n"))
                esac
            fi
        }

        complete -F \#(function) \#(program.name)

        """#
    }

    private var commands: [CommandShape] { program.shownCommands }

    private func valuedOptions(of command: CommandShape) -> String {
        let names = command.table.options.filter { $0.value != nil }.flatMap(\.names)
        return "        \(command.name)) valued=' \(names.joined(separator: " ")) ' ;;"
    }

    private func optionValues(of command: CommandShape) -> [String] {
        command.table.options.compactMap { option in
            guard let action = option.value.flatMap({ action($0.completion) }) else { return nil }
            let names = option.names.map { "'\(command.name) \($0)'" }
            return "            \(names.joined(separator: " | "))) \(action) ;;"
        }
    }

    private func optionNames(of command: CommandShape) -> String {
        "            \(command.name)) \(function)_offer \(command.allOptions.flatMap(\.names).joined(separator: " ")) ;;"
    }

    private func operandValues(of command: CommandShape) -> [String] {
        command.table.operands.enumerated().compactMap { index, operand in
            guard let action = action(operand.value.completion) else { return nil }
            return "            '\(command.name) '\(operand.isRepeatable ? "*" : "\(index)")) \(action) ;;"
        }
    }

    /// What is done to complete a value, if anything: files are left to readline, which knows how to quote them.
    private func action(_ completion: Completion) -> String? {
        switch completion {
        case .nothing: nil
        case .file: "\(function)_files default -f"
        case .folder: "\(function)_files dirnames -d"
        case .choices(let choices): "\(function)_offer \(choices.map(Shell.bash.quoted).joined(separator: " "))"
        case .keyedFile(let keys): "\(function)_keyed \(keys.map(Shell.bash.quoted).joined(separator: " "))"
        case .answer(let words): "\(function)_answer \(words.map(Shell.bash.quoted).joined(separator: " "))"
        }
    }
}
