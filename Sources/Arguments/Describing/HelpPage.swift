/// A help page, which is laid out for the width of the stream that it goes to.
///
/// There are two of each: `-h` is for who knows the program and forgot a name, so it has one sentence for each option
/// and no discussion; `--help` is for who wants to know, and has all of it. Both are made of the same declarations.
package struct HelpPage: Sendable {
    private enum Subject {
        case program(ProgramShape)
        case command(CommandShape, program: String)
        case topic(HelpTopic)
    }

    private let subject: Subject
    private let detail: HelpDetail

    /// The page of a whole program.
    package init(_ program: ProgramShape, _ detail: HelpDetail) {
        subject = .program(program)
        self.detail = detail
    }

    /// The page of a command.
    package init(_ command: CommandShape, of program: String, _ detail: HelpDetail) {
        subject = .command(command, program: program)
        self.detail = detail
    }

    /// The page of a topic.
    package init(_ topic: HelpTopic) {
        subject = .topic(topic)
        detail = .long
    }

    /// The text, each line ended by a line break.
    ///
    /// - Parameter width: The number of columns that lines may take; only a word that is longer takes more.
    package func text(width: Int) -> String {
        var layout = TextLayout(width: width)
        switch subject {
        case .program(let program): add(program, to: &layout)
        case .command(let command, let name): add(command, of: name, to: &layout)
        case .topic(let topic):
            layout.add(paragraph: topic.summary)
            layout.add(topic.text())
        }
        return layout.text
    }

    private func add(_ program: ProgramShape, to layout: inout TextLayout) {
        layout.add(paragraph: program.summary)
        layout.add(paragraph: "Usage: \(program.name) <command> [options]", hangingBy: 7)
        let commands = program.shownCommands + [.help]
        layout.add(heading: "Commands", commands.map { HelpBlock.Term($0.name, $0.summary) })
        layout.add(heading: "Options", [OptionShape.help, .version].map(row))
        if detail == .short {
            layout.add(heading: "Help topics", program.topics.map { HelpBlock.Term($0.name, $0.summary) })
        } else {
            for topic in program.topics {
                layout.add(paragraph: "\(topic.summary.withoutStop):")
                layout.add(topic.text(), isIndented: true)
            }
        }
        layout.add(paragraph: "For a command's options, see '\(program.name) <command> --help'.")
    }

    private func add(_ command: CommandShape, of program: String, to layout: inout TextLayout) {
        layout.add(paragraph: command.summary)
        layout.add(paragraph: "Usage: \(command.usage(of: program))", hangingBy: 7)
        if detail == .long { layout.add(command.table.discussion) }
        let operands = command.table.operands.map { operand in
            HelpBlock.Term(
                operand.term,
                text(operand.summary, remarks: remarks(on: operand.value, initial: nil))
            )
        }
        layout.add(heading: "Arguments", operands)
        for group in command.table.groups { layout.add(heading: group.title, group.options.map(row)) }
        layout.add(heading: "Help", [OptionShape.help, .version].map(row))
    }

    private func row(_ option: OptionShape) -> HelpBlock.Term {
        let remarks = remarks(on: option.value, initial: option.initial)
        return HelpBlock.Term(option.term, text(option.summary, remarks: remarks))
    }

    private func remarks(on value: ValueDescription?, initial: String?) -> [String] {
        let choices = value?.choices ?? []
        return (choices.isEmpty ? [] : ["values: \(choices.joined(separator: ", "))"])
            + (initial.map { ["default: \($0)"] } ?? [])
    }

    private func text(_ summary: String, remarks: [String]) -> String {
        let summary = detail == .short ? summary.firstSentence : summary
        return remarks.isEmpty ? summary : "\(summary) (\(remarks.joined(separator: "; ")))"
    }
}

/// How much a help page tells.
package enum HelpDetail: Sendable {
    /// `-h`.
    case short
    /// `--help`.
    case long
}

extension OptionShape {
    /// How a list of options shows it, such as `-o, --output <file>`.
    var term: String {
        let long = if case .toggle = form { "--[no-]\(self.long)" } else { "--\(self.long)" }
        let value = value.map { " \($0.term)\(isRepeatable ? "..." : "")" } ?? ""
        return (short.map { "-\($0), " } ?? "") + long + value
    }
}

extension String {
    /// The text up to its first full stop that a new sentence follows.
    var firstSentence: String {
        var position = startIndex
        while let stop = self[position...].firstRange(of: ". ") {
            let word = self[..<stop.lowerBound].split(separator: " ").last ?? ""
            // An abbreviation such as "e.g." is made of single letters.
            let isAbbreviation = word.contains(".") && word.split(separator: ".").allSatisfy { $0.count == 1 }
            if self[stop.upperBound...].first?.isUppercase == true, !isAbbreviation {
                return String(self[..<stop.lowerBound]) + "."
            }
            position = stop.upperBound
        }
        return self
    }

    /// The text without a full stop at its end.
    var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
