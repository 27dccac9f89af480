import Glibc

/// A system call that failed on a file.
struct SystemError: Error, CustomStringConvertible {
    /// The file's path.
    let path: String
    /// The number the system gave.
    let number: Int32

    /// Creates the error of the call that has just failed in this thread.
    init(path: String, number: Int32 = errno) {
        self.path = path
        self.number = number
    }

    /// The system's own words, such as `Permission denied`.
    var reason: String { String(cString: strerror(number)) }

    /// The path and the reason.
    var description: String { "\(path): \(reason)" }
}
