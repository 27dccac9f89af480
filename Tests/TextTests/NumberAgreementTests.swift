import FoundationEssentials
import Testing

/// No sentence of the program puts a number in front of a plural that might be 1: ``Text/Int/counting(_:)`` does.
struct NumberAgreementTests {
    /// An interpolation in a string, and what follows it in the same string.
    private struct Interpolation {
        var file: String
        var expression: Substring
        var rest: Substring
    }

    private static let sources: [(name: String, text: String)] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").path
        guard let files = try? FileManager.default.subpathsOfDirectory(atPath: folder) else { return [] }
        return files.filter { $0.hasSuffix(".swift") }.compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").map {
                (name, String(decoding: $0, as: UTF8.self))
            }
        }
    }()

    private static let interpolations: [Interpolation] = sources.flatMap { name, text in
        var found: [Interpolation] = []
        // A line that ends with a backslash goes on with the next one.
        var rest = text.split(separator: "\\\n").map { $0.drop { $0 == " " } }.joined()[...]
        while let start = rest.utf8.firstRange(of: "\\(".utf8) {
            rest = rest[start.upperBound...]
            var depth = 1
            let end = rest.utf8.firstIndex { byte in
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                return depth == 0
            }
            guard let end else { break }
            let after = rest[rest.utf8.index(after: end)...]
            let line = Substring(
                after.utf8.prefix { $0 != 0x0A && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
            )
            found.append(Interpolation(file: name, expression: rest[..<end], rest: line))
        }
        return found
    }

    /// The plurals of all that is counted anywhere, and of what could be.
    private static let plurals: Set<Substring> = {
        var nouns: Set<Substring> = [
            "file", "second", "minute", "hour", "request", "shard", "field", "character", "time",
        ]
        for (_, text) in sources {
            for piece in text.split(separator: ".counting(\"").dropFirst() {
                let phrase = piece.prefix { $0 != "\"" }
                if let noun = phrase.split(separator: " ").last { nouns.insert(noun) }
            }
        }
        return Set(nouns.map { "\($0)s" })
    }()

    /// Expressions in front of a verb that looks like a noun, such as `\(host) answers`.
    private static let texts: Set<Substring> = ["host", "label"]

    @Test
    func leavesNoNumberInFrontOfAPlural() {
        #expect(Self.sources.count > 300)
        #expect(Self.plurals.isSuperset(of: ["bytes", "checks", "answers", "nodes", "attempts", "times"]))
        for interpolation in Self.interpolations where interpolation.rest.first == " " {
            let words = interpolation.rest.split(separator: " ", maxSplits: 3).prefix(3)
            // What a sign ends does not go on to the noun.
            let reached = words.prefix { $0.allSatisfy { $0.isLetter || $0 == "-" } }
            let next = words.dropFirst(reached.count).first.map { $0.prefix { $0.isLetter } }
            let candidates = reached.prefix(2) + (reached.count < 2 ? [next].compactMap(\.self) : [])
            guard let noun = candidates.first(where: Self.plurals.contains) else { continue }
            // A name with a capital is that of a constant, and none of them is 1.
            let path = interpolation.expression.split(separator: ".")
            let isConstant = path.count == 2 && path[0].first?.isUppercase ?? false
            let verb = ["that", "of", "the", "its", "for", "with", "to", "in", "and", "or"]
            let isPhrase = reached.first.map { verb.contains(String($0)) } ?? false
            #expect(
                isConstant || isPhrase || Self.texts.contains(interpolation.expression),
                "\(interpolation.file): \\(\(interpolation.expression)) \(noun)"
            )
        }
    }
}
