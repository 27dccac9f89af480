import Glibc

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

    /// Ends a command whose output is all that it was called for, and was not written.
    ///
    /// A reader that has seen enough, such as `head`, ends it without a word, as the signal of a broken pipe does where it
    /// is not ignored; nothing else does.
    init(lost error: SystemError) {
        let hasReaderGone = error.number == EPIPE || error.number == ECONNRESET
        self = hasReaderGone ? Self(.readerGone) : Self(.reportNotWritten, "cannot write to \(error)")
    }
}
