import SourceDiagnostics

/// What a command line asks for.
package enum CommandLineOutcome<Action> {
    /// To run a command, whose name is the second value.
    case run(Action, command: String)
    /// To show a help page.
    case help(HelpPage)
    case version
    /// Nothing that could be done.
    case problems([UsageProblem], usage: UsageHint)
}

/// What follows the problems of a command line.
package enum UsageHint: Sendable {
    /// Such as `Usage: tool run [options] <file>...` and where to find more, each line ended by a line break.
    case lines(String)
    case page(HelpPage)

    /// The text for a terminal.
    ///
    /// - Parameter width: The terminal's width in columns.
    package func text(width: Int) -> String {
        switch self {
        case .lines(let text): text
        case .page(let page): "\n\(page.text(width: width))"
        }
    }
}

extension Program {
    /// Reads a command line.
    ///
    /// - Parameter words: The arguments without the program's own name.
    package func parse(_ words: [String]) -> CommandLineOutcome<Action> {
        var rest = words[...]
        var root = Findings()
        readRoot(&rest, &root)
        guard let word = rest.first else { return outcome(ofRoot: root) }
        if word == "help" { return helpOutcome(of: rest.dropFirst(), root) }
        guard let command = command(named: word) else {
            return outcome(ofUnknown: word, before: rest.dropFirst(), root)
        }
        let table = command.table()
        let foreign = foreignOptions(besides: command.name)
        let parser = LineParser(rest.dropFirst(), of: command.name, table: table.shape, foreign: foreign)
        let line = table.read(parser)
        if let detail = root.help ?? line.findings.help {
            return .help(HelpPage(command.shape(), of: name, detail))
        }
        if root.wantsVersion || line.findings.wantsVersion { return .version }
        let problems = root.problems + line.findings.problems
        guard problems.isEmpty else { return .problems(problems, usage: usage(of: command.name)) }
        return .run(line.action(), command: command.name)
    }

    /// The lines that follow a problem that the command itself has found.
    package func usage(of command: String) -> UsageHint {
        guard let command = self.command(named: command) else { return rootUsage }
        let usage = command.shape().usage(of: name)
        return UsageHint.lines("Usage: \(usage)\nFor more, see '\(name) \(command.name) --help'.\n")
    }

    private var rootUsage: UsageHint {
        UsageHint.lines("Usage: \(name) <command> [options]\nFor more, see '\(name) --help'.\n")
    }

    private var helpUsage: UsageHint {
        .lines("Usage: \(name) help [<command>]\nFor all commands, see '\(name) --help'.\n")
    }

    private func command(named word: String) -> Command<Action>? {
        commands.first { $0.name == word || ($0.alias != nil && $0.alias == word) }
    }

    private func foreignOptions(besides command: String?) -> ForeignOptions {
        ForeignOptions { [commands] in
            commands.filter { $0.name != command && !$0.isHidden }.map { $0.shape() }
        }
    }

    // MARK: Before the command

    /// Takes the words before the command; what is left begins with the command's name.
    private func readRoot(_ words: inout ArraySlice<String>, _ findings: inout Findings) {
        while let word = words.first, word.utf8.first == UInt8(ascii: "-"), word != "-" {
            if let (command, value) = aliased(word) {
                words = [command] + (value.map { [$0] } ?? []) + words.dropFirst()
                return
            }
            words.removeFirst()
            switch word {
            case "--": return
            case "--help": findings.help = .long
            case "-h": findings.help = findings.help ?? .short
            case "--version": findings.wantsVersion = true
            default: readMisplaced(word, &words, &findings)
            }
        }
    }

    /// The name of the command that an alias stands for, and a value that is attached to the alias.
    private func aliased(_ word: String) -> (command: String, value: String?)? {
        for command in commands {
            guard let alias = command.alias else { continue }
            if word == alias { return (command.name, nil) }
            if word.utf8.starts(with: "\(alias)=".utf8) {
                return (command.name, String(word.dropFirst(alias.count + 1)))
            }
        }
        return nil
    }

    private func readMisplaced(_ word: String, _ words: inout ArraySlice<String>, _ findings: inout Findings) {
        let foreign = foreignOptions(besides: nil)
        let (option, attached) = LineParser.split(word)
        guard let (shape, owners) = foreign.owners(of: option) else {
            return findings.add(.unknown(option, suggestion: foreign.nearest(to: option, of: [])))
        }
        if shape.value != nil, attached == nil, let next = words.first, !next.utf8.starts(with: "-".utf8) {
            words.removeFirst()
        }
        findings.add(
            UsageProblem("\(option) belongs to \(owners.joined(asListWith: "and")), after the command's name")
        )
    }

    private func outcome(ofRoot root: Findings) -> CommandLineOutcome<Action> {
        if let detail = root.help { return .help(HelpPage(shape, detail)) }
        if root.wantsVersion { return .version }
        guard root.problems.isEmpty else { return .problems(root.problems, usage: rootUsage) }
        let problem = UsageProblem("say what to do, e.g. \(example)")
        return .problems([problem], usage: .page(HelpPage(shape, .short)))
    }

    /// The outcome where there is no such command; of the words after it only a wish for help is known.
    private func outcome(
        ofUnknown word: String,
        before rest: ArraySlice<String>,
        _ root: Findings
    ) -> CommandLineOutcome<Action> {
        let options = rest.prefix { $0 != "--" }
        let detail: HelpDetail? = options.contains("--help") ? .long : options.contains("-h") ? .short : nil
        if let detail = root.help ?? detail { return .help(HelpPage(shape, detail)) }
        if root.wantsVersion || options.contains("--version") { return .version }
        let names = commands.filter { !$0.isHidden }.map(\.name) + ["help"]
        let near = closestMatch(to: word, among: names).map { "did you mean \($0)?" }
        let problem = UsageProblem.unknownCommand(word, advice: near ?? advice(word))
        return .problems(root.problems + [problem], usage: rootUsage)
    }

    // MARK: help NAME

    private func helpOutcome(of words: ArraySlice<String>, _ root: Findings) -> CommandLineOutcome<Action> {
        let operands = OperandShape(
            value: ValueKind<String>.text("command").description,
            count: .atMostOne,
            summary: "A command or a topic."
        )
        let table = TableShape(discussion: [], operands: [operands], groups: [])
        var subject: String?
        var parser = LineParser(words, of: "help", table: table, foreign: foreignOptions(besides: nil))
        let findings = parser.parse { _, given throws(UnusableValue) in
            if case .text(let text) = given { subject = text }
        }
        let detail = root.help ?? findings.help
        if detail == nil, root.wantsVersion || findings.wantsVersion { return .version }
        let problems = root.problems + findings.problems
        guard detail != nil || problems.isEmpty else {
            return .problems(problems, usage: helpUsage)
        }
        guard let subject, subject != "help" else { return .help(HelpPage(shape, detail ?? .long)) }
        if let command = commands.first(where: { $0.name == subject }) {
            return .help(HelpPage(command.shape(), of: name, detail ?? .long))
        }
        if let topic = topics.first(where: { $0.name == subject }) { return .help(HelpPage(topic)) }
        if let detail { return .help(HelpPage(shape, detail)) }
        let names = commands.filter { !$0.isHidden }.map(\.name) + topics.map(\.name)
        let near = closestMatch(to: subject, among: names)
        let problem = UsageProblem(
            "no command or topic is called \(UsageProblem.quoted(subject))\(near.map { "; did you mean \($0)?" } ?? "")"
        )
        return .problems([problem], usage: helpUsage)
    }
}
