import ArgumentParser
import Checks
import JobFile

/// A duration on the command line, written as in job files.
struct DurationArgument: ExpressibleByArgument {
    let value: Duration

    init?(argument: String) {
        guard let value = DurationText.parse(argument) else { return nil }
        self.value = value
    }
}

/// A rate on the command line, written as in job files.
struct RateArgument: ExpressibleByArgument {
    let value: RequestRate

    init?(argument: String) {
        guard let value = RateText.parse(argument) else { return nil }
        self.value = value
    }
}

/// Which shard of a run: `2/4`, or `auto` for what the CI system's variables say.
enum ShardArgument {
    case shard(Shard)
    case auto

    /// Reads the argument.
    ///
    /// - Throws: `ValidationError` that says what is wrong with it.
    init(parsing argument: String) throws {
        if argument == "auto" {
            self = .auto
            return
        }
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else {
            throw ValidationError("write i/n, such as 2/4, or auto")
        }
        guard (1...Shard.largestCount).contains(count) else {
            throw ValidationError("there can be 1 to \(Shard.largestCount) shards, not \(count)")
        }
        guard (1...count).contains(index) else {
            throw ValidationError("of \(count) shards there is none with the number \(index); they count from 1")
        }
        self = .shard(Shard(index: index, count: count))
    }
}
