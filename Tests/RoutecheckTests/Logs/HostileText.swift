import Testing

/// A text that somebody plants where routecheck will show it.
struct HostileText: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String

    var testDescription: String { name }

    /// Commands of the CI systems, at the start of a text and within it, and what steers terminals.
    static let all: [HostileText] = [
        HostileText(name: "plain", text: "##vso[task.setvariable variable=a]b ##[error]c ##teamcity[m n='o']"),
        HostileText(name: "after blanks", text: "\u{A0} \u{3000}::set-output name=a::b travis_fold:start:c"),
        HostileText(
            name: "lines",
            text: "--- a\n::add-mask::b\n ::error::c\r::warning::d\r\n##[group]e\n+++ f\n~~~ g\n^^^ h\n---\n"
                + "section_start:1:a\r\u{1B}[0Kg"
        ),
        HostileText(
            name: "controls",
            text: "::error file=a,line=1::b\u{85}::error::c\u{1B}[31m\u{1B}]0;d\u{7}\u{9B}31me\u{7F}\u{90}f\u{9C}"
                + "\u{202E}g\u{2066}h\u{200E}\u{61C}\u{2028}::error::i\u{2029}\u{FEFF}j\u{200B}\u{E0041}\u{8}"
        ),
    ]

    /// The text in a JSON string, which is a double-quoted one in YAML too.
    var quoted: String {
        let characters = text.unicodeScalars.map { scalar -> String in
            guard scalar.isASCII, scalar.value >= 0x20, scalar != "\"", scalar != "\\" else {
                return scalar.utf16.map { "\\u" + String(String(0x1_0000 + Int($0), radix: 16).dropFirst()) }.joined()
            }
            return String(scalar)
        }
        return "\"\(characters.joined())\""
    }

    /// The text without what a header field cannot have.
    var field: String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\n" && $0 != "\r" && $0.value > 0 }))
    }
}
