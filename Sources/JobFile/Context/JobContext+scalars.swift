internal import LinearRegex
internal import SourceDiagnostics
internal import Text
internal import YAMLTree

/// A scalar after interpolation.
struct ScalarValue {
    /// Where the job file has the value; what is wrong with it is reported there.
    let site: YAMLNode
    let text: String
    /// The scalar that has the value's type; text that was put together from several parts has none and is never parsed.
    fileprivate let typed: YAMLNode?

    /// What the value is.
    var core: CoreValue { typed?.coreValue ?? .string }

    /// Whether the text came from outside, and so without a type of its own.
    var isUntyped: Bool { typed == nil }

    /// What the text says where a key wants a number or `true`, be it from the environment, which has only text.
    var wanted: CoreValue {
        if let typed { return typed.coreValue }
        var copy = text
        return copy.withUTF8(CoreValue.resolve)
    }
}

extension JobContext {
    /// Reports that a value is not what its key takes; one that comes from elsewhere in the file is shown there too.
    mutating func mismatch(_ value: ScalarValue, _ label: String, _ expectation: String, help: String? = nil) {
        guard let typed = value.typed, !typed.isIdentical(to: value.site) else {
            return mismatch(value.site, label, expectation, help: help)
        }
        error(
            "\(label) must be \(expectation), not \(Self.shown(typed))",
            at: value.site,
            help: help,
            notes: [note("the value comes from here", at: typed)]
        )
    }

    /// A scalar of any type; the texts are made only where it is none.
    ///
    /// Variables that leave it empty are reported, unless an empty value means what it says there. An empty value that
    /// the file itself has is for the caller to judge.
    ///
    /// - Parameters:
    ///   - orEmpty: Whether variables may leave it empty.
    ///   - refusesEmptyParts: Whether a variable that is empty is reported even beside other text.
    mutating func scalar(
        _ node: YAMLNode,
        _ label: @autoclosure () -> String,
        _ expectation: @autoclosure () -> String,
        orEmpty: Bool = false,
        refusesEmptyParts: Bool = false
    ) -> ScalarValue? {
        guard node.kind == .scalar else {
            mismatch(node, label(), expectation())
            return nil
        }
        guard !node.isBroken else { return nil }
        guard node.isMarked else {
            return ScalarValue(site: node, text: node.text, typed: node)
        }
        switch resolve(node, refusesEmptyParts: refusesEmptyParts) {
        case nil:
            return nil
        case .text(let text):
            guard orEmpty || !text.isEmpty || !reportEmptyVariable(node) else { return nil }
            return ScalarValue(site: node, text: text, typed: nil)
        case .node(let target):
            guard target.kind == .scalar else {
                mismatch(target, label(), expectation())
                return nil
            }
            let text = target.text
            guard orEmpty || !text.isEmpty || !reportEmptyVariable(node) else { return nil }
            return ScalarValue(site: node, text: text, typed: target)
        }
    }

    /// A scalar as the text that was written, whatever type YAML would give it; neither empty nor null.
    mutating func text(_ node: YAMLNode, _ label: String) -> String? {
        guard let value = scalar(node, label, "text") else { return nil }
        guard value.text.isEmpty || value.core != .null else {
            mismatch(value, label, "text", help: "put it in quotes if the word is meant")
            return nil
        }
        guard !value.text.isEmpty else {
            error("\(label) must not be empty", at: node, help: isCutByComment(node) ? Self.commentHelp : nil)
            return nil
        }
        return value.text
    }

    /// Text without control characters.
    mutating func plainText(_ node: YAMLNode, _ label: String) -> String? {
        guard let text = text(node, label) else { return nil }
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) || !Self.holdsControl(text) else {
            error("\(label) must not hold control characters", at: node)
            return nil
        }
        return text
    }

    private static func holdsControl(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    }

    mutating func integer(_ node: YAMLNode, _ label: String, in range: ClosedRange<Int>) -> Int? {
        let expectation =
            range.upperBound == Int.max
            ? "a whole number, at least \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let value = scalar(node, label, expectation) else { return nil }
        guard case .integer(let digits) = value.wanted, let number = Int(digits), range.contains(number) else {
            mismatch(value, label, expectation)
            return nil
        }
        return number
    }

    mutating func number(_ node: YAMLNode, _ label: String, in range: ClosedRange<Double>) -> Double? {
        let expectation =
            range.upperBound == .infinity
            ? "a number, at least \(Self.short(range.lowerBound))"
            : "a number from \(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))"
        guard let value = scalar(node, label, expectation) else { return nil }
        let number: Double? =
            switch value.wanted {
            case .integer(let digits), .float(let digits): Double(digits)
            default: nil
            }
        guard let number, number.isFinite, range.contains(number) else {
            mismatch(value, label, expectation)
            return nil
        }
        return number
    }

    private static func short(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }

    mutating func boolean(_ node: YAMLNode, _ label: String) -> Bool? {
        guard let value = scalar(node, label, "true or false") else { return nil }
        guard let answer = Self.truth(value) else {
            mismatch(value, label, "true or false")
            return nil
        }
        return answer
    }

    /// `true` or `false`, and YAML 1.1's plain `yes`, `no`, `on` and `off`, which can mean nothing else here.
    static func truth(_ value: ScalarValue) -> Bool? {
        if case .boolean(let answer) = value.wanted { return answer }
        guard value.isUntyped || value.site.style == .plain else { return nil }
        switch value.text.lowercased() {
        case "yes", "on": return true
        case "no", "off": return false
        default: return nil
        }
    }

    /// One of the raw values of an enumeration.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode,
        _ label: String,
        as type: Choice.Type = Choice.self,
        _ aliases: [String: String] = [:]
    ) -> Choice? {
        choice(node, label, among: Choice.allCases.map(\.rawValue), aliases).flatMap(Choice.init(rawValue:))
    }

    /// One of several names.
    ///
    /// - Parameter aliases: What somebody means who writes another name.
    mutating func choice(
        _ node: YAMLNode,
        _ label: String,
        among names: [String],
        _ aliases: [String: String] = [:]
    ) -> String? {
        let expectation = "one of \(names.joined(separator: ", "))"
        guard let value = scalar(node, label, expectation) else { return nil }
        if names.contains(value.text) { return value.text }
        if let near = aliases[value.text.lowercased()] ?? closestMatch(to: value.text, among: names) {
            error("\(label) cannot be \(Self.shown(node)); did you mean \"\(near)\"?", at: node, replacement: near)
        } else {
            mismatch(value, label, expectation)
        }
        return nil
    }

    /// Compiles a regular expression.
    mutating func pattern(_ text: String, at node: YAMLNode) -> RegexPattern? {
        do {
            return try RegexPattern(text, dialect: .search)
        } catch {
            self.error("the regular expression cannot be used: \(error)", at: node)
            return nil
        }
    }
}
