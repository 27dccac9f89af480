/// Writes diagnostics for editors and CI.
public enum DiagnosticJSON {
    /// A JSON array with one object a line, in the order given, ending in a line break.
    ///
    /// Each object has `severity`, `message` and `file`; where known `line`, `column` and `length` (1-based, in Unicode
    /// scalars); and where there are any `notes`, `help` and `replacement`.
    public static func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
        let objects = diagnostics.map(object)
        return objects.isEmpty ? "[]\n" : "[\n\(objects.joined(separator: ",\n"))\n]\n"
    }

    private static func object(_ diagnostic: Diagnostic) -> String {
        var members = [("severity", quoted(diagnostic.severity.rawValue)), ("message", quoted(diagnostic.message))]
        members += place(diagnostic.file, diagnostic.position, diagnostic.length)
        if !diagnostic.notes.isEmpty {
            let notes = diagnostic.notes.map { note in
                join([("message", quoted(note.message))] + place(note.file, note.position, note.length))
            }
            members.append(("notes", "[\(notes.joined(separator: ","))]"))
        }
        if let help = diagnostic.help { members.append(("help", quoted(help))) }
        if let replacement = diagnostic.replacement { members.append(("replacement", quoted(replacement))) }
        return join(members)
    }

    private static func place(_ file: String, _ position: SourcePosition?, _ length: Int) -> [(String, String)] {
        let name = [("file", quoted(file))]
        guard let position else { return name }
        return name + [("line", "\(position.line)"), ("column", "\(position.column)"), ("length", "\(length)")]
    }

    private static func join(_ members: [(String, String)]) -> String {
        "{\(members.map { "\(quoted($0.0)):\($0.1)" }.joined(separator: ","))}"
    }

    /// A JSON string in pure ASCII where the text hides something, so that no viewer of the log is steered by it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where VisibleText.isHidden(scalar):
                for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
