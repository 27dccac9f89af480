internal import SourceDiagnostics
internal import YAMLTree

/// What is said of `${…}` and of the names in them.
extension JobContext {
    /// Reports a variable without a value; a warning where that is forgiven.
    mutating func reportAbsence(
        _ message: String,
        _ reference: Template.Reference,
        in node: YAMLNode,
        help: String? = nil
    ) {
        let length = reference.name.unicodeScalars.count + 3
        reportReference(message, in: node, offset: reference.offset, length: length, help: help, isAbsence: true)
    }

    /// Reports a variable that is made from itself.
    mutating func reportCircle(_ reference: Template.Reference, in node: YAMLNode) {
        let message = "the variable \"\(reference.name)\" is made from itself"
        reportReference(message, in: node, offset: reference.offset, length: reference.name.unicodeScalars.count + 3)
    }

    /// Reports a variable that is empty where that is no value.
    mutating func reportEmpty(_ reference: Template.Reference, in node: YAMLNode) {
        let name = reference.name
        let message =
            if case .text = reference.fallback {
                "the variable \"\(name)\" is empty or not set, and so is its default"
            } else {
                "the variable \"\(name)\" is set but empty"
            }
        reportAbsence(message, reference, in: node)
    }

    /// Reports a scalar that is empty because its variables are, at the first of them.
    ///
    /// - Returns: Whether it has any.
    mutating func reportEmptyVariable(_ node: YAMLNode) -> Bool {
        guard node.isMarked, let template = try? Template(node.text[...]), let first = template.references.first else {
            return false
        }
        reportEmpty(first, in: node)
        return true
    }

    /// Warns of a `$NAME` that looks like a reference and is none, for want of its braces.
    mutating func warnOfBareReference(_ text: String, in node: YAMLNode) {
        guard let found = Template.bareName(in: text) else { return }
        let isWhole = found.name.utf8.count + 1 == text.utf8.count
        guard isWhole || isKnown(String(found.name)) else { return }
        reportReference(
            "\"$\(found.name)\" stands for itself; did you mean \"${\(found.name)}\"?",
            in: node,
            offset: found.offset,
            length: found.name.utf8.count + 1,
            severity: .warning
        )
    }

    /// Reports a key that is no name for `${…}`.
    mutating func reportName(_ key: YAMLNode) {
        error(
            "\"\(key.text)\" cannot be the name of a variable",
            at: key,
            help: "a name begins with a letter or \"_\" and goes on with letters, digits, \"_\", \"-\" or \".\""
        )
    }

    /// Whether `${…}` can refer to a name.
    static func isVariableName(_ name: String) -> Bool {
        guard let template = try? Template("${\(name)}"[...]), let whole = template.whole else { return false }
        return whole.name == name[...]
    }

    /// Reports a problem at the `$` that stands at a byte of a scalar's text.
    mutating func reportReference(
        _ message: String,
        in node: YAMLNode,
        offset: Int,
        length: Int,
        help: String? = nil,
        isAbsence: Bool = false,
        severity: Diagnostic.Severity = .error
    ) {
        let position = DollarFinder.position(ofByte: offset, of: node, in: source)
        let diagnostic = Diagnostic(
            severity,
            message,
            file: source.name,
            position: position,
            length: length,
            help: help
        )
        if isAbsence { report(absence: diagnostic) } else { report(diagnostic) }
    }
}
