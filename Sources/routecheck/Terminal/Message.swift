import Redaction
import Text

/// A sentence in the program's own words, or several.
///
/// A value of a job, of a run or of a server stands in it as a ``RedactedText`` alone, so that the compiler refuses one
/// with secrets. Whatever is not the program's own is on one line, and neither steers a terminal nor is a command to a
/// CI system.
struct Message: ExpressibleByStringInterpolation, Sendable {
    /// The sentence.
    let text: String

    init(stringLiteral text: StaticString) {
        self.text = text.description
    }

    init(stringInterpolation interpolation: Interpolation) {
        text = interpolation.text
    }

    /// Joins messages.
    init(_ messages: [Message], joinedBy separator: StaticString) {
        text = messages.map(\.text).joined(separator: separator.description)
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity)
        }

        mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

        mutating func appendInterpolation(_ text: RedactedText) { self.text += VisibleText.line(text.value) }
        mutating func appendInterpolation(_ message: Message) { text += message.text }
        mutating func appendInterpolation(_ number: Int) { text += String(number) }
        mutating func appendInterpolation(_ error: SystemError) { text += VisibleText.line(error.description) }

        /// Appends what stands on the command line, or comes from this machine or from a file that is no job file.
        mutating func appendInterpolation(own text: String) { self.text += VisibleText.line(text) }
    }
}
