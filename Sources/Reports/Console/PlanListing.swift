public import Checks
import HTTPVocabulary
public import Redaction
import SourceDiagnostics

/// The checks that a run would take, as a table or as JSON.
public struct PlanListing: Sendable {
    /// One check of a plan.
    public struct Row: Sendable {
        /// The check.
        public var check: Redacted<Check>
        /// Why it would be skipped; `nil` if it would run.
        public var skipReason: RedactedText?

        /// Creates a row.
        public init(check: Redacted<Check>, skipReason: RedactedText?) {
            self.check = check
            self.skipReason = skipReason
        }
    }

    /// The job file's path.
    public var file: RedactedText
    /// The checks, in the order in which they would start.
    public var rows: [Row]

    /// Creates a listing.
    public init(file: RedactedText, rows: [Row]) {
        self.file = file
        self.rows = rows
    }

    /// One line for each check: its place, its name, its request, and why it would be skipped.
    public func table(style: ConsoleStyle = ConsoleStyle()) -> String {
        var output = ConsoleText(style)
        let mark = style.usesUnicode ? "…" : "..."
        let names = rows.map { TerminalWidth.cut($0.check.value.name, to: 60, mark: mark) }
        let width = names.map(TerminalWidth.of).max() ?? 0
        let places = rows.map { "\(file.value):\($0.check.value.position.line)" }
        let placeWidth = places.map(TerminalWidth.of).max() ?? 0
        for (row, (place, name)) in zip(rows, zip(places, names)) {
            let check = row.check.value
            output.append(place, .quiet)
            output.append(spaces: placeWidth - TerminalWidth.of(place) + 2)
            output.append(name)
            output.append(spaces: width - TerminalWidth.of(name) + 2)
            output.append("\(check.method.rawValue) \(Self.target(of: check))", .quiet)
            if !check.tags.isEmpty { output.append("  [\(check.tags.joined(separator: ", "))]", .quiet) }
            if let reason = row.skipReason { output.append("  skipped: \(reason.value)", .doubtful) }
            output.endLine()
        }
        return output.text
    }

    /// One JSON object a line for each check, with `file`, `line`, `name`, `method`, `route`, `path`, `params` (a list
    /// of name and value), `tags`, and `skip` (the reason, or `null`).
    public var jsonLines: String {
        var buffer = ReportBuffer()
        for row in rows {
            let check = row.check.value
            buffer.append("{\"file\":")
            buffer.appendJSON(file.value)
            buffer.append(",\"line\":")
            buffer.append(check.position.line)
            for (name, value) in [
                ("name", check.name), ("method", check.method.rawValue), ("route", check.route), ("path", check.path),
            ] {
                buffer.append(verbatim: ",\"\(name)\":")
                buffer.appendJSON(value)
            }
            buffer.append(",\"params\":")
            buffer.appendList(check.parameters) { buffer, parameter in
                buffer.appendList([parameter.name, parameter.value]) { $0.appendJSON($1) }
            }
            buffer.append(",\"tags\":")
            buffer.appendList(check.tags) { $0.appendJSON($1) }
            buffer.append(",\"skip\":")
            if let reason = row.skipReason { buffer.appendJSON(reason.value) } else { buffer.append("null") }
            buffer.append("}\n")
        }
        return buffer.text
    }

    private static func target(of check: Check) -> String {
        check.path.isEmpty ? check.route : "\(check.route)/\(check.path)"
    }
}

extension ReportBuffer {
    fileprivate mutating func appendList<Element>(
        _ elements: [Element],
        _ append: (inout ReportBuffer, Element) -> Void
    ) {
        self.append("[")
        for (place, element) in elements.enumerated() {
            if place > 0 { self.append(",") }
            append(&self, element)
        }
        self.append("]")
    }
}
