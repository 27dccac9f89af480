import Arguments
import Checks
import JobFile

extension ValueKind where Value == Duration {
    /// A duration, written as in job files.
    static var duration: Self {
        ValueKind("duration", takes: "a duration such as 90s or 1h30m") { text throws(UnusableValue) in
            guard let value = DurationText.parse(text) else { throw UnusableValue() }
            return value
        }
    }
}

extension ValueKind where Value == RequestRate {
    /// A rate, written as in job files.
    static var rate: Self {
        ValueKind("rate", takes: "a rate such as 50/s or 600/min") { text throws(UnusableValue) in
            guard let value = RateText.parse(text) else { throw UnusableValue() }
            return value
        }
    }
}

extension ValueKind where Value == Int {
    /// A size, written as in job files.
    static func size(atLeast least: Int, _ text: String) -> Self {
        ValueKind("size", takes: "a size such as 64MiB, \(text) or more") { text throws(UnusableValue) in
            guard let value = ByteSizeText.parse(text), value >= least else { throw UnusableValue() }
            return value
        }
    }
}

/// Which shard of a run: `2/4`, or `auto` for what the CI system's variables say.
enum ShardArgument {
    case shard(Shard)
    case auto
}

extension ValueKind where Value == ShardArgument {
    /// A shard and the number of shards, or `auto`.
    static var shard: Self {
        ValueKind("i/n", takes: "i/n, e.g. 2/4, or auto") { text throws(UnusableValue) in
            if text == "auto" { return .auto }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { throw UnusableValue() }
            guard (1...Shard.largestCount).contains(count) else {
                throw UnusableValue("the number of shards is 1 to \(Shard.largestCount)")
            }
            guard (1...count).contains(index) else {
                throw UnusableValue("shards are numbered from 1 to \(count)")
            }
            return .shard(Shard(index: index, count: count))
        }
    }
}

/// A value for a variable of job files.
struct VariableArgument {
    let name: String
    let value: String
}

extension ValueKind where Value == VariableArgument {
    /// `NAME=value`, of which errors show nothing, since the value may be a secret.
    static var variable: Self {
        ValueKind("name=value", takes: "NAME=value", isShown: false) { text throws(UnusableValue) in
            guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                throw UnusableValue("the value given has no \"=\"")
            }
            guard equals > text.startIndex else { throw UnusableValue("the name before \"=\" is empty") }
            return VariableArgument(
                name: String(text[..<equals]),
                value: String(text[text.utf8.index(after: equals)...])
            )
        }
    }
}

/// A condition on tags, with its text.
struct TagsArgument {
    let text: String
    let expression: TagExpression
}

extension ValueKind where Value == TagsArgument {
    /// An expression over tags.
    static var tags: Self {
        let completion = CompletionSubject.tags.completion
        return ValueKind("expression", takes: "a tag expression", completion: completion) {
            text throws(UnusableValue) in
            do throws(TagExpressionError) {
                return TagsArgument(text: text, expression: try TagExpression(text))
            } catch {
                throw UnusableValue("\(error.message) (column \(error.column))")
            }
        }
    }
}

/// What the hidden command `complete` prints for a shell.
enum CompletionSubject: String, CaseIterable {
    /// The names of checks.
    case names
    /// The tags of checks.
    case tags
    /// The report formats, each with how the names of its files end.
    case formats

    /// The command's name.
    static let command = "complete"

    /// The completion of a value whose offers the command prints.
    var completion: Completion { .answer([Self.command, rawValue, "--"]) }
}
