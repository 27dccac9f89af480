import Arguments

/// A command line that was understood: the values of its options, and what to do with them.
protocol ExecutableCommand: Sendable {
    /// Refuses values that are good alone and not together.
    func check() throws(UsageProblem)

    /// Does what the command is for.
    func run() async throws
}

/// A command that reads job files.
protocol JobReadingCommand: ExecutableCommand {
    var jobs: JobOptions { get }
}

extension ExecutableCommand {
    func check() throws(UsageProblem) {}

    /// Declares a command whose table makes values of this type.
    static func command(
        _ name: String,
        _ summary: String,
        isHidden: Bool = false,
        alias: String? = nil,
        table: @escaping @Sendable () -> CommandTable<any ExecutableCommand>
    ) -> Command<any ExecutableCommand> {
        Command(name, summary, isHidden: isHidden, alias: alias, table: table)
    }
}
