/// One command of a program.
///
/// `Action` is what a command line amounts to, which is the program's own.
package struct Command<Action>: Sendable {
    package let name: String
    package let summary: String
    /// Whether help and completions leave it out.
    package let isHidden: Bool
    /// A spelling with dashes in front that stands for the command's name.
    package let alias: String?
    /// Its options and operands, which are made only when they are needed.
    let table: @Sendable () -> CommandTable<Action>

    package init(
        _ name: String,
        _ summary: String,
        isHidden: Bool = false,
        alias: String? = nil,
        table: @escaping @Sendable () -> CommandTable<Action>
    ) {
        self.name = name
        self.summary = summary
        self.isHidden = isHidden
        self.alias = alias
        self.table = table
    }

    /// The command as help, completions and the manual page show it.
    ///
    /// - Parameter table: Its table, which is not made again.
    func shape(_ table: CommandTable<Action>) -> CommandShape {
        CommandShape(name: name, summary: summary, isHidden: isHidden, table: table.shape)
    }
}

/// What a value belongs to: an option or an operand by its position in the command's table.
enum ValueTarget {
    case option(Int)
    case operand(Int)
}

/// Puts a value where it belongs.
typealias ValueChange = (ValueTarget, GivenValue) throws(UnusableValue) -> Void

/// What a command takes.
package struct CommandTable<Action>: Sendable {
    /// All but what it does.
    package let shape: TableShape

    /// Has a command line parsed, and makes of its values what the command does.
    ///
    /// The parser that it is given reads the line and hands over each value; only the table knows of which type the
    /// values are.
    let read: @Sendable (_ parse: (ValueChange) -> Void) -> () -> Action

    /// Makes a table.
    ///
    /// - Parameters:
    ///   - values: What the options and operands start from.
    ///   - discussion: What help says beyond the summary.
    ///   - action: Turns the values into what the program does.
    package init<Values: Sendable>(
        _ values: Values,
        discussion: [HelpBlock] = [],
        operands: [Operand<Values>] = [],
        options groups: [OptionGroup<Values>] = [],
        action: @escaping @Sendable (Values) -> Action
    ) {
        shape = TableShape(
            discussion: discussion,
            operands: operands.map(\.shape),
            groups: groups.map { TableShape.Group(title: $0.title, options: $0.options.map(\.shape)) }
        )
        let options = groups.flatMap(\.options)
        read = { parse in
            var values = values
            parse { target, given throws(UnusableValue) in
                switch target {
                case .option(let index): try options[index].change(&values, given)
                case .operand(let index): if case .text(let text) = given { try operands[index].change(&values, text) }
                }
            }
            return { action(values) }
        }
    }
}

/// What a command takes, without what it does.
package struct TableShape: Sendable {
    /// Options under one heading.
    package struct Group: Sendable {
        package let title: String
        package let options: [OptionShape]
    }

    package let discussion: [HelpBlock]
    package let operands: [OperandShape]
    package let groups: [Group]

    /// What takes nothing.
    static let empty = TableShape(discussion: [], operands: [], groups: [])

    /// The options in the order of their declaration.
    package var options: [OptionShape] { groups.flatMap(\.options) }
}

/// A command without what it does.
package struct CommandShape: Sendable {
    package let name: String
    package let summary: String
    package let isHidden: Bool
    package let table: TableShape

    /// Its options and the two that every command has.
    package var allOptions: [OptionShape] { table.options + [.help, .version] }

    /// The command that every program has.
    static let help = CommandShape(
        name: "help",
        summary: "Show help on a command or a topic.",
        isHidden: false,
        table: TableShape(
            discussion: [],
            operands: [
                OperandShape(
                    value: ValueKind<String>.text("command").description,
                    count: .atMostOne,
                    summary: "A command or a topic."
                )
            ],
            groups: []
        )
    )

    /// How it is called.
    func usage(of program: String) -> String {
        (["\(program) \(name)"] + (table.options.isEmpty ? [] : ["[options]"]) + table.operands.map(\.usage))
            .joined(separator: " ")
    }
}
