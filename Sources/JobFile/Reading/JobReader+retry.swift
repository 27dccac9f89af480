internal import Checks
internal import YAMLTree

extension JobReader {
    mutating func readRetry(_ map: Layered) -> RetryPolicy? {
        if map.own.kind == .scalar, case .integer(let count) = map.own.coreValue {
            mismatch(map.own, "retry", "a map", help: "write {attempts: \(count)}, the first one counted")
            return nil
        }
        guard let entries = entries(of: map, "retry", as: RetryKey.self) else { return nil }
        var policy = RetryPolicy()
        for entry in entries {
            let node = entry.value.own
            let label = entry.key.rawValue
            switch entry.key {
            case .attempts: if let count = integer(node, label, in: 1...1000) { policy.attempts = count }
            case .delay: if let delay = duration(node, label, orZero: true) { policy.delay = delay }
            case .factor: if let factor = number(node, label, in: 1...Double.infinity) { policy.factor = factor }
            case .maxDelay: if let delay = duration(node, label, orZero: true) { policy.maximumDelay = delay }
            case .jitter: if let share = number(node, label, in: 0...1) { policy.jitter = share }
            case .on:
                guard let triggers = list(node, label, "a list", { $0.trigger($1) }) else { continue }
                if triggers.isEmpty {
                    error("on must have at least one item", at: node, help: "leave \"retry\" out to try once")
                } else {
                    policy.triggers = Set(triggers)
                }
            case .nonIdempotent: if let repeats = boolean(node, label) { policy.includesNonIdempotent = repeats }
            }
        }
        return policy
    }

    private mutating func trigger(_ node: YAMLNode) -> RetryPolicy.Trigger? {
        let expectation = "connect, timeout or a status such as 503"
        guard let value = scalar(node, "an item of on", expectation) else { return nil }
        switch value.text {
        case "connect": return .connect
        case "timeout": return .timeout
        default: break
        }
        if case .code(let code)? = StatusText.parse(value.text) { return .status(code) }
        mismatch(value, "an item of on", expectation)
        return nil
    }
}
