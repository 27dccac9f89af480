internal import Checks
internal import YAMLTree

/// The keys of `retry`.
enum RetryKeys {
    static let section = Section<RetryPolicy>([
        Key(
            "attempts",
            .integer(1...1000),
            default: .value("1"),
            aliases: ["count", "times", "retries", "max", "max-attempts"],
            "How many attempts there are in total.",
            into: { $0.attempts = $1 }
        ),
        Key(
            "delay",
            .delay,
            default: .value("500ms"),
            aliases: ["interval"],
            "The delay before the second attempt.",
            into: { $0.delay = $1 }
        ),
        Key(
            "factor",
            .number(1...Double.infinity),
            default: .value("2"),
            aliases: ["backoff"],
            "By how much each further delay grows.",
            into: { $0.factor = $1 }
        ),
        Key(
            "max-delay",
            .delay,
            default: .value("30s"),
            "The longest delay, also for a Retry-After.",
            into: { $0.maximumDelay = $1 }
        ),
        Key(
            "jitter",
            .number(0...1),
            default: .value("0.1"),
            "By which share of itself a delay varies at random.",
            into: { $0.jitter = $1 }
        ),
        Key(
            "on",
            .triggers,
            default: .words("connect, timeout, 429, 502, 503 and 504"),
            aliases: ["statuses"],
            "What is worth another attempt: connect, timeout and statuses.",
            into: { $0.triggers = $1 }
        ),
        Key(
            "non-idempotent",
            .boolean,
            "true repeats POST and PATCH too.",
            into: { $0.includesNonIdempotent = $1 }
        ),
    ])
}

// MARK: Values

extension ValueType<RetryPolicy> {
    /// A map of `retry`.
    static let retry = Self.layered(.reference("retry")) { context, map, label in
        if map.own.kind == .scalar, case .integer(let count) = map.own.coreValue {
            context.mismatch(map.own, label, "a map", help: "write {attempts: \(count)}, the first one counted")
            return nil
        }
        guard let entries = context.entries(of: map, label, RetryKeys.section) else { return nil }
        var policy = RetryPolicy()
        for entry in entries { entry.key.read(entry, into: &policy, in: &context) }
        reportDelayBeyondLongest(policy, entries, in: &context)
        return policy
    }
}

extension ValueType<RetryPolicy> {
    /// Reports a delay that is cut to the longest one.
    private static func reportDelayBeyondLongest(
        _ policy: RetryPolicy,
        _ entries: [Entry<RetryPolicy>],
        in context: inout JobContext
    ) {
        guard policy.delay > policy.maximumDelay, let delay = entries.first(where: { $0.key.name == "delay" }) else {
            return
        }
        guard let longest = entries.first(where: { $0.key.name == "max-delay" }) else {
            let help = "write \"max-delay\" too"
            context.warning(
                "no delay is longer than \"max-delay\", which is 30s unless given",
                at: delay.keyNode,
                help: help
            )
            return
        }
        let notes = [context.note("\"delay\" is here", at: delay.keyNode)]
        context.error("\"max-delay\" is shorter than \"delay\"", at: longest.keyNode, notes: notes)
    }
}

extension ValueType<Set<RetryPolicy.Trigger>> {
    /// What is worth another attempt, at least one thing.
    static let triggers = Self(
        .list(of: .anyOf([.choice(["connect", "timeout"]), .integer(StatusText.codes)]), atLeast: 1)
    ) { context, node, label in
        let triggers = context.list(node, label, "a list") { trigger($1, "an item of \(label)", in: &$0) }
        guard let triggers else { return nil }
        guard !triggers.isEmpty else {
            let help = "leave \"retry\" out to try once"
            context.error("\(label) must have at least one item", at: node, help: help)
            return nil
        }
        return Set(triggers)
    }

    private static func trigger(
        _ node: YAMLNode,
        _ label: String,
        in context: inout JobContext
    ) -> RetryPolicy.Trigger? {
        let expectation = "connect, timeout or a status such as 503"
        guard let value = context.scalar(node, label, expectation) else { return nil }
        switch value.text {
        case "connect": return .connect
        case "timeout": return .timeout
        default: break
        }
        if case .code(let code)? = StatusText.parse(value.text) { return .status(code) }
        context.mismatch(value, label, expectation)
        return nil
    }
}
