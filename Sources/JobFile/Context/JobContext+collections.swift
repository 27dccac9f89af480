internal import YAMLTree

/// Lists, and maps whose keys the language does not know.
extension JobContext {
    /// The items of a list, each read by `read`; `nil` where the value is no list or an item is wrong.
    mutating func list<Item>(
        _ node: YAMLNode,
        _ label: String,
        _ expectation: String = "a list",
        _ read: (inout JobContext, YAMLNode) -> Item?
    ) -> [Item]? {
        following(node) { reader, node in
            guard node.kind == .sequence else {
                reader.mismatch(node, label, expectation)
                return nil
            }
            var result: [Item] = []
            var isComplete = true
            for item in node.items {
                guard let value = read(&reader, item) else {
                    isComplete = false
                    continue
                }
                result.append(value)
            }
            return isComplete ? result : nil
        }
    }

    /// The values of a map whose keys are the author's own, each read by `read`; one that is wrong is left out.
    mutating func openValues<Value>(
        of map: Layered,
        _ label: String,
        ignoringCase: Bool = false,
        _ read: (inout JobContext, _ key: YAMLNode, Layered) -> Value?
    ) -> [Value]? {
        guard let entries = openEntries(of: map, label, ignoringCase: ignoringCase) else { return nil }
        return openValues(of: entries, read)
    }

    /// The values of entries, each read by `read`; one that is wrong is left out.
    mutating func openValues<Value>(
        of entries: [(key: YAMLNode, value: Layered)],
        _ read: (inout JobContext, _ key: YAMLNode, Layered) -> Value?
    ) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(entries.count)
        for (key, value) in entries {
            if let value = accounting(for: key.text, at: key, { read(&$0, key, value) }) { values.append(value) }
        }
        return values
    }

    /// The entries of a map whose keys are the author's own, the defaults' first.
    mutating func openEntries(
        of map: Layered,
        _ label: String,
        ignoringCase: Bool = false
    ) -> [(key: YAMLNode, value: Layered)]? {
        guard map.own.kind == .mapping else {
            mismatch(map.own, label, "a map")
            return nil
        }
        guard let base = map.base else {
            let pairs = map.own.pairs
            var result: [(key: YAMLNode, value: Layered)] = []
            result.reserveCapacity(pairs.count)
            for (key, value) in pairs where key.kind == .scalar { result.append((key, Layered(value))) }
            return result
        }
        var own = scalarPairs(of: map.own)
        var result: [(key: YAMLNode, value: Layered)] = []
        for (key, value) in scalarPairs(of: base) {
            let name = ignoringCase ? key.text.lowercased() : key.text
            if let place = own.firstIndex(where: { (ignoringCase ? $0.key.text.lowercased() : $0.key.text) == name }) {
                let above = own.remove(at: place)
                result.append((above.key, Layered(above.value, over: value)))
            } else {
                result.append((key, Layered(value)))
            }
        }
        return result + own.map { ($0.key, Layered($0.value)) }
    }

    private func scalarPairs(of map: YAMLNode) -> [(key: YAMLNode, value: YAMLNode)] {
        map.pairs.filter { $0.key.kind == .scalar }
    }
}
