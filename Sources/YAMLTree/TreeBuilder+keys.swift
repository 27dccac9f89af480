internal import SourceDiagnostics

extension TreeBuilder {
    /// Reports each key of a finished map that an earlier one equals, with a note at that one.
    mutating func checkDuplicates(in mapping: Int) {
        let count = Int(records[mapping].first) / 2
        guard count > 1 else { return }
        // Comparing each with each is fastest for the few keys that maps have; a table keeps long maps linear.
        guard count > 16 else { return checkDuplicatesPairwise(in: mapping) }
        let keys = pairs(of: mapping).map(\.key)
        var seen: [ArraySlice<UInt8>: Int] = [:]
        for key in keys where records[resolve(key)].kind == .scalar {
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
                earlier = next(next(earlier))
            }
            key = next(next(key))
        }
    }

    /// The index after the subtree at `index`.
    private func next(_ index: Int) -> Int {
        records[index].kind == .scalar ? index + 1 : Int(records[index].second)
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
            reference.isMarked = records[resolve(target)].isMarked
            records.append(reference)
        }
        records[container.index].kind = .reference
        records[container.index].first = UInt32(index)
        records[container.index].second = UInt32(end)
    }

    private mutating func mergeSources(_ value: Int) -> [Int] {
        let node = resolve(value)
        switch records[node].kind {
        case .mapping:
            return [node]
        case .sequence:
            let items = children(of: node)
            let sources = items.filter { records[resolve($0)].kind == .mapping }
            for item in items where records[resolve(item)].kind != .mapping { reportMerge(item) }
            return sources.map(resolve)
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
        let record = records[resolve(index)]
        guard record.kind == .scalar else { return [] }
        return text[Int(record.first)..<Int(record.first) + Int(record.second)]
    }

    private func isSameText(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (records[resolve(left)], records[resolve(right)])
        return first.kind == .scalar && second.kind == .scalar && first.second == second.second
            && bytes(of: left) == bytes(of: right)
    }

    private func children(of index: Int) -> [Int] {
        let node = resolve(index)
        let end = Int(records[node].second)
        var children: [Int] = []
        children.reserveCapacity(Int(records[node].first))
        var child = node + 1
        while child < end {
            children.append(child)
            child = next(child)
        }
        return children
    }

    private func pairs(of index: Int) -> [(key: Int, value: Int)] {
        let children = children(of: index)
        return stride(from: 0, to: children.count - 1, by: 2).map { (children[$0], children[$0 + 1]) }
    }
}
