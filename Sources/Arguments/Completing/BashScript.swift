/// Completions for bash 4 and later, which need nothing beside bash.
///
/// bash cuts the line at `=`, so that `--name=value` comes as three words. Where it is told not to, it is one.
struct BashScript {
    private let program: ProgramShape
    private let function: String

    init(_ program: ProgramShape) {
        self.program = program
        function = program.functionName
    }

    var text: String {
        """
        # bash completions of \(program.name); load them with: source <(\(program.name) completions bash)

        # Offers those of the given words that the current one begins.
        \(function)_offer() {
            local word
            for word in "$@"; do
                if [[ $word == "$cur"* ]]; then COMPREPLY+=("$prefix$word"); fi
            done
        }

        # Offers the lines that the program answers.
        \(function)_answer() {
            local line bare=$cur quote=
            case $cur in
                [\\"\\']*) quote=1 bare=${cur:1} ;;
                *) bare=${cur//\\\\/} ;;
            esac
            while IFS= read -r line; do
                if [[ $line != "$bare"* ]]; then continue; fi
                if [[ ! $quote ]]; then printf -v line %q "$line"; fi
                COMPREPLY+=("$prefix$line")
            done < <("$program" "$@" "${COMP_WORDS[@]:2:COMP_CWORD-2}" 2>/dev/null)
        }

        \(function)() {
            local program=$1 cur=${COMP_WORDS[COMP_CWORD]} prefix= command= option= ended= word
            local -i i operand=0
            local valued=' '
            COMPREPLY=()
            for ((i = 1; i < COMP_CWORD; i++)); do
                if [[ ${COMP_WORDS[i]} != -* ]]; then command=${COMP_WORDS[i]}; break; fi
            done
            case $command in
        \(program.shownCommands.map(valuedOptions).joined(separator: "\n"))
            esac
            for ((i = i + 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]} option=
                if [[ $word == = ]]; then
                    i+=1
                elif [[ $ended || $word != -?* ]]; then
                    operand+=1
                elif [[ $word == -- ]]; then
                    ended=1
                elif [[ $valued == *" $word "* && ${COMP_WORDS[i+1]} != = ]]; then
                    i+=1 option=$word
                fi
            done
            # What came last takes the current word only if it has not had its own.
            if ((i == COMP_CWORD)); then option=; fi
            if [[ ! $ended ]]; then
                if [[ $cur == = ]]; then
                    option=${COMP_WORDS[COMP_CWORD-1]} cur=
                elif [[ ${COMP_WORDS[COMP_CWORD-1]} == = && COMP_CWORD -gt 2 ]]; then
                    option=${COMP_WORDS[COMP_CWORD-2]}
                elif [[ $cur == --*=* ]]; then
                    option=${cur%%=*} prefix=${cur%%=*}= cur=${cur#*=}
                fi
            fi
            if [[ $option == -* ]]; then
                case "$command $option" in
        \(program.shownCommands.flatMap(optionValues).joined(separator: "\n"))
                esac
            elif [[ ! $ended && $cur == -* ]]; then
                case $command in
        \(program.shownCommands.map(optionNames).joined(separator: "\n"))
                    *) \(function)_offer -h --help --version ;;
                esac
            else
                case "$command $operand" in
                    ' 0') \(function)_offer \(rootWords) ;;
                    'help 0') \(function)_offer \(program.helpSubjects.map(\.name).joined(separator: " ")) ;;
        \(program.shownCommands.flatMap(operandValues).joined(separator: "\n"))
                esac
            fi
        }

        complete -F \(function) \(program.name)

        """
    }

    private var rootWords: String {
        (program.shownCommands.map(\.name) + ["help"]).joined(separator: " ")
    }

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
        case .file: "compopt -o default 2>/dev/null"
        case .folder: "compopt -o dirnames 2>/dev/null"
        case .choices(let choices): "\(function)_offer \(choices.map(Shell.bash.quoted).joined(separator: " "))"
        case .answer(let words): "\(function)_answer \(words.map(Shell.bash.quoted).joined(separator: " "))"
        }
    }
}
