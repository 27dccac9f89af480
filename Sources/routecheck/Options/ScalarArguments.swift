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
enum ShardArgument: ExpressibleByArgument {
    case shard(Shard)
    case auto

    init?(argument: String) {
        if argument == "auto" {
            self = .auto
            return
        }
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
            (1...max(count, 1)).contains(index),
            count >= 1
        else { return nil }
        self = .shard(Shard(index: index, count: count))
    }
}
