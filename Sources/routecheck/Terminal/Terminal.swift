import Glibc
import Redaction
import Text

/// Standard output or standard error, and what may be written there.
///
/// What is from outside stands in it escaped: in a ``Message`` always, in what is rendered by whoever rendered it. What
/// would be a command to a CI system nonetheless, or steer the terminal, is escaped here (``LogText``).
struct Terminal: Sendable {
    /// One of the two.
    enum Stream: Int32 {
        case standardOutput = 1
        case standardError = 2

        /// What it is called in an error.
        var name: String {
            switch self {
            case .standardOutput: "standard output"
            case .standardError: "standard error"
            }
        }
    }

    private let stream: Stream
    /// Whether it is a terminal and not a file or a pipe.
    let isTerminal: Bool
    /// Whether what stands on a line can be taken away again: on a terminal that is not a plain printer.
    let movesCursor: Bool
    /// Whether colours may be used: on a terminal that has them unless `NO_COLOR` is set, and wherever
    /// `CLICOLOR_FORCE` is set.
    let usesColor: Bool

    init(_ stream: Stream) {
        self.stream = stream
        isTerminal = isatty(stream.rawValue) == 1
        let isForced = Self.variable("CLICOLOR_FORCE").map { $0 != "0" } ?? false
        movesCursor = isTerminal && Self.variable("TERM") != "dumb"
        usesColor = Self.variable("NO_COLOR") == nil && (movesCursor || isForced)
    }

    /// Whether characters beyond ASCII may be used, as the locale says.
    static var usesUnicode: Bool {
        let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
        return locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
    }

    /// The terminal's width in columns; 80 where it does not tell.
    var width: Int {
        var size = winsize()
        guard ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// The number of columns to lay text out for: `COLUMNS` if it is set to a number, or else the width.
    var columns: Int {
        guard let columns = Self.variable("COLUMNS").flatMap(Int.init), columns > 0 else { return width }
        return columns
    }

    /// Writes a sentence.
    func write(_ message: Message) { write(rendered: message.text) }

    /// Says that a secret is too short to be hidden, if one is.
    func warn(ofSecretsTooShortFor redactor: Redactor) {
        if let warning = redactor.warningOfShortSecrets { write(warning) }
    }

    /// Writes what has been rendered.
    ///
    /// - Parameter text: What a renderer has made of redacted values, or what holds no value of a job or a run.
    /// - Returns: What kept it from being written; whoever writes what nobody was promised passes over it.
    @discardableResult func write(rendered text: String) -> SystemError? {
        do throws(SystemError) {
            try Descriptor.write(LogText.safe(text).utf8, to: stream.rawValue, path: stream.name)
            return nil
        } catch {
            return error
        }
    }

    /// Writes what the command was called for, so that half of it must not pass for the whole.
    ///
    /// - Throws: `CommandFailure` as ``CommandFailure/init(lost:)`` has it.
    func writeResult(_ message: Message) throws(CommandFailure) { try writeResult(rendered: message.text) }

    /// Writes what the command was called for, so that half of it must not pass for the whole.
    ///
    /// - Parameter text: What a renderer has made of redacted values, or what holds no value of a job or a run.
    /// - Throws: `CommandFailure` as ``CommandFailure/init(lost:)`` has it.
    func writeResult(rendered text: String) throws(CommandFailure) {
        do throws(SystemError) {
            try Descriptor.write(LogText.safe(text).utf8, to: stream.rawValue, path: stream.name)
            try Descriptor.flush(stream.rawValue, path: stream.name)
        } catch {
            throw CommandFailure(lost: error)
        }
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}

extension Redactor {
    /// The line that says that a secret is too short to be hidden, if one is.
    var warningOfShortSecrets: Message? {
        guard ignoredSecretCount > 0 else { return nil }
        return "warning: a secret of fewer than \(Self.minimumLength) characters cannot be hidden in the output\n"
    }
}
