/// Ends a command with a status; whoever throws it has said why, or gives the sentence to say.
struct CommandFailure: Error {
    /// The process's status.
    let status: ExitStatus
    /// What is still to be said on standard error.
    let message: Message?

    init(_ status: ExitStatus, _ message: Message? = nil) {
        self.status = status
        self.message = message
    }
}
