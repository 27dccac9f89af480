/// What a CI system that reads the output as a log would take for a command.
///
/// A target's answer, a name in a job file or an argument could otherwise set a variable of the pipeline, or hide what
/// comes after it. Two kinds of commands are told apart:
///
/// - Anywhere in a line: `##vso[` and `##[` of Azure Pipelines (agent, `Command.TryParse`), `##[` of GitHub's first
///   runners (`ActionCommand.TryParse`), `##teamcity[` of TeamCity ("Service Messages"), and `travis_fold:` and
///   `travis_time:` of Travis CI. GitLab's `section_start:` needs a carriage return and an escape character, which are
///   never written as they are.
/// - At the start of a line: `::name::` and `::name key=value::` of GitHub Actions, white space aside
///   (`ActionCommand.TryParseV2`), and the group headers `---`, `+++`, `~~~` and `^^^` of Buildkite, which only fold
///   the log, without white space in front.
///
/// Text that only looks similar is none: `## heading`, `::1`, `std::vector`.
package enum LogCommand {
    /// Where a piece of text stands.
    package enum Place {
        /// Behind something else on its line.
        case insideLine
        /// Perhaps at the start of a line, and perhaps with more text behind it.
        case anywhere
    }

    /// Whether a command starts at a byte that is a number sign or a colon.
    ///
    /// A piece that ends before it is known whether it is a command counts as one.
    @inline(__always)
    package static func starts(in text: UnsafeBufferPointer<UInt8>, at index: Int, _ place: Place) -> Bool {
        if text[index] == UInt8(ascii: "#") { return startsMarked(text, at: index) }
        guard text[index] == UInt8(ascii: ":") else { return false }
        return place == .anywhere && startsWorkflowCommand(text, at: index) || endsFold(text, at: index)
    }

    /// The places of a text, as offsets in UTF-8, at which a command starts.
    package static func places(in text: String, _ place: Place) -> Set<Int> {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: ":") }) else { return [] }
        var text = text
        return text.withUTF8 { bytes in Set(bytes.indices.filter { starts(in: bytes, at: $0, place) }) }
    }

    /// Whether a header of Buildkite starts at a byte of text that may stand at the start of a line.
    package static func startsGroup(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        (index == 0 || isLineBreak(text[index - 1])) && isGroupHeader(text, at: index)
    }

    /// Whether a line that starts at an index is a header of Buildkite.
    static func isGroupHeader(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 2 < text.count, "-+~^".utf8.contains(text[index]) else { return false }
        guard text[index] == text[index + 1], text[index] == text[index + 2] else { return false }
        return index + 3 == text.count || isLineBreak(text[index + 3]) || text[index + 3] == 0x20
    }

    private static func startsMarked(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 2 < text.count, text[index + 1] == UInt8(ascii: "#") else { return false }
        return ["[", "vso[", "teamcity["].contains { continues(text, from: index + 2, with: $0) }
    }

    private static func startsWorkflowCommand(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 1 < text.count, text[index + 1] == UInt8(ascii: ":"), isFirst(text, index) else { return false }
        let name = text[(index + 2)...].prefix(while: isOfName)
        // Every name begins with a letter, unlike what follows in the address ::1.
        guard name.first.map(isLetter) ?? (name.endIndex == text.count) else { return false }
        return name.endIndex == text.count || text[name.endIndex] == 0x20
            || text[name.endIndex...].starts(with: "::".utf8)
    }

    /// Whether there is only white space between a place and the start of its line.
    private static func isFirst(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        var start = index
        while start > 0, !isLineBreak(text[start - 1]) {
            let end = start
            repeat { start -= 1 } while start > 0 && text[start] & 0xC0 == 0x80 && end - start < 4
            let scalar = String(decoding: text[start..<end], as: UTF8.self).unicodeScalars.first
            guard scalar?.properties.isWhitespace ?? false else { return false }
        }
        return true
    }

    private static func endsFold(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        // Colons are frequent, underscores five places in front of them are not.
        guard index >= 11, text[index - 5] == UInt8(ascii: "_") else { return false }
        return ["travis_fold", "travis_time"].contains { continues(text, from: index - 11, with: $0) }
    }

    /// Whether a word of small letters and signs stands at an index, in letters of any case.
    private static func continues(_ text: UnsafeBufferPointer<UInt8>, from index: Int, with word: String) -> Bool {
        guard text.count - index >= word.utf8.count else { return false }
        return zip(text[index...], word.utf8).allSatisfy { byte, wanted in
            byte == wanted || (isLetter(byte) && byte | 0x20 == wanted)
        }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
