/// Takes the words of one command apart, by POSIX's utility syntax with GNU's long options.
///
/// Source: POSIX.1-2024, Base Definitions, section 12.2; GNU C Library manual, section 26.1.1. Names are not
/// abbreviated.
struct LineParser {
    /// What a value belongs to: an option or an operand by its position in the command's table.
    enum Target {
        case option(Int)
        case operand(Int)
    }

    typealias Change = (Target, GivenValue) throws(UnusableValue) -> Void

    private let table: TableShape
    private let options: [OptionShape]
    private let command: String
    private let foreign: ForeignOptions
    private var words: ArraySlice<String>
    private var operands: [String] = []
    private var findings = Findings()

    /// Makes a parser.
    ///
    /// - Parameters:
    ///   - words: The words after the command's name.
    ///   - foreign: The options of other commands, which are only looked at where an option is unknown.
    init(_ words: ArraySlice<String>, of command: String, table: TableShape, foreign: ForeignOptions) {
        self.words = words
        self.command = command
        self.table = table
        self.foreign = foreign
        options = table.options
    }

    /// Reads the words to their end and hands over what they give.
    mutating func parse(change: Change) -> Findings {
        while let word = words.popFirst() {
            if word == "--" {
                operands += words
                words = []
            } else if word.utf8.starts(with: "--".utf8) {
                readLong(word, change)
            } else if word.utf8.first == UInt8(ascii: "-"), word.utf8.count > 1 {
                readCluster(word, change)
            } else {
                operands.append(word)
            }
        }
        // After an unknown option a word may be its value and no operand at all.
        if !findings.hasUnknownOption { readOperands(change) }
        return findings
    }

    // MARK: Options

    private mutating func readLong(_ word: String, _ change: Change) {
        let (name, attached) = Self.split(word)
        if name == "--help" || name == "--version" {
            guard attached == nil else { return findings.add(.takesNoValue(name)) }
            if name == "--help" { findings.help = .long } else { findings.wantsVersion = true }
        } else if let index = options.firstIndex(where: { $0.longNames.contains(name) }) {
            apply(index, written: name, attached: attached, separator: "=", change)
        } else {
            readForeign(name, attached: attached)
        }
    }

    private mutating func readCluster(_ word: String, _ change: Change) {
        let letters = Array(word.dropFirst())
        guard let steps = cluster(letters) else { return readUnknownCluster(word, letters) }
        for (position, step) in steps.enumerated() {
            let written = "-\(letters[position])"
            switch step {
            case .help:
                findings.help = findings.help ?? .short
            case .option(let index):
                let rest = String(letters[(position + 1)...])
                let attached = options[index].value == nil || rest.isEmpty ? nil : rest
                apply(index, written: written, attached: attached, separator: "", change)
            }
        }
    }

    private enum ClusterStep {
        case help
        case option(Int)
    }

    /// What the letters of a cluster are, or `nil` if one is unknown; what follows a letter with a value is its value.
    private func cluster(_ letters: [Character]) -> [ClusterStep]? {
        var steps: [ClusterStep] = []
        for letter in letters {
            if letter == OptionShape.help.short {
                steps.append(.help)
            } else if let index = options.firstIndex(where: { $0.short == letter }) {
                steps.append(.option(index))
                if options[index].value != nil { break }
            } else {
                return nil
            }
        }
        return steps
    }

    /// A word with one dash that is no cluster: a letter that nothing knows, or a long name that lacks a dash.
    private mutating func readUnknownCluster(_ word: String, _ letters: [Character]) {
        let (name, attached) = Self.split(word)
        let suggestion = foreign.nearest(to: "-\(name)", of: options)
        if name.count == 2 {
            if cluster(Array(name.dropFirst())) != nil { return findings.add(.takesNoValue(name)) }
            readForeign(name, attached: attached)
        } else if suggestion != nil {
            findings.hasUnknownOption = true
            findings.add(.unknown(name, suggestion: suggestion))
        } else {
            findings.hasUnknownOption = true
            let letter = letters.first { cluster([$0]) == nil } ?? "-"
            findings.add(.unknown("-\(letter)", in: name, suggestion: nil))
        }
    }

    /// An option that the command does not have; one of another command takes its value along.
    private mutating func readForeign(_ name: String, attached: String?) {
        guard let (shape, owners) = foreign.owners(of: name) else {
            findings.hasUnknownOption = true
            return findings.add(.unknown(name, suggestion: foreign.nearest(to: name, of: options)))
        }
        if shape.value != nil, attached == nil, let next = words.first, !isOption(next) { words.removeFirst() }
        findings.add(.belongsElsewhere(name, owners: owners))
    }

    private mutating func apply(
        _ index: Int,
        written: String,
        attached: String?,
        separator: String,
        _ change: Change
    ) {
        let option = options[index]
        guard let value = option.value else {
            guard attached == nil else { return findings.add(.takesNoValue(written)) }
            return hand(.flag(written != "--no-\(option.long)"))
        }
        guard let text = attached ?? nextValue() else {
            return findings.add(.missingValue(written, value, separator: separator, next: words.first))
        }
        guard !(text.isEmpty && value.refusesEmptyValue) else {
            return findings.add(.unusable(text, of: written, value, UnusableValue()))
        }
        hand(.text(text))

        func hand(_ given: GivenValue) {
            do throws(UnusableValue) {
                try change(.option(index), given)
            } catch {
                if let value = option.value, case .text(let text) = given {
                    findings.add(.unusable(text, of: written, value, error))
                }
            }
        }
    }

    /// The next word, where it can be a value: not if it looks like one of the command's options.
    private mutating func nextValue() -> String? {
        guard let next = words.first, !isOption(next) else { return nil }
        return words.removeFirst()
    }

    private func isOption(_ word: String) -> Bool {
        if word.utf8.starts(with: "--".utf8) { return true }
        return word.utf8.first == UInt8(ascii: "-") && word.utf8.count > 1 && cluster(Array(word.dropFirst())) != nil
    }

    /// A word's part before the first `=`, and the part after it if there is one.
    static func split(_ word: String) -> (name: String, value: String?) {
        guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (word, nil) }
        return (String(word[..<equals]), String(word[word.utf8.index(after: equals)...]))
    }

    // MARK: Operands

    private mutating func readOperands(_ change: Change) {
        var rest = operands[...]
        for (index, operand) in table.operands.enumerated() {
            if rest.isEmpty, operand.isRequired { findings.add(.missingOperand(operand)) }
            let count = operand.isRepeatable ? rest.count : min(1, rest.count)
            for text in rest.prefix(count) {
                do throws(UnusableValue) {
                    guard !(text.isEmpty && operand.value.refusesEmptyValue) else { throw UnusableValue() }
                    try change(.operand(index), .text(text))
                } catch {
                    findings.add(.unusable(text, of: "<\(operand.value.placeholder)>", operand.value, error))
                }
            }
            rest = rest.dropFirst(count)
        }
        if !rest.isEmpty { findings.add(.unexpectedOperands(Array(rest), of: command, table.operands)) }
    }
}

/// What was found on a command line beside values.
struct Findings {
    var help: HelpDetail?
    var wantsVersion = false
    var hasUnknownOption = false
    private(set) var problems: [UsageProblem] = []

    mutating func add(_ problem: UsageProblem) {
        problems.append(problem)
    }
}

/// How much a help page tells.
package enum HelpDetail: Sendable {
    /// `-h`.
    case short
    /// `--help`.
    case long
}

/// A command line of which every word was looked at.
struct ParsedLine<Action> {
    let findings: Findings
    /// What the line amounts to; good only without problems.
    let action: () -> Action
}
