internal import Text

/// Writes diagnostics for editors and CI.
package enum DiagnosticJSON {
    /// A JSON array with one object a line, in the order given, ending in a line break.
    ///
    /// Each object has `severity`, `message` and `file`; where known `line`, `column` and `length` (1-based, in Unicode
    /// scalars); and where there are any `notes`, `help` and `replacement`.
    package static func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
        let objects = diagnostics.map(object)
        return objects.isEmpty ? "[]\n" : "[\n\(objects.joined(separator: ",\n"))\n]\n"
    }

    private static func object(_ diagnostic: Diagnostic) -> String {
        var members = [
            ("severity", JSONEscape.visible(diagnostic.severity.rawValue)),
            ("message", JSONEscape.visible(diagnostic.message)),
        ]
        members += place(diagnostic.file, diagnostic.position, diagnostic.length)
        if !diagnostic.notes.isEmpty {
            let notes = diagnostic.notes.map { note in
                join([("message", JSONEscape.visible(note.message))] + place(note.file, note.position, note.length))
            }
            members.append(("notes", "[\(notes.joined(separator: ","))]"))
        }
        if let help = diagnostic.help { members.append(("help", JSONEscape.visible(help))) }
        if let replacement = diagnostic.replacement { members.append(("replacement", JSONEscape.visible(replacement))) }
        return join(members)
    }

    private static func place(_ file: String, _ position: SourcePosition?, _ length: Int) -> [(String, String)] {
        let name = [("file", JSONEscape.visible(file))]
        guard let position else { return name }
        return name + [("line", "\(position.line)"), ("column", "\(position.column)"), ("length", "\(length)")]
    }

    private static func join(_ members: [(String, String)]) -> String {
        "{\(members.map { "\(JSONEscape.visible($0.0)):\($0.1)" }.joined(separator: ","))}"
    }
}
