import Arguments
import Reports
import Text

/// A report to write: its format and where it goes.
struct ReportArgument {
    let format: ReportFormat
    /// A file, or `-` for standard output.
    let path: String
}

extension ValueKind where Value == ReportArgument {
    /// `FORMAT=FILE`; the file's own ending says nothing about the format.
    static var report: Self {
        ValueKind(
            "format=file",
            takes: "a format and a file, e.g. html=report.html",
            completion: .keyedFile(ReportFormat.all.map(\.name))
        ) { text throws(UnusableValue) in
            guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                let known = ReportFormat(named: text)
                throw UnusableValue("write \(known.map(spelling) ?? "FORMAT=FILE; \(formats)")")
            }
            let name = String(text[..<equals])
            guard let format = ReportFormat(named: name) else {
                let near = closestMatch(to: name, among: ReportFormat.all.map(\.name))
                let advice = near.map { "did you mean \($0)?" } ?? formats
                throw UnusableValue("\"\(UsageProblem.shortened(name))\" is not a format; \(advice)")
            }
            let path = String(text[text.utf8.index(after: equals)...])
            guard !path.isEmpty else { throw UnusableValue("write \(spelling(of: format))") }
            return ReportArgument(format: format, path: path)
        }
    }

    private static func spelling(of format: ReportFormat) -> String {
        "\(format.name)=FILE, or \(format.name)=- for standard output"
    }

    private static var formats: String {
        "the formats are \(ReportFormat.all.map(\.name).joined(asListWith: "and"))"
    }
}
