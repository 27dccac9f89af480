import Glibc

/// Standard output or standard error, and what may be written there.
struct Terminal: Sendable {
    /// One of the two.
    enum Stream: Int32 {
        case standardOutput = 1
        case standardError = 2
    }

    private let stream: Stream
    /// Whether colours may be used: on a terminal that has them, unless `NO_COLOR` is set.
    let usesColor: Bool

    init(_ stream: Stream) {
        self.stream = stream
        let isPlain = Self.variable("TERM") == "dumb" || Self.variable("NO_COLOR") != nil
        usesColor = isatty(stream.rawValue) == 1 && !isPlain
    }

    /// Whether characters beyond ASCII may be used, as the locale says.
    static var usesUnicode: Bool {
        let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
        return locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
    }

    /// Writes text as it is.
    ///
    /// A reader that has gone away is no reason to give up: the reports are still to be written.
    func write(_ text: String) {
        try? Descriptor.write(text.utf8, to: stream.rawValue, path: "standard output")
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
