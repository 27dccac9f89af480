internal import Text

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
        var leading = LineParser(unaliased(words)[...], foreign: foreignOptions())
        let (root, rest) = leading.parseLeadingOptions()
        guard let word = rest.first else { return outcome(ofRoot: root) }
        if word == CommandShape.help.name { return helpOutcome(of: rest.dropFirst(), root) }
        guard let command = command(named: word) else {
            return outcome(ofUnknown: word, before: rest.dropFirst(), root)
        }
        let table = command.table()
        let line = read(rest.dropFirst(), command, table)
        let findings = root.followed(by: line.findings)
        if let detail = findings.help { return .help(HelpPage(command.shape(table), of: name, detail)) }
        if findings.wantsVersion { return .version }
        guard findings.problems.isEmpty else { return .problems(findings.problems, usage: usage(of: command.name)) }
        return .run(line.action(), command: command.name)
    }

    /// What the beginning of a command line amounts to, as far as its words can be used; for completing the line.
    ///
    /// - Parameter words: The arguments so far, which begin with the command's name.
    package func partialAction(_ words: [String]) -> Action? {
        guard let word = words.first, let command = command(named: word) else { return nil }
        return read(words.dropFirst(), command, command.table()).action()
    }

    private func read(
        _ words: ArraySlice<String>,
        _ command: Command<Action>,
        _ table: CommandTable<Action>
    ) -> ParsedLine<Action> {
        let foreign = foreignOptions(besides: command.name)
        var parser = LineParser(words, of: command.name, table: table.shape, foreign: foreign)
        var findings = Findings()
        let action = table.read { change in findings = parser.parse(change: change) }
        return ParsedLine(findings: findings, action: action)
    }

    /// The lines that follow a problem that the command itself has found.
    package func usage(of command: String) -> UsageHint {
        guard let command = self.command(named: command) else { return usage }
        let line = command.shape(command.table()).usage(of: name)
        return .lines("Usage: \(line)\nFor more, see '\(name) \(command.name) --help'.\n")
    }

    /// The lines that follow a problem that is none of a command's own.
    package var usage: UsageHint {
        .lines("Usage: \(name) <command> [options]\nFor more, see '\(name) --help'.\n")
    }

    private var helpUsage: UsageHint {
        .lines("Usage: \(CommandShape.help.usage(of: name))\nFor all commands, see '\(name) --help'.\n")
    }

    private func command(named word: String) -> Command<Action>? {
        commands.first { $0.name == word }
    }

    private func foreignOptions(besides command: String? = nil) -> ForeignOptions {
        ForeignOptions { [commands] in
            commands.filter { $0.name != command && !$0.isHidden }.map { $0.shape($0.table()) }
        }
    }

    /// The words with a command's name in place of its alias at their beginning.
    private func unaliased(_ words: [String]) -> [String] {
        guard let first = words.first else { return words }
        let (name, value) = LineParser.split(first)
        guard let command = commands.first(where: { $0.alias == name }) else { return words }
        return [command.name] + (value.map { [$0] } ?? []) + words.dropFirst()
    }

    private func outcome(ofRoot root: Findings) -> CommandLineOutcome<Action> {
        if let detail = root.help { return .help(HelpPage(shape, detail)) }
        if root.wantsVersion { return .version }
        guard root.problems.isEmpty else { return .problems(root.problems, usage: usage) }
        let problem = UsageProblem("say what to do, e.g. \(example)")
        return .problems([problem], usage: .page(HelpPage(shape, .short)))
    }

    /// The outcome where there is no such command; of the words after it only a wish for help is known.
    private func outcome(
        ofUnknown word: String,
        before rest: ArraySlice<String>,
        _ root: Findings
    ) -> CommandLineOutcome<Action> {
        var parser = LineParser(rest, foreign: foreignOptions())
        let findings = root.followed(by: parser.parse { _, _ in })
        if let detail = findings.help { return .help(HelpPage(shape, detail)) }
        if findings.wantsVersion { return .version }
        // It may be the value of the unknown option before it.
        guard !root.hasUnknownOption else { return .problems(root.problems, usage: usage) }
        let names = commands.filter { !$0.isHidden }.map(\.name) + [CommandShape.help.name]
        let near = closestMatch(to: word, among: names).map { "did you mean \($0)?" }
        let problem = UsageProblem.unknownCommand(word, advice: near ?? advice(word))
        return .problems(root.problems + [problem], usage: usage)
    }

    // MARK: help NAME

    private func helpOutcome(of words: ArraySlice<String>, _ root: Findings) -> CommandLineOutcome<Action> {
        var subject: String?
        var parser = LineParser(
            words,
            of: CommandShape.help.name,
            table: CommandShape.help.table,
            foreign: foreignOptions()
        )
        let findings = root.followed(
            by: parser.parse { _, given throws(UnusableValue) in
                if case .text(let text) = given { subject = text }
            }
        )
        if findings.help == nil {
            if findings.wantsVersion { return .version }
            guard findings.problems.isEmpty else { return .problems(findings.problems, usage: helpUsage) }
        }
        guard let subject, subject != CommandShape.help.name else {
            return .help(HelpPage(shape, findings.help ?? .long))
        }
        if let command = command(named: subject) {
            return .help(HelpPage(command.shape(command.table()), of: name, findings.help ?? .long))
        }
        if let topic = topics.first(where: { $0.name == subject }) { return .help(HelpPage(topic)) }
        if let detail = findings.help { return .help(HelpPage(shape, detail)) }
        let names = commands.filter { !$0.isHidden }.map(\.name) + topics.map(\.name)
        let problem = UsageProblem.unknownSubject(subject, suggestion: closestMatch(to: subject, among: names))
        return .problems([problem], usage: helpUsage)
    }
}

/// A command line of which every word was looked at.
private struct ParsedLine<Action> {
    let findings: Findings
    /// What the line amounts to, as far as its words could be used.
    let action: () -> Action
}
