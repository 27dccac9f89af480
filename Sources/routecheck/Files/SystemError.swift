import Glibc

/// A system call that failed on a file.
struct SystemError: Error, CustomStringConvertible {
    /// The file's path.
    let path: String
    /// The number the system gave.
    let number: Int32
    /// What says more than the system's words, if something does.
    private let explanation: String?

    /// Creates the error of the call that has just failed in this thread.
    ///
    /// - Parameter explanation: What to say instead of the system's words, as a clause.
    init(path: String, number: Int32 = errno, explanation: String? = nil) {
        self.path = path
        self.number = number
        self.explanation = explanation
    }

    /// The system's own words, such as `Permission denied`, or what says more.
    var reason: String { explanation ?? String(cString: strerror(number)) }

    /// The path and the reason.
    var description: String { "\(path): \(reason)" }

    /// Whether nobody is there to read what was written: the other end of a pipe or of a connection is closed, or there
    /// was no output to begin with.
    var isReaderGone: Bool { [EPIPE, ECONNRESET, EBADF].contains(number) }
}
