/// One option of a command, declared once: parsing, help, completions and the manual page read it.
package struct Option<Values>: Sendable {
    /// All but what it does.
    package let shape: OptionShape

    /// How the option changes the values of its command.
    let change: @Sendable (inout Values, GivenValue) throws(UnusableValue) -> Void

    /// An option without a value.
    package static func flag(
        _ name: String,
        short: Unicode.Scalar? = nil,
        _ summary: String,
        change: @escaping @Sendable (inout Values) -> Void
    ) -> Self {
        Option(shape: OptionShape(long: name, short: short, form: .flag, summary: summary)) {
            values,
            _ throws(UnusableValue) in change(&values)
        }
    }

    /// An option without a value that `--no-` before its name turns off; what is not given stays undecided.
    package static func toggle(
        _ name: String,
        _ summary: String,
        change: @escaping @Sendable (inout Values, Bool) -> Void
    ) -> Self {
        Option(shape: OptionShape(long: name, form: .toggle, summary: summary)) { values, given throws(UnusableValue) in
            if case .flag(let isOn) = given { change(&values, isOn) }
        }
    }

    /// An option with one value; where it is repeated, the last one wins.
    ///
    /// - Parameter initial: The default, as help shows it.
    package static func value<Value>(
        _ name: String,
        short: Unicode.Scalar? = nil,
        _ kind: ValueKind<Value>,
        default initial: String? = nil,
        _ summary: String,
        change: @escaping @Sendable (inout Values, Value) -> Void
    ) -> Self {
        let form = OptionShape.Form.value(kind.description, isRepeatable: false)
        let shape = OptionShape(long: name, short: short, form: form, summary: summary, initial: initial)
        return Option(shape: shape, reading: kind, change: change)
    }

    /// An option with a value that may be given any number of times.
    package static func values<Value>(
        _ name: String,
        short: Unicode.Scalar? = nil,
        _ kind: ValueKind<Value>,
        _ summary: String,
        change: @escaping @Sendable (inout Values, Value) -> Void
    ) -> Self {
        let form = OptionShape.Form.value(kind.description, isRepeatable: true)
        return Option(
            shape: OptionShape(long: name, short: short, form: form, summary: summary),
            reading: kind,
            change: change
        )
    }

    private init<Value>(
        shape: OptionShape,
        reading kind: ValueKind<Value>,
        change: @escaping @Sendable (inout Values, Value) -> Void
    ) {
        self.init(shape: shape) { values, given throws(UnusableValue) in
            if case .text(let text) = given { change(&values, try kind.read(text)) }
        }
    }

    init(
        shape: OptionShape,
        change: @escaping @Sendable (inout Values, GivenValue) throws(UnusableValue) -> Void
    ) {
        self.shape = shape
        self.change = change
    }

    /// The same option for values that hold this option's.
    func lifted<Whole>(to path: any WritableKeyPath<Whole, Values> & Sendable) -> Option<Whole> {
        Option<Whole>(shape: shape) { [change] whole, given throws(UnusableValue) in
            try change(&whole[keyPath: path], given)
        }
    }
}

/// What came with an option on the command line.
enum GivenValue: Equatable {
    /// Nothing; `false` where the option was turned off.
    case flag(Bool)
    case text(String)
}

/// How an option is written and described.
package struct OptionShape: Sendable {
    package enum Form: Sendable {
        case flag
        case toggle
        case value(ValueDescription, isRepeatable: Bool)
    }

    /// The long name without its dashes.
    package let long: String
    package let short: Unicode.Scalar?
    package let form: Form
    package let summary: String
    /// The default, as help shows it.
    package let initial: String?

    init(long: String, short: Unicode.Scalar? = nil, form: Form, summary: String, initial: String? = nil) {
        self.long = long
        self.short = short
        self.form = form
        self.summary = summary
        self.initial = initial
    }

    /// What the option takes, if it takes anything.
    package var value: ValueDescription? {
        if case .value(let description, _) = form { description } else { nil }
    }

    package var isRepeatable: Bool {
        if case .value(_, isRepeatable: true) = form { true } else { false }
    }

    /// Every long way to write it, with dashes.
    package var longNames: [String] {
        if case .toggle = form { ["--\(long)", "--no-\(long)"] } else { ["--\(long)"] }
    }

    /// Every way to write it, with dashes, the short one first.
    package var names: [String] { (short.map { ["-\($0)"] } ?? []) + longNames }

    /// The option, and for a toggle the option that turns it off, each as a flag of its own.
    var variants: [OptionShape] {
        guard case .toggle = form else { return [self] }
        let on = OptionShape(long: long, short: short, form: .flag, summary: summary)
        return [on, OptionShape(long: "no-\(long)", form: .flag, summary: "Turn off --\(long).")]
    }

    /// Every command's own two.
    static let help = OptionShape(long: "help", short: "h", form: .flag, summary: "Show help; -h leaves out details.")
    static let version = OptionShape(long: "version", form: .flag, summary: "Show the version.")
}

/// Options that help shows under one heading.
package struct OptionGroup<Values>: Sendable {
    package let title: String
    package let options: [Option<Values>]

    package init(_ title: String, _ options: [Option<Values>]) {
        self.title = title
        self.options = options
    }

    /// The same group for values that hold this group's.
    package func at<Whole>(_ path: any WritableKeyPath<Whole, Values> & Sendable) -> OptionGroup<Whole> {
        OptionGroup<Whole>(title, options.map { $0.lifted(to: path) })
    }
}
