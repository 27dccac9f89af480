internal import SourceDiagnostics

// What holds of keys that libyaml does not look at: no two are equal, and `<<` merges.
extension TreeBuilder {
    /// Reports each key of a finished map that an earlier one equals, with a note at that one.
    mutating func checkDuplicates(in mapping: Int) {
        let count = Int(records[mapping].first) / 2
        guard count > 1 else { return }
        // Comparing each with each is fastest for the few keys that maps have; a table keeps long maps linear.
        guard count > 16 else { return checkDuplicatesPairwise(in: mapping) }
        let keys = pairs(of: mapping).map(\.key)
        var seen: [ArraySlice<UInt8>: Int] = [:]
        for key in keys where records[records.resolve(key)].kind == .scalar {
            if let first = seen.updateValue(key, forKey: bytes(of: key)) {
                seen[bytes(of: key)] = first
                reportDuplicate(key, of: first)
            }
        }
    }

    private mutating func checkDuplicatesPairwise(in mapping: Int) {
        let end = Int(records[mapping].second)
        var key = mapping + 1
        while key < end {
            var earlier = mapping + 1
            while earlier < key {
                if isSameText(earlier, key) {
                    reportDuplicate(key, of: earlier)
                    break
                }
                earlier = records.end(of: records.end(of: earlier))
            }
            key = records.end(of: records.end(of: key))
        }
    }

    /// Replaces a finished map that has `<<` keys by one in which they are merged.
    ///
    /// The map's own keys win over merged ones, and earlier sources win over later ones. Merged keys stand where their
    /// `<<` stood. The new map consists of references to what is already there.
    mutating func merge(_ container: OpenContainer) {
        let own = pairs(of: container.index)
        var taken = Set(own.filter { !isMergeKey($0.key) }.map { bytes(of: $0.key) })
        var merged: [(key: Int, value: Int)] = []
        for pair in own {
            guard isMergeKey(pair.key) else {
                merged.append(pair)
                continue
            }
            for source in mergeSources(pair.value) {
                for inherited in pairs(of: source) where taken.insert(bytes(of: inherited.key)).inserted {
                    merged.append(inherited)
                }
            }
        }
        let index = records.count
        let end = index + 1 + merged.count * 2
        var mapping = records[container.index]
        mapping.first = UInt32(merged.count * 2)
        mapping.second = UInt32(end)
        records.append(mapping)
        for target in merged.flatMap({ [$0.key, $0.value] }) {
            var reference = NodeRecord(
                kind: .reference,
                position: records[target].position,
                first: UInt32(target),
                second: UInt32(records.count + 1)
            )
            reference.isMarked = records[records.resolve(target)].isMarked
            records.append(reference)
        }
        records[container.index].kind = .reference
        records[container.index].first = UInt32(index)
        records[container.index].second = UInt32(end)
    }

    private mutating func mergeSources(_ value: Int) -> [Int] {
        let node = records.resolve(value)
        switch records[node].kind {
        case .mapping:
            return [node]
        case .sequence:
            let items = children(of: node)
            let sources = items.filter { records[records.resolve($0)].kind == .mapping }
            for item in items where records[records.resolve(item)].kind != .mapping { reportMerge(item) }
            return sources.map(records.resolve)
        case .scalar, .reference:
            if records[node].tag != .broken { reportMerge(value) }
            return []
        }
    }

    private mutating func reportMerge(_ value: Int) {
        report("\"<<\" merges a map or a list of maps, nothing else", at: records[value].position, span(of: value))
    }

    private mutating func reportDuplicate(_ key: Int, of first: Int) {
        let name = String(decoding: bytes(of: key), as: UTF8.self)
        let note = Diagnostic.Note(
            "\"\(name)\" stands here first",
            file: source.name,
            position: records[first].position,
            length: span(of: first)
        )
        report("the key \"\(name)\" stands twice in this map", at: records[key].position, span(of: key), notes: [note])
    }

    private func span(of index: Int) -> Int { max(1, Int(records[index].span)) }

    private func isMergeKey(_ key: Int) -> Bool {
        let record = records[key]
        return record.kind == .scalar && record.style == .plain && record.tag == .none
            && bytes(of: key).elementsEqual("<<".utf8)
    }

    private func bytes(of index: Int) -> ArraySlice<UInt8> {
        let record = records[records.resolve(index)]
        guard record.kind == .scalar else { return [] }
        return text[Int(record.first)..<Int(record.first) + Int(record.second)]
    }

    private func isSameText(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (records[records.resolve(left)], records[records.resolve(right)])
        return first.kind == .scalar && second.kind == .scalar && first.second == second.second
            && bytes(of: left) == bytes(of: right)
    }

    private func children(of index: Int) -> [Int] {
        let node = records.resolve(index)
        let end = Int(records[node].second)
        var children: [Int] = []
        children.reserveCapacity(Int(records[node].first))
        var child = node + 1
        while child < end {
            children.append(child)
            child = records.end(of: child)
        }
        return children
    }

    private func pairs(of index: Int) -> [(key: Int, value: Int)] {
        let children = children(of: index)
        return stride(from: 0, to: children.count - 1, by: 2).map { (children[$0], children[$0 + 1]) }
    }
}

// What tags mean: those of the core schema, and no others.
extension TreeBuilder {
    private static let prefix = "tag:yaml.org,2002:"

    /// The meaning of a scalar's tag; a tag that is foreign or does not fit the text is reported.
    mutating func scalarTag(_ tag: String, of text: UnsafeBufferPointer<UInt8>, at position: SourcePosition)
        -> YAMLNode.Tag
    {
        let value = CoreValue.resolve(text)
        switch tag {
        case "!", Self.prefix + "str":
            return .string
        case Self.prefix + "int":
            if case .integer = value { return .integer }
        case Self.prefix + "float":
            switch value {
            case .integer, .float: return .float
            default: break
            }
        case Self.prefix + "bool":
            if case .boolean = value { return .boolean }
        case Self.prefix + "null":
            if value == .null { return .null }
        case Self.prefix + "map", Self.prefix + "seq":
            break
        default:
            reportForeign(tag, at: position)
            return .broken
        }
        report("the value is not what its tag \(shown(tag)) says", at: position, shown(tag).unicodeScalars.count)
        return .broken
    }

    /// Reports a map's or list's tag that is foreign or belongs to something else.
    mutating func checkContainerTag(_ tag: String, _ kind: NodeRecord.Kind, at position: SourcePosition) {
        let own = Self.prefix + (kind == .mapping ? "map" : "seq")
        guard tag != own, tag != "!" else { return }
        guard ["str", "int", "float", "bool", "null", "map", "seq"].contains(where: { tag == Self.prefix + $0 }) else {
            return reportForeign(tag, at: position)
        }
        report("the value is not what its tag \(shown(tag)) says", at: position, shown(tag).unicodeScalars.count)
    }

    private mutating func reportForeign(_ tag: String, at position: SourcePosition) {
        let core = "!!str, !!int, !!float, !!bool, !!null, !!map and !!seq"
        report(
            "unknown tag \(shown(tag)); only the core tags exist: \(core)",
            at: position,
            shown(tag).unicodeScalars.count
        )
    }

    /// A tag the way people write it.
    private func shown(_ tag: String) -> String {
        if tag.hasPrefix(Self.prefix) { return "!!" + tag.dropFirst(Self.prefix.count) }
        return tag.hasPrefix("!") ? tag : "!<\(tag)>"
    }
}
