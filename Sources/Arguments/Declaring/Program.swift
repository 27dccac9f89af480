/// A program that consists of commands.
///
/// All that is known of a command line is declared once, in values of this room, and everything else reads them:
/// Parsing takes a line apart and says what is wrong with it, Describing writes help and the manual page, Completing
/// writes scripts for shells. So an option that parses is also described and completed, in the same words. What has an
/// effect is generic over the values of a command; its `Shape` is the same without that, for those that only describe
/// it.
package struct Program<Action>: Sendable {
    package let name: String
    package let summary: String
    /// A command line as an example, for whoever has written none.
    package let example: String
    /// What whoever wrote this instead of a command may have meant, as a clause.
    let advice: @Sendable (String) -> String?
    package let commands: [Command<Action>]
    package let topics: [HelpTopic]

    package init(
        _ name: String,
        _ summary: String,
        example: String,
        advice: @escaping @Sendable (String) -> String? = { _ in nil },
        commands: [Command<Action>],
        topics: [HelpTopic]
    ) {
        self.name = name
        self.summary = summary
        self.example = example
        self.advice = advice
        self.commands = commands
        self.topics = topics
    }

    /// The program with all its commands, for help, completions and the manual page.
    package var shape: ProgramShape {
        ProgramShape(
            name: name,
            summary: summary,
            commands: commands.map { $0.shape($0.table()) },
            topics: topics
        )
    }
}

/// Something that `help NAME` explains and that belongs to no single command.
package struct HelpTopic: Sendable {
    package let name: String
    package let summary: String
    /// Paragraphs, and rows of terms.
    package let text: @Sendable () -> [HelpBlock]

    package init(_ name: String, _ summary: String, text: @escaping @Sendable () -> [HelpBlock]) {
        self.name = name
        self.summary = summary
        self.text = text
    }
}

/// A piece of a help text.
package enum HelpBlock: Sendable {
    case paragraph(String)
    /// A list of terms with their meanings.
    case terms([Term])

    package struct Term: Sendable {
        package let name: String
        package let meaning: String

        package init(_ name: String, _ meaning: String) {
            self.name = name
            self.meaning = meaning
        }
    }
}

/// A program without what its commands do.
package struct ProgramShape: Sendable {
    package let name: String
    package let summary: String
    package let commands: [CommandShape]
    package let topics: [HelpTopic]

    /// The program's own commands that help and completions show.
    package var shownCommands: [CommandShape] { commands.filter { !$0.isHidden } }
}
