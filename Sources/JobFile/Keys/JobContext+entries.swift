internal import SourceDiagnostics
internal import YAMLTree

/// A key that the language knows, with its value.
struct Entry<Draft> {
    let key: Key<Draft>
    /// Whether a check has the entry from `defaults`.
    var isDefault = false
    private let keyNumber: UInt32
    let value: Layered

    init(key: Key<Draft>, keyNode: YAMLNode, value: Layered) {
        self.key = key
        keyNumber = keyNode.number
        self.value = value
    }

    var keyNode: YAMLNode { value.own.node(number: keyNumber) }
}

extension JobContext {
    /// The entries of a map whose keys the language knows, the defaults' first; other keys are reported.
    ///
    /// - Parameter keys: The keys that can stand there, if not all of their kind.
    mutating func entries<Draft>(
        of map: Layered,
        _ label: String,
        _ section: Section<Draft>,
        offering keys: [Key<Draft>]? = nil
    ) -> [Entry<Draft>]? {
        guard map.own.kind == .mapping else {
            mismatch(map.own, label, "a map")
            return nil
        }
        let own = knownPairs(of: map.own, label, section, offering: keys)
        guard let base = map.base else { return own }
        var result: [Entry<Draft>] = []
        for entry in knownPairs(of: base, label, section, offering: keys) {
            let above = own.first { $0.key === entry.key }
            let value = above.map { Layered($0.value.own, over: entry.value.own) } ?? entry.value
            result.append(Entry(key: entry.key, keyNode: above?.keyNode ?? entry.keyNode, value: value))
        }
        for entry in own where !result.contains(where: { $0.key === entry.key }) { result.append(entry) }
        return result
    }

    private mutating func knownPairs<Draft>(
        of map: YAMLNode,
        _ label: String,
        _ section: Section<Draft>,
        offering keys: [Key<Draft>]?
    ) -> [Entry<Draft>] {
        let pairs = map.pairs
        var result: [Entry<Draft>] = []
        result.reserveCapacity(pairs.count)
        for (keyNode, value) in pairs where keyNode.kind == .scalar {
            guard let key = section.key(named: keyNode.text) else {
                reportUnknown(keyNode, label, section, keys ?? section.keys)
                continue
            }
            // The tree has reported a key that stands twice; its first value counts.
            guard !result.contains(where: { $0.key === key }) else { continue }
            result.append(Entry(key: key, keyNode: keyNode, value: Layered(value)))
        }
        return result
    }

    private mutating func reportUnknown<Draft>(
        _ keyNode: YAMLNode,
        _ label: String,
        _ section: Section<Draft>,
        _ keys: [Key<Draft>]
    ) {
        let name = keyNode.text
        if let colon = name.firstIndex(of: ":"), keys.contains(where: { $0.name == name[..<colon] }) {
            let help = "a space is missing behind \"\(name[...colon])\""
            error("unknown key \"\(name)\" in \(label)", at: keyNode, help: help)
        } else if let help = section.misplacedHelp(name) {
            error("unknown key \"\(name)\" in \(label)", at: keyNode, help: help)
        } else if let key = section.key(deniedBy: name, among: keys) {
            // The name that is nearest would say the opposite.
            let help = section.opposite(of: key).map { "write \($0)" } ?? self.help(listing: keys)
            error("unknown key \"\(name)\" in \(label)", at: keyNode, help: help)
        } else if let key = section.key(meantBy: name, among: keys) {
            let message = "unknown key \"\(name)\"; did you mean \"\(key.name)\"?"
            error(message, at: keyNode, replacement: key.name)
        } else {
            error("unknown key \"\(name)\" in \(label)", at: keyNode, help: help(listing: keys))
        }
    }

    private func help<Draft>(listing keys: [Key<Draft>]) -> String {
        "the keys are \(keys.map(\.name).joined(separator: ", "))"
    }

    /// Reports keys that cannot stand together, at the second of them.
    mutating func reportConflicts<Draft>(in entries: [Entry<Draft>], _ section: Section<Draft>) {
        // Hardly a map has two such keys, and each check of a file is asked.
        guard entries.count(where: { section.isExclusive($0.key) }) > 1 else { return }
        for (place, entry) in entries.enumerated() {
            let earlier = entries[..<place].first { section.excludes($0.key, entry.key) }
            guard let earlier else { continue }
            error(
                "\"\(entry.key.name)\" cannot stand beside \"\(earlier.key.name)\"",
                at: entry.keyNode,
                notes: [note("\"\(earlier.key.name)\" is here", at: earlier.keyNode)]
            )
        }
    }

    /// Reports a key that the map needs, at the map's first key.
    mutating func reportMissing(_ message: String, in map: YAMLNode, help: String? = nil) {
        let first = map.pairs.first { _ in true }
        error(message, at: first?.key ?? map, help: help)
    }
}
