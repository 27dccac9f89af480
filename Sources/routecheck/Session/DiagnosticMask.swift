import Reports

/// Hides secrets in what is told of a job file that could not be decoded, whose secrets nobody knows yet.
struct DiagnosticMask {
    private static let secretKeys = ["token", "password"]

    private let redactor: Redactor

    /// Creates a mask that knows what the environment keeps secret.
    init(environment: [String: String]) {
        redactor = Redactor(secrets: ["DHIS2_PAT", "DHIS2_PASSWORD"].compactMap { environment[$0] })
    }

    /// The text without the user information of URLs and, in lines quoted from the file, without the values of
    /// `token` and `password` that are written out.
    func callAsFunction(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            Self.withoutUserInformation(Self.isQuoted(line) ? Self.withoutValues(String(line)) : String(line))
        }
        return redactor.redact(lines.joined(separator: "\n"))
    }

    /// Whether a line is one of the file's, with its number and a bar in front.
    private static func isQuoted(_ line: Substring) -> Bool {
        guard let bar = line.firstIndex(of: "|") else { return false }
        return line[..<bar].contains { $0.isNumber } && line[..<bar].allSatisfy { $0.isNumber || $0 == " " }
    }

    private static func withoutValues(_ line: String) -> String {
        var line = line
        for key in secretKeys {
            guard let range = line.firstRange(of: "\(key):") ?? line.firstRange(of: "\(key)\":") else { continue }
            let value = line[range.upperBound...].drop { $0 == " " }
            guard !value.isEmpty, !value.contains("${") else { continue }
            let end = value.firstIndex { $0 == "," || $0 == "}" } ?? value.endIndex
            line.replaceSubrange(value.startIndex..<end, with: Redactor.replacement)
        }
        return line
    }

    private static func withoutUserInformation(_ line: String) -> String {
        var rest = line[...]
        var result = ""
        while let scheme = rest.firstRange(of: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let authority = rest.prefix { !"/ \"'".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            result += Redactor.replacement
            rest = rest[at...]
        }
        return result + rest
    }
}
