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
        for command in program.shownCommands + [.help] {
            page.line(".Nm")
            page.line(".Cm \(command.name)")
            if !command.table.options.isEmpty { page.line(".Op Ar options") }
            for operand in command.table.operands { page.line(Self.synopsis(of: operand)) }
        }
        page.line(".Sh DESCRIPTION")
        page.paragraph(program.summary)
        page.line(".Pp")
        page.paragraph("Every command takes these options:")
        add([OptionShape.help, .version].map(Self.row(of:)), to: &page)
        for command in program.shownCommands + [.help] { add(command, to: &page) }
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
        operand.isRequired ? ".\(item(of: operand))" : ".Op \(item(of: operand))"
    }

    private func add(_ command: CommandShape, to page: inout ManualSource) {
        page.line(".Ss \(command.name)")
        page.paragraph(command.summary)
        add(command.table.discussion, to: &page, isAfterText: true)
        if !command.table.operands.isEmpty {
            let rows = command.table.operands.map { operand in
                Row(item: Self.item(of: operand), summary: operand.summary, value: operand.value, initial: nil)
            }
            add(rows, to: &page)
        }
        for group in command.table.groups {
            page.line(".Pp")
            page.line(".Em \(ManualSource.argument(group.title)) :")
            add(group.options.map(Self.row(of:)), to: &page)
        }
    }

    /// One option or operand of a list.
    private struct Row {
        var item: String
        var summary: String
        var value: ValueDescription?
        var initial: String?
    }

    private static func row(of option: OptionShape) -> Row {
        Row(item: item(of: option), summary: option.summary, value: option.value, initial: option.initial)
    }

    private func add(_ rows: [Row], to page: inout ManualSource) {
        page.line(".Bl -tag -width Ds")
        for row in rows {
            page.line(".It \(row.item)")
            page.paragraph(row.summary)
            if let choices = row.value?.choices, !choices.isEmpty {
                page.paragraph("Values: \(choices.joined(separator: ", ")).")
            }
            if let initial = row.initial { page.paragraph("Default: \(initial).") }
        }
        page.line(".El")
    }

    private static func item(of operand: OperandShape) -> String {
        "Ar \(ManualSource.argument(operand.value.placeholder))\(operand.isRepeatable ? " ..." : "")"
    }

    private static func item(of option: OptionShape) -> String {
        let repetition = option.isRepeatable ? " ..." : ""
        let value = option.value.map { " Ns = Ns Ar \(ManualSource.argument($0.placeholder))\(repetition)" } ?? ""
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
            let parts = layout.text.split(separator: "\n")
            for (index, part) in parts.enumerated() {
                // A stop at a line's end would be taken for the end of a sentence.
                let isWithin = index < parts.count - 1 && part.last == "."
                line(Self.escaped(String(part)) + (isWithin ? "\\&" : ""))
            }
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
