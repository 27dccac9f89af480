internal import Checks
internal import YAMLTree

extension JobContext {
    /// A duration such as `250ms`, `10s`, `1m30s` or `2h`.
    mutating func duration(_ node: YAMLNode, _ label: String, orZero: Bool = false) -> Duration? {
        let expectation = "a duration such as 250ms, 10s, 1m30s or 2h"
        guard let value = scalar(node, label, expectation) else { return nil }
        guard let duration = DurationText.parse(value.text) else {
            let isBare = !value.text.isEmpty && value.text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            let help = isBare ? "write the unit, such as \(value.text)s" : DurationText.help(with: value.text)
            mismatch(value, label, expectation, help: help)
            return nil
        }
        guard orZero || duration > .zero else {
            error("\(label) must be longer than 0", at: node)
            return nil
        }
        return duration
    }

    /// A size in bytes such as `512`, `64KiB` or `10MB`.
    mutating func size(_ node: YAMLNode, _ label: String) -> Int? {
        parsed(node, label, "a size such as 512, 64KiB or 10MB", by: ByteSizeText.parse)
    }

    /// A rate such as `50/s` or `600/min`.
    mutating func rate(_ node: YAMLNode, _ label: String) -> RequestRate? {
        parsed(node, label, "a number of requests in a time, such as 50/s or 600/min", by: RateText.parse)
    }

    /// A scalar that a reader of texts takes; what was expected is said where it does not.
    private mutating func parsed<Value>(
        _ node: YAMLNode,
        _ label: String,
        _ expectation: String,
        by parse: (String) -> Value?
    ) -> Value? {
        guard let value = scalar(node, label, expectation) else { return nil }
        guard let result = parse(value.text) else {
            mismatch(value, label, expectation)
            return nil
        }
        return result
    }

    /// A status, a class, a range, or a list of them.
    mutating func statusSet(_ node: YAMLNode, _ label: String) -> StatusSet? {
        following(node) { $0.readStatusSet($1, label) }
    }

    private mutating func readStatusSet(_ node: YAMLNode, _ label: String) -> StatusSet? {
        guard node.kind == .sequence else {
            return statusPart(node, label).map { $0 == .range(200...299) ? .successful : StatusSet([$0]) }
        }
        var parts: [StatusSet.Part] = []
        var isComplete = true
        for item in node.items {
            guard let part = statusPart(item, label) else {
                isComplete = false
                continue
            }
            parts.append(part)
        }
        guard isComplete else { return nil }
        guard !parts.isEmpty else {
            error("\(label) must have at least one status", at: node)
            return nil
        }
        return StatusSet(parts)
    }

    private mutating func statusPart(_ node: YAMLNode, _ label: String) -> StatusSet.Part? {
        let expectation = "a status such as 200, a class such as 2xx or a range such as 200-204"
        return parsed(node, label, expectation, by: StatusText.parse)
    }
}
