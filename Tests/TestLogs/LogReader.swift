/// Reads output as the logs of CI systems are read, and as a terminal does; written apart from what escapes.
package enum LogReader {
    /// The lines that somebody would obey, of GitHub Actions, Azure Pipelines, TeamCity, Travis CI and Buildkite.
    ///
    /// GitLab's sections need a carriage return and an escape character; ``controls(in:)`` tells those.
    package static func commands(in text: String) -> [String] {
        text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String(String.UnicodeScalarView($0)) }
            .filter(isObeyed)
    }

    /// What steers a terminal, or makes a text look like another one: all controls but line feeds and tabs, the marks of
    /// writing direction, separators of lines, byte order marks and tags.
    package static func controls(in text: String) -> Set<Unicode.Scalar> {
        Set(
            text.unicodeScalars.filter { scalar in
                switch scalar.value {
                case 0x09, 0x0A: false
                case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
                    0xE0000...0xE007F:
                    true
                default: false
                }
            }
        )
    }

    private static func isObeyed(_ line: String) -> Bool {
        let lowered = line.lowercased()
        let marks = ["##vso[", "##[", "##teamcity[", "travis_fold:start:", "travis_fold:end:", "travis_time:"]
        if marks.contains(where: lowered.contains) { return true }
        if ["--- ", "+++ ", "~~~ ", "^^^ "].contains(where: line.hasPrefix) { return true }
        let trimmed = String(String.UnicodeScalarView(line.unicodeScalars.drop { $0.properties.isWhitespace }))
        guard trimmed.hasPrefix("::"), trimmed.dropFirst(2).first?.isLetter ?? false else { return false }
        let rest = trimmed.dropFirst(2).drop { $0.isLetter || $0 == "-" }
        return rest.contains("::") && (rest.hasPrefix(" ") || rest.hasPrefix("::"))
    }
}
