internal import Text

/// Something wrong with a command line, as a person is told it.
///
/// Each message names what was written and what to write instead, where that can be known: the nearest name, the
/// command that has the option, the values that there are. What was written may be anything, a secret in the wrong
/// place too: it is shortened, and not shown where the option says so.
package struct UsageProblem: Error, Hashable, Sendable {
    /// One line without a full stop, such as `--limit takes a whole number from 1 to 9, not "x"`; nothing in it steers
    /// a terminal.
    package let message: String

    package init(_ message: String) {
        self.message = VisibleText.line(message)
    }

    /// - Parameter word: The whole word, where the name is only a letter of it.
    static func unknown(_ name: String, in word: String?, suggestion: String?) -> Self {
        let place = word.map { " in \(shortened($0))" } ?? ""
        return Self("unknown option \(shortened(name))\(place)\(suggestion.map { "; did you mean \($0)?" } ?? "")")
    }

    /// - Parameter isBeforeCommand: Whether the option stands where options of commands never do.
    static func belongsElsewhere(_ name: String, owners: [String], isBeforeCommand: Bool) -> Self {
        let place = isBeforeCommand ? ", after the command's name" : ""
        return Self("\(name) belongs to \(owners.joined(asListWith: "and"))\(place)")
    }

    static func takesNoValue(_ name: String) -> Self {
        Self("\(name) takes no value")
    }

    /// - Parameters:
    ///   - separator: What stands between the option's name and a value that is attached to it.
    ///   - next: The word that was not taken as the value, because it looks like an option.
    static func missingValue(_ name: String, _ value: ValueDescription, separator: String, next: String?) -> Self {
        var message = "\(name) needs a value: \(value.phrase == "a value" ? value.term : value.phrase)"
        if let next, next != "--" {
            let word = Shell.bash.word(shortened(next))
            message += "; to pass a value that begins with a dash, write \(name)\(separator)\(word)"
        }
        return Self(message)
    }

    /// - Parameters:
    ///   - name: The option as it was written, or the operand's place.
    ///   - value: What it takes.
    static func unusable(_ text: String, of name: String, _ value: ValueDescription?, _ fault: UnusableValue) -> Self {
        var message = name
        if let value {
            message += " takes \(value.phrase)"
            if value.isShown { message += text.isEmpty ? ", not an empty value" : ", not \(quoted(text))" }
        }
        if let reason = fault.reason { message += ": \(reason)" }
        if let near = closestMatch(to: text, among: value?.choices ?? []) { message += "; did you mean \(near)?" }
        return Self(message)
    }

    static func missingOperand(_ operand: OperandShape) -> Self {
        let choices = operand.value.choices
        let help = choices.isEmpty ? operand.summary.decapitalized : choices.joined(asListWith: "or")
        return Self("missing argument \(operand.value.term): \(help)")
    }

    static func unexpectedOperands(_ words: [String], of command: String, _ operands: [OperandShape]) -> Self {
        let shown = words.prefix(5).map(quoted) + (words.count > 5 ? ["\(words.count - 5) more"] : [])
        let taken = operands.isEmpty ? "no arguments" : "only \(operands.map(\.usage).joined(separator: " "))"
        let noun = words.count == 1 ? "argument" : "arguments"
        return Self("unexpected \(noun) \(shown.joined(asListWith: "and")); \(command) takes \(taken)")
    }

    /// - Parameter advice: What to write instead, as a clause.
    static func unknownCommand(_ word: String, advice: String?) -> Self {
        Self("unknown command \(quoted(word))\(advice.map { "; \($0)" } ?? "")")
    }

    static func unknownSubject(_ word: String, suggestion: String?) -> Self {
        Self("no command or topic is called \(quoted(word))\(suggestion.map { "; did you mean \($0)?" } ?? "")")
    }

    private static func quoted(_ text: String) -> String { "\"\(shortened(text))\"" }

    /// A word that is not too long to be shown.
    package static func shortened(_ text: String) -> String {
        let scalars = text.unicodeScalars
        return scalars.count > 80 ? String(String.UnicodeScalarView(scalars.prefix(77))) + "..." : text
    }
}

extension String {
    /// The text as it goes on after a colon: with a small first letter if only that is a capital, and no full stop.
    fileprivate var decapitalized: String {
        guard let first else { return self }
        guard let second = dropFirst().first, second.isLowercase || second == " " else { return withoutStop }
        return first.lowercased() + withoutStop.dropFirst()
    }
}
