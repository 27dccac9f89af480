import Arguments
import FoundationEssentials
import Glibc

/// The process's environment.
enum ProcessEnvironment {
    /// Every variable by its name.
    static var variables: [String: String] { ProcessInfo.processInfo.environment }

    /// The value of a variable that names a file; one that is empty counts as none.
    ///
    /// - Throws: `UsageProblem` for one that is not UTF-8: as text it would name another file.
    static func path(_ name: String) throws(UsageProblem) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        guard let path = String(validatingCString: value) else {
            throw UsageProblem("the path in \(name) is not UTF-8, so it names no file that could be used")
        }
        return path
    }
}

/// The arguments that the process was started with.
enum ProcessArguments {
    /// The arguments without the program's own name.
    ///
    /// - Throws: `UsageProblem` for one that is not UTF-8, such as a path from a system with another encoding. As text it
    ///   would be another argument, and name another file. It is told by its number, as it may hold a secret.
    static func words() throws(UsageProblem) -> [String] {
        var words: [String] = []
        for argument in UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).dropFirst() {
            guard let argument else { break }
            guard let word = String(validatingCString: argument) else {
                let option = option(of: String(cString: argument), behind: words.last)
                throw UsageProblem(
                    "argument \(words.count + 1)\(option.map { ", for \($0)," } ?? "") is not UTF-8; rename what it names"
                )
            }
            words.append(word)
        }
        return words
    }

    /// The option that a word gives a value for, as far as its looks tell.
    private static func option(of word: String, behind last: String?) -> String? {
        let own = word.hasPrefix("--") ? word.split(separator: "=").first.map(String.init) : nil
        guard let name = own ?? last, name.hasPrefix("--"), name.utf8.count > 2,
            name.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        else { return nil }
        return name
    }
}
