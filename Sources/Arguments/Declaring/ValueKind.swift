internal import Text

/// What an option or an operand takes: how its value is read, described and completed.
package struct ValueKind<Value>: Sendable {
    /// How the value is described, the same for values of all types.
    package let description: ValueDescription

    /// Reads a value as it was written, which is never empty where the description refuses that.
    let read: @Sendable (String) throws(UnusableValue) -> Value

    /// Makes a kind.
    ///
    /// - Parameters:
    ///   - placeholder: What help shows in place of the value, without brackets.
    ///   - phrase: What the option takes, so that "--limit takes" and this make a sentence.
    ///   - choices: The values that it takes, if these are few and known.
    ///   - completion: How a shell completes it; choices are completed in any case.
    ///   - refusesEmptyValue: Whether an empty value is a mistake.
    ///   - isShown: Whether an error may show the value.
    ///   - read: Reads the value.
    package init(
        _ placeholder: String,
        takes phrase: String,
        choices: [String] = [],
        completion: Completion = .nothing,
        refusesEmptyValue: Bool = false,
        isShown: Bool = true,
        read: @escaping @Sendable (String) throws(UnusableValue) -> Value
    ) {
        description = ValueDescription(
            placeholder: placeholder,
            phrase: phrase,
            choices: choices,
            completion: choices.isEmpty ? completion : .choices(choices),
            refusesEmptyValue: refusesEmptyValue,
            isShown: isShown
        )
        self.read = read
    }
}

/// How a value is described in help, errors and completions.
package struct ValueDescription: Sendable {
    package let placeholder: String
    package let phrase: String
    package let choices: [String]
    package let completion: Completion
    package let refusesEmptyValue: Bool
    package let isShown: Bool

    /// How the value is shown in place of itself, such as `<file>`.
    var term: String { "<\(placeholder)>" }
}

/// Says that a value cannot be used.
package struct UnusableValue: Error {
    /// Why not, where that is more than what the option takes: a clause without a full stop.
    package let reason: String?

    package init(_ reason: String? = nil) {
        self.reason = reason
    }
}

/// How a shell completes a value.
package enum Completion: Sendable, Equatable {
    case nothing
    case file
    case folder
    case choices([String])
    /// One of these words, an equals sign, and a file.
    case keyedFile([String])
    /// The lines that the program prints when it is called with these words and then the words of the line so far.
    case answer([String])
}

extension ValueKind where Value == String {
    /// Any text.
    package static func text(_ placeholder: String, completion: Completion = .nothing) -> Self {
        ValueKind(placeholder, takes: "a value", completion: completion) { text throws(UnusableValue) in text }
    }

    /// The path of a file.
    package static func file(_ placeholder: String = "file") -> Self {
        ValueKind(placeholder, takes: "a file", completion: .file, refusesEmptyValue: true) {
            text throws(UnusableValue) in text
        }
    }
}

extension ValueKind where Value: FixedWidthInteger & Sendable {
    /// A whole number within bounds.
    package static func number(_ range: ClosedRange<Value>, _ placeholder: String = "n") -> Self {
        let isUnbounded = range.upperBound == .max
        let phrase =
            isUnbounded
            ? "a whole number, \(range.lowerBound) or more"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return ValueKind(placeholder, takes: phrase) { text throws(UnusableValue) in
            if isUnbounded, Value(text) == nil, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                throw UnusableValue("the largest is \(Value.max)")
            }
            guard let number = Value(text), range.contains(number) else { throw UnusableValue() }
            return number
        }
    }
}

extension ValueKind where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the cases of an enumeration.
    package static func choice(_ placeholder: String) -> Self {
        let names = Value.allCases.map(\.rawValue)
        return ValueKind(placeholder, takes: names.joined(asListWith: "or"), choices: names) {
            text throws(UnusableValue) in
            guard let value = Value(rawValue: text) else { throw UnusableValue() }
            return value
        }
    }
}
