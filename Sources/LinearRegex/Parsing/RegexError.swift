/// Why a regular expression was refused.
public struct RegexError: Error, Hashable, CustomStringConvertible {
    /// A sentence that says what is wrong and, where there is one, what to write instead.
    public let message: String

    /// Where in the source the problem starts, counted in Unicode scalars from 0.
    public let offset: Int

    /// The message with the 1-based place of the problem in front.
    public var description: String { "character \(offset + 1): \(message)" }

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}
