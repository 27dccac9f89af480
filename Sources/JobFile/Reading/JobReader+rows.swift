internal import JSONDocument
internal import SourceDiagnostics
internal import YAMLTree

extension JobReader {
    /// The rows of a check that has `matrix`, `rows` or both; nothing passes by having none.
    mutating func readExpansion(_ entries: [Entry<CheckKey>]) -> RowExpansion? {
        let makers = entries.filter { $0.key == .matrix || $0.key == .rows }
        guard let last = makers.last else { return nil }
        var expansion = RowExpansion(keyNode: last.keyNode)
        var keys: [YAMLNode] = []
        for maker in makers {
            let isRead =
                maker.key == .matrix
                ? readMatrix(maker.value.own, into: &expansion, &keys)
                : readRows(maker.value.own, into: &expansion, &keys)
            guard isRead else { return nil }
        }
        return reportSharedNames(expansion, keys) ? nil : expansion
    }

    private mutating func readMatrix(
        _ node: YAMLNode,
        into expansion: inout RowExpansion,
        _ keys: inout [YAMLNode]
    ) -> Bool {
        guard let entries = openEntries(of: Layered(node), "matrix") else { return false }
        guard !entries.isEmpty else {
            error("matrix must have at least one name", at: node)
            return false
        }
        var isComplete = true
        for (key, value) in entries {
            guard value.own.kind == .sequence else {
                mismatch(value.own, "\"\(key.text)\"", "a list")
                isComplete = false
                continue
            }
            guard value.own.items.count > 0 else {
                error("\"\(key.text)\" must have at least one item, or there is nothing to check", at: value.own)
                isComplete = false
                continue
            }
            expansion.multiply(by: value.own.items.count)
            guard expansion.count <= decoder.checkLimit else { continue }
            let axis = value.own.items.map { binding(key, $0) }
            if axis.contains(where: { $0 == nil }) { isComplete = false }
            expansion.axes.append(axis.compactMap { $0 })
            keys.append(key)
        }
        return isComplete
    }

    private mutating func readRows(
        _ node: YAMLNode,
        into expansion: inout RowExpansion,
        _ keys: inout [YAMLNode]
    ) -> Bool {
        guard node.kind == .sequence else {
            mismatch(node, "rows", "a list of maps")
            return false
        }
        guard node.items.count > 0 else {
            error("rows must have at least one row, or there is nothing to check", at: node)
            return false
        }
        var isComplete = true
        var rows: [[RowBinding]] = []
        for item in node.items {
            guard let entries = openEntries(of: Layered(item), "a row") else {
                isComplete = false
                continue
            }
            guard !entries.isEmpty else {
                error("a row must have at least one name", at: item)
                isComplete = false
                continue
            }
            let row = entries.map { binding($0.key, $0.value.own) }
            if row.contains(where: { $0 == nil }) { isComplete = false }
            rows.append(row.compactMap { $0 })
            keys += entries.map(\.key)
        }
        expansion.rows = rows
        expansion.multiply(by: rows.count)
        return isComplete
    }

    /// One name with its value, whose own `${…}` see the file's `vars` and the environment but no row.
    private mutating func binding(_ key: YAMLNode, _ node: YAMLNode) -> RowBinding? {
        let name = key.text
        guard Self.isVariableName(name) else {
            reportName(key)
            return nil
        }
        guard !node.isBroken, let value = resolve(node, withRow: false) else { return nil }
        switch value {
        case .text(let text):
            return RowBinding(name: name, value: value, label: text)
        case .node(let target) where target.kind == .scalar:
            return RowBinding(name: name, value: value, label: target.text)
        case .node(let target):
            // What is inside is filled in where it is used, with the row in sight, so it must not name the row.
            guard !target.isMarked else {
                error("a list or map of a row cannot hold \"${\"", at: target)
                return nil
            }
            return json(Layered(target)).map { RowBinding(name: name, value: value, label: $0.text()) }
        }
    }

    /// Reports names that both the matrix and a row have.
    private mutating func reportSharedNames(_ expansion: RowExpansion, _ keys: [YAMLNode]) -> Bool {
        let axes = Set(expansion.axes.compactMap(\.first?.name))
        guard !axes.isEmpty, expansion.rows.contains(where: { $0.contains { axes.contains($0.name) } }) else {
            return false
        }
        for name in axes.sorted() {
            let same = keys.filter { $0.text == name }
            guard let first = same.first, let second = same.dropFirst().first else { continue }
            let notes = [note("\"\(name)\" is here", at: first)]
            error("\"\(name)\" stands both in the matrix and in a row", at: second, notes: notes)
        }
        return true
    }
}
