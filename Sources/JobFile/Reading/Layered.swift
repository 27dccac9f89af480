internal import YAMLTree

/// A value of a check over the value that `defaults` has for the same place.
///
/// Two maps merge, key by key and to any depth; everything else of the check's own replaces the default.
struct Layered {
    let own: YAMLNode
    // A number instead of a second handle: entries are copied often, and each handle in them costs a reference count.
    private let baseNumber: UInt32

    init(_ own: YAMLNode, over base: YAMLNode? = nil) {
        self.own = own
        baseNumber = base.map { own.kind == .mapping && $0.kind == .mapping ? $0.number : 0 } ?? 0
    }

    /// The default map beneath an own map; the root, number 0, is no default.
    var base: YAMLNode? { baseNumber == 0 ? nil : own.node(number: baseNumber) }

    /// Whether there is something in it to interpolate.
    var isMarked: Bool { own.isMarked || base?.isMarked == true }
}

/// A key that the language knows, with its value.
struct Entry<Key: JobKey> {
    let key: Key
    /// Whether a check has the entry from `defaults`.
    var isDefault = false
    private let keyNumber: UInt32
    let value: Layered

    init(key: Key, keyNode: YAMLNode, value: Layered) {
        self.key = key
        keyNumber = keyNode.number
        self.value = value
    }

    var keyNode: YAMLNode { value.own.node(number: keyNumber) }
}

extension JobReader {
    /// The entries of a map whose keys the language knows, the defaults' first; other keys are reported.
    ///
    /// - Parameter keys: The keys that can stand there, if not all of their kind.
    mutating func entries<Key: JobKey>(
        of map: Layered,
        _ label: String,
        as type: Key.Type = Key.self,
        offering keys: [Key]? = nil
    ) -> [Entry<Key>]? {
        guard map.own.kind == .mapping else {
            mismatch(map.own, label, "a map")
            return nil
        }
        let own = knownPairs(of: map.own, label, offering: keys)
        guard let base = map.base else { return own }
        var result: [Entry<Key>] = []
        for entry in knownPairs(of: base, label, offering: keys) {
            let above = own.first { $0.key == entry.key }
            let value = above.map { Layered($0.value.own, over: entry.value.own) } ?? entry.value
            result.append(Entry(key: entry.key, keyNode: above?.keyNode ?? entry.keyNode, value: value))
        }
        for entry in own where !result.contains(where: { $0.key == entry.key }) { result.append(entry) }
        return result
    }

    private mutating func knownPairs<Key: JobKey>(
        of map: YAMLNode,
        _ label: String,
        offering keys: [Key]?
    ) -> [Entry<Key>] {
        let pairs = map.pairs
        var result: [Entry<Key>] = []
        result.reserveCapacity(pairs.count)
        for (keyNode, value) in pairs where keyNode.kind == .scalar {
            guard let key = Key.table.key(keyNode) else {
                reportUnknown(keyNode, label, keys ?? Array(Key.allCases))
                continue
            }
            // The tree has reported a key that stands twice; its first value counts.
            guard !result.contains(where: { $0.key == key }) else { continue }
            result.append(Entry(key: key, keyNode: keyNode, value: Layered(value)))
        }
        return result
    }

    private mutating func reportUnknown<Key: JobKey>(_ keyNode: YAMLNode, _ label: String, _ keys: [Key]) {
        let name = keyNode.text
        if let colon = name.firstIndex(of: ":"), keys.contains(where: { $0.rawValue == name[..<colon] }) {
            let help = "a space is missing behind \"\(name[...colon])\""
            error("unknown key \"\(name)\" in \(label)", at: keyNode, help: help)
        } else if let help = Key.help(withMisplaced: name) {
            error("unknown key \"\(name)\" in \(label)", at: keyNode, help: help)
        } else if let key = meant(by: name, among: keys) {
            let message = "unknown key \"\(name)\"; did you mean \"\(key.rawValue)\"?"
            error(message, at: keyNode, replacement: key.rawValue)
        } else {
            let known = keys.map(\.rawValue).joined(separator: ", ")
            error("unknown key \"\(name)\" in \(label)", at: keyNode, help: "the keys are \(known)")
        }
    }

    /// The key that was most likely meant by a name that is none.
    func meant<Key: JobKey>(by name: String, among keys: [Key]) -> Key? {
        if let key = Key.aliases[name.lowercased()], keys.contains(key) { return key }
        return nearest(to: name, among: keys.map(\.rawValue)).flatMap(Key.init(rawValue:))
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

    /// Reports a key that the map needs, at the map's first key.
    mutating func reportMissing(_ message: String, in map: YAMLNode, help: String? = nil) {
        let first = map.pairs.first { _ in true }
        error(message, at: first?.key ?? map, help: help)
    }
}
