import FoundationEssentials
import Testing

/// Command lines with all that they print, as a terminal of 80 columns shows it.
///
/// `CommandLines.txt` beside this file is the transcript: `$` begins a command line, `!` marks standard error, `=` the
/// exit status. Where `ROUTECHECK_TRANSCRIPT` names a file, what the binary prints is written there instead.
@Suite(.timeLimit(.minutes(5)))
struct CommandLineTranscriptTests {
    /// A command line and what came of it, as the transcript writes it.
    struct Entry: Equatable, CustomTestStringConvertible {
        var line: String
        var text: String

        var testDescription: String { line }
    }

    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "CommandLines.txt")

    private static let job = """
        server: {url: "http://127.0.0.1:1", token: d2p_unused}
        checks:
          - {route: a, tags: [smoke]}

        """

    private static func recorded() throws -> [Entry] {
        let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
        return text.split(separator: "\n$ ").dropFirst().map { part in
            let (line, rest) = part.splitOnce(at: "\n")
            return Entry(line: line, text: rest.trimmingBlankEnd())
        }
    }

    @Test func saysWhatTheTranscriptSays() async throws {
        let entries = try Self.recorded()
        #expect(entries.count >= 80)
        var found: [Entry] = []
        try await withTemporaryFolder { folder in
            try Data(Self.job.utf8).write(to: URL(filePath: "\(folder)/job.yaml"))
            var binary = BuiltBinary(folder: folder)
            binary.environment["COLUMNS"] = "80"
            for entry in entries {
                let outcome = try await binary.run(Self.words(of: entry.line))
                found.append(Entry(line: entry.line, text: Self.text(of: outcome)))
            }
        }
        for (entry, found) in zip(entries, found) { #expect(found == entry) }
        if let path = ProcessInfo.processInfo.environment["ROUTECHECK_TRANSCRIPT"] {
            let head = "Command lines of routecheck, in a folder with a job.yaml of one check (route a, tag smoke).\n"
            let body = found.map { "\n$ \($0.line)\n\($0.text)\n" }.joined()
            try Data((head + body).utf8).write(to: URL(filePath: path))
        }
    }

    private static func text(of outcome: BuiltBinary.Outcome) -> String {
        let errors = outcome.errors.split(separator: "\n", omittingEmptySubsequences: false).map { "! \($0)" }
        let marked = outcome.errors.isEmpty ? "" : errors.dropLast().joined(separator: "\n") + "\n"
        return outcome.output + marked + "= \(outcome.status)"
    }

    /// The words after the program's name; single quotes hold blanks together.
    private static func words(of line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in line {
            if character == "'" {
                isQuoted.toggle()
                word = word ?? ""
            } else if character == " ", !isQuoted {
                if let complete = word { words.append(complete) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return Array(words.dropFirst())
    }
}

extension Substring {
    fileprivate func splitOnce(at separator: Character) -> (String, Substring) {
        guard let position = firstIndex(of: separator) else { return (String(self), "") }
        return (String(self[..<position]), self[index(after: position)...])
    }

    fileprivate func trimmingBlankEnd() -> String {
        var text = self
        while text.last == "\n" { text.removeLast() }
        return String(text)
    }
}
