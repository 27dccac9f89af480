internal import Text

/// Takes the words of a command line apart, by POSIX's utility syntax with GNU's long options.
///
/// Source: POSIX.1-2024, Base Definitions, section 12.2; GNU C Library manual, section 26.1.1. Names are not
/// abbreviated: a job that writes `--max` today would mean something else once there is a second name that begins so.
///
/// Every word is looked at, whatever was wrong with those before it, so that all problems are told at once. A word that
/// stands where nothing can be said of it for sure, such as one after an unknown option, is not called a problem.
struct LineParser {
    private let table: TableShape
    private let options: [OptionShape]
    private let command: String
    private var foreign: ForeignOptions
    private var words: ArraySlice<String>
    private var operands: [String] = []
    private var findings = Findings()

    /// Makes a parser.
    ///
    /// - Parameters:
    ///   - words: The words after the command's name, or all of them where there is no command yet.
    ///   - foreign: The options of other commands, which are only looked at where an option is unknown.
    init(_ words: ArraySlice<String>, of command: String = "", table: TableShape = .empty, foreign: ForeignOptions) {
        self.words = words
        self.command = command
        self.table = table
        self.foreign = foreign
        options = table.options
    }

    /// Reads the words to their end and hands over what they give.
    mutating func parse(change: ValueChange) -> Findings {
        while let word = words.popFirst() {
            if word == "--" {
                operands += words
                words = []
            } else if Self.looksLikeOption(word) {
                read(option: word, change)
            } else {
                operands.append(word)
            }
        }
        // After an unknown option a word may be its value and no operand at all.
        if !findings.hasUnknownOption { readOperands(change) }
        return findings
    }

    /// Reads the options before the first operand; what is left begins with that.
    mutating func parseLeadingOptions() -> (Findings, rest: ArraySlice<String>) {
        while let word = words.first, Self.looksLikeOption(word) {
            words.removeFirst()
            if word == "--" { break }
            read(option: word) { _, _ in }
        }
        return (findings, words)
    }

    private static func looksLikeOption(_ word: String) -> Bool {
        word.utf8.first == UInt8(ascii: "-") && word.utf8.count > 1
    }

    // MARK: Options

    private mutating func read(option word: String, _ change: ValueChange) {
        if word.utf8.starts(with: "--".utf8) { readLong(word, change) } else { readCluster(word, change) }
    }

    private mutating func readLong(_ word: String, _ change: ValueChange) {
        let (name, attached) = Self.split(word)
        if name == "--help" || name == "--version" {
            guard attached == nil else { return findings.add(.takesNoValue(name)) }
            if name == "--help" { findings.help = .long } else { findings.wantsVersion = true }
        } else if let index = options.firstIndex(where: { $0.longNames.contains(name) }) {
            apply(index, written: name, attached: attached, separator: "=", change)
        } else if let (shape, owners) = foreign.owners(of: name) {
            skipValue(of: shape, attached: attached)
            findings.add(.belongsElsewhere(name, owners: owners, isBeforeCommand: command.isEmpty))
        } else {
            findings.addUnknown(name, suggestion: foreign.nearest(to: name, of: options))
        }
    }

    /// What a letter of a cluster is.
    private enum Letter {
        case help
        case own(Int)
        case foreign(OptionShape, owners: [String])
    }

    /// The letters of a word with one dash as far as they are known; what follows one with a value is its value.
    private mutating func letters(of word: String) -> (known: [Letter], unknown: Unicode.Scalar?) {
        var known: [Letter] = []
        for scalar in word.unicodeScalars.dropFirst() {
            if OptionShape.help.short == scalar {
                known.append(.help)
            } else if let index = options.firstIndex(where: { $0.short == scalar }) {
                known.append(.own(index))
                if options[index].value != nil { break }
            } else if let (shape, owners) = foreign.owners(of: "-\(scalar)") {
                known.append(.foreign(shape, owners: owners))
                if shape.value != nil { break }
            } else {
                return (known, scalar)
            }
        }
        return (known, nil)
    }

    private mutating func readCluster(_ word: String, _ change: ValueChange) {
        let (known, unknown) = letters(of: word)
        guard unknown == nil else { return readUnknownCluster(word, after: known.last) }
        let scalars = Array(word.unicodeScalars.dropFirst())
        for (position, letter) in known.enumerated() {
            let written = "-\(scalars[position])"
            let rest = String(String.UnicodeScalarView(scalars[(position + 1)...]))
            switch letter {
            case .help:
                findings.help = findings.help ?? .short
            case .own(let index):
                let attached = options[index].value == nil || rest.isEmpty ? nil : rest
                apply(index, written: written, attached: attached, separator: "", change)
            case .foreign(let shape, let owners):
                skipValue(of: shape, attached: rest.isEmpty ? nil : rest)
                findings.add(.belongsElsewhere(written, owners: owners, isBeforeCommand: command.isEmpty))
            }
        }
    }

    /// A word with one dash and a letter that nothing knows: often a long name that lacks a dash.
    ///
    /// Nothing of the word counts, not even a wish for help: `-shard` holds an `h`.
    private mutating func readUnknownCluster(_ word: String, after last: Letter?) {
        let name = Self.split(word).name
        let unknown = letters(of: word).unknown.map { "-\($0)" } ?? name
        let short: Unicode.Scalar? =
            switch last {
            case .help: OptionShape.help.short
            case .own(let index): options[index].short
            case .foreign, nil: nil
            }
        if unknown == "-=", let short {
            findings.add(.takesNoValue("-\(short)"))
        } else if name.unicodeScalars.count > 2, let near = foreign.nearest(to: "-\(name)", of: options) {
            findings.addUnknown(name, suggestion: near)
        } else {
            let near = foreign.nearest(to: unknown, of: options)
            findings.addUnknown(unknown, in: name.unicodeScalars.count > 2 ? name : nil, suggestion: near)
        }
    }

    /// Takes the value of another command's option along.
    private mutating func skipValue(of shape: OptionShape, attached: String?) {
        if shape.value != nil, attached == nil { _ = nextValue() }
    }

    private mutating func apply(
        _ index: Int,
        written: String,
        attached: String?,
        separator: String,
        _ change: ValueChange
    ) {
        let option = options[index]
        if let value = option.value {
            if let text = attached ?? nextValue() {
                take(text, written, value) { () throws(UnusableValue) in try change(.option(index), .text(text)) }
            } else {
                findings.add(.missingValue(written, value, separator: separator, next: words.first))
            }
        } else if attached != nil {
            findings.add(.takesNoValue(written))
        } else {
            take("", written, nil) { () throws(UnusableValue) in
                try change(.option(index), .flag(written != "--no-\(option.long)"))
            }
        }
    }

    /// Does something with a value, and notes why it cannot be used.
    private mutating func take(
        _ text: String,
        _ name: String,
        _ value: ValueDescription?,
        _ use: () throws(UnusableValue) -> Void
    ) {
        do throws(UnusableValue) {
            if text.isEmpty, value?.refusesEmptyValue == true { throw UnusableValue() }
            try use()
        } catch {
            findings.add(.unusable(text, of: name, value, error))
        }
    }

    /// The next word, where it can be a value: not if it looks like one of the command's options.
    private mutating func nextValue() -> String? {
        guard let next = words.first, !isOption(next) else { return nil }
        return words.removeFirst()
    }

    private func isOption(_ word: String) -> Bool {
        guard Self.looksLikeOption(word) else { return false }
        if word.utf8.starts(with: "--".utf8) { return true }
        for scalar in word.unicodeScalars.dropFirst() {
            guard let option = ([.help] + options).first(where: { $0.short == scalar }) else { return false }
            if option.value != nil { break }
        }
        return true
    }

    /// A word's part before the first `=`, and the part after it if there is one.
    static func split(_ word: String) -> (name: String, value: String?) {
        guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (word, nil) }
        return (String(word[..<equals]), String(word[word.utf8.index(after: equals)...]))
    }

    // MARK: Operands

    private mutating func readOperands(_ change: ValueChange) {
        var rest = operands[...]
        for (index, operand) in table.operands.enumerated() {
            if rest.isEmpty, operand.isRequired { findings.add(.missingOperand(operand)) }
            let count = operand.isRepeatable ? rest.count : min(1, rest.count)
            for text in rest.prefix(count) {
                take(text, operand.value.term, operand.value) { () throws(UnusableValue) in
                    try change(.operand(index), .text(text))
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
    private(set) var hasUnknownOption = false
    private(set) var problems: [UsageProblem] = []

    mutating func add(_ problem: UsageProblem) {
        problems.append(problem)
    }

    /// Notes an option that nothing knows; it may have had the next word as its value.
    mutating func addUnknown(_ name: String, in word: String? = nil, suggestion: String?) {
        hasUnknownOption = true
        add(.unknown(name, in: word, suggestion: suggestion))
    }

    /// What was found before the command's name and after it.
    func followed(by other: Findings) -> Findings {
        var both = self
        both.help = [help, other.help].contains(.long) ? .long : help ?? other.help
        both.wantsVersion = wantsVersion || other.wantsVersion
        both.problems += other.problems
        return both
    }
}

/// The options of a program's other commands, made when the first is asked for and kept.
struct ForeignOptions {
    /// How many names that begin alike are worth listing.
    private static let mostBeginnings = 8

    private let make: () -> [CommandShape]
    private lazy var commands = make()

    /// - Parameter commands: Makes the program's shown commands, in their order.
    init(_ commands: @escaping () -> [CommandShape]) {
        make = commands
    }

    /// The option with a name that other commands have, and their names.
    ///
    /// - Parameter name: As it was written, with its dashes.
    mutating func owners(of name: String) -> (shape: OptionShape, owners: [String])? {
        let found = commands.compactMap { command in
            command.table.options.first { $0.names.contains(name) }.map { (shape: $0, owner: command.name) }
        }
        return found.first.map { ($0.shape, found.map(\.owner)) }
    }

    /// What to write instead of a name that nothing knows: a name of the command's own, or else another command's.
    mutating func nearest(to name: String, of options: [OptionShape]) -> String? {
        let own = options + [.help, .version]
        if name.unicodeScalars.count <= 2 {
            // One letter is near any other; only its case can have been meant otherwise.
            return own.flatMap(\.names).first { $0 != name && $0.lowercased() == name.lowercased() }
        }
        let beginnings = own.flatMap(\.longNames).filter { name.utf8.count > 4 && $0.utf8.starts(with: name.utf8) }
        if (1...Self.mostBeginnings).contains(beginnings.count) { return beginnings.joined(asListWith: "or") }
        if let near = closestMatch(to: name, among: own.flatMap(\.longNames)) { return near }
        let others = commands.flatMap { $0.table.options.flatMap(\.longNames) }
        guard let near = closestMatch(to: name, among: others), let (_, owners) = self.owners(of: near) else {
            return nil
        }
        return "\(near), which belongs to \(owners.joined(asListWith: "and"))"
    }
}
