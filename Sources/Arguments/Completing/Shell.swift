/// A shell that can be told how to complete a program's command lines.
///
/// The scripts hold all that is declared, so that completing an option starts no process. Only what depends on files or
/// on the line itself is asked of the program, by its hidden commands.
package enum Shell: String, CaseIterable, Sendable {
    case bash
    case zsh
    case fish

    /// The script that a user loads.
    package func script(for program: ProgramShape) -> String {
        switch self {
        case .bash: BashScript(program).text
        case .zsh: ZshScript(program).text
        case .fish: FishScript(program).text
        }
    }

    /// Text as one word, quoted only where the shell would not take it as it is.
    package func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                true
            default: "-_=./:,+@%".utf8.contains(byte)
            }
        }
        return isPlain && !text.isEmpty ? text : quoted(text)
    }

    /// Text in quotes, as one word that the shell takes as it is.
    func quoted(_ text: String) -> String {
        switch self {
        case .bash, .zsh: "'\(text.replacing("'", with: #"'\''"#))'"
        case .fish: "'\(text.replacing("\\", with: #"\\"#).replacing("'", with: #"\'"#))'"
        }
    }
}

extension ProgramShape {
    /// The commands that a line can begin with.
    var firstWords: [HelpBlock.Term] { (shownCommands + [.help]).map { HelpBlock.Term($0.name, $0.summary) } }

    /// What `help` can be asked about.
    var helpSubjects: [HelpBlock.Term] {
        shownCommands.map { HelpBlock.Term($0.name, $0.summary) } + topics.map { HelpBlock.Term($0.name, $0.summary) }
    }

    /// The name as a part of a shell function's name.
    var functionName: String {
        "_" + String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}
