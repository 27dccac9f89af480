/// A manual page in mdoc, the language that `man` of all systems of today reads (mdoc(7)).
package struct ManualPage: Sendable {
    private let program: ProgramShape
    /// The version's day, such as `November 29, 2026`, so that the page of a version never changes.
    private let date: String

    package init(_ program: ProgramShape, date: String) {
        self.program = program
        self.date = date
    }

    /// The page's source.
    package var text: String {
        var page = ManualSource()
        page.line(".Dd \(date)")
        page.line(".Dt \(program.name.uppercased()) 1")
        page.line(".Os")
        page.line(".Sh NAME")
        page.line(".Nm \(program.name)")
        page.line(".Nd \(ManualSource.escaped(program.summary.withoutStop))")
        page.line(".Sh SYNOPSIS")
        for command in program.shownCommands {
            page.line(".Nm")
            page.line(".Cm \(command.name)")
            if !command.table.options.isEmpty { page.line(".Op Ar options") }
            for operand in command.table.operands { page.line(Self.synopsis(of: operand)) }
        }
        page.line(".Nm")
        page.line(".Cm help")
        page.line(".Op Ar command")
        page.line(".Sh DESCRIPTION")
        page.paragraph(program.summary)
        page.line(".Pp")
        page.paragraph("Its commands are:")
        for command in program.shownCommands { add(command, to: &page) }
        for topic in program.topics {
            page.line(".Sh \(ManualSource.escaped(Self.sectionTitle(of: topic)))")
            add(topic.text(), to: &page, isAfterText: false)
        }
        return page.text
    }

    /// `exit-status` is the field's own section EXIT STATUS.
    private static func sectionTitle(of topic: HelpTopic) -> String {
        topic.name.split(separator: "-").joined(separator: " ").uppercased()
    }

    private static func synopsis(of operand: OperandShape) -> String {
        let name = "Ar \(ManualSource.argument(operand.value.placeholder))\(operand.isRepeatable ? " ..." : "")"
        return operand.isRequired ? ".\(name)" : ".Op \(name)"
    }

    private func add(_ command: CommandShape, to page: inout ManualSource) {
        page.line(".Ss \(command.name)")
        page.paragraph(command.summary)
        add(command.table.discussion, to: &page, isAfterText: true)
        let operands = command.table.operands.map { (Self.item(of: $0), $0.summary, $0.value, nil as String?) }
        let options = command.table.options.map { (Self.item(of: $0), $0.summary, $0.value, $0.initial) }
        guard !(operands + options).isEmpty else { return }
        page.line(".Bl -tag -width Ds")
        for (item, summary, value, initial) in operands + options {
            page.line(".It \(item)")
            page.paragraph(summary)
            if let choices = value?.choices, !choices.isEmpty {
                page.paragraph("Values: \(choices.joined(separator: ", ")).")
            }
            if let initial { page.paragraph("Default: \(initial).") }
        }
        page.line(".El")
    }

    private static func item(of operand: OperandShape) -> String {
        "Ar \(ManualSource.argument(operand.value.placeholder))\(operand.isRepeatable ? " ..." : "")"
    }

    private static func item(of option: OptionShape) -> String {
        let value = option.value.map { " Ns = Ns Ar \(ManualSource.argument($0.placeholder))" } ?? ""
        let short = option.short.map { ["Fl \($0)"] } ?? []
        let long = option.longNames.map { "Fl \(ManualSource.argument(String($0.dropFirst())))\(value)" }
        return (short + long).joined(separator: " , ")
    }

    private func add(_ blocks: [HelpBlock], to page: inout ManualSource, isAfterText: Bool) {
        for (index, block) in blocks.enumerated() {
            switch block {
            case .paragraph(let text):
                if index > 0 || isAfterText { page.line(".Pp") }
                page.paragraph(text)
            case .terms(let terms):
                page.line(".Bl -tag -width Ds")
                for term in terms {
                    page.line(".It \(ManualSource.argument(term.name))")
                    page.paragraph(term.meaning)
                }
                page.line(".El")
            }
        }
    }
}

/// Lines of mdoc, in which text is escaped.
private struct ManualSource {
    /// How long a line of text is before dashes are escaped.
    private static let lineLength = 72

    private(set) var text = ""

    mutating func line(_ line: String) {
        text += line + "\n"
    }

    /// Adds text, one sentence a line as mdoc(7) asks, and long ones in several.
    mutating func paragraph(_ paragraph: String) {
        var rest = paragraph
        while !rest.isEmpty {
            let sentence = rest.firstSentence
            var layout = TextLayout(width: Self.lineLength)
            layout.add(paragraph: sentence)
            for part in layout.text.split(separator: "\n") { line(Self.escaped(String(part))) }
            rest = String(rest.dropFirst(sentence.count).drop { $0 == " " })
        }
    }

    /// Text in which nothing is a request or an escape, and a dash is a dash and no hyphen.
    static func escaped(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return escaped.first == "." || escaped.first == "'" ? "\\&\(escaped)" : escaped
    }

    /// One argument of a macro, which is never taken for a macro itself.
    static func argument(_ text: String) -> String {
        let escaped = escaped(text).replacing("\"", with: "\\(dq")
        return text.contains(" ") ? "\"\\&\(escaped)\"" : "\\&\(escaped)"
    }
}
