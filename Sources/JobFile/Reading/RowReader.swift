internal import JSONDocument
internal import YAMLTree

/// Reads `matrix` and `rows`; nothing passes by having none.
enum RowReader {
    /// The rows of a check that has such keys; `nil` where something of them is wrong.
    static func expansion(
        _ makers: [Entry<CheckDraft>],
        _ draft: CheckDraft,
        in context: inout JobContext
    ) -> RowExpansion? {
        var draft = draft
        for maker in makers {
            maker.key.read(maker, into: &draft, in: &context)
            guard draft.expansion?.isComplete == true else { return nil }
        }
        guard let expansion = draft.expansion, !reportSharedNames(expansion, in: &context) else { return nil }
        return expansion
    }

    @Sendable
    static func readMatrix(
        in context: inout JobContext,
        _ entry: Entry<CheckDraft>,
        into draft: inout CheckDraft
    ) -> Void? {
        expand(draft: &draft, by: entry) { read(matrix: entry.value.own, into: &$0, in: &context) }
    }

    @Sendable
    static func readRows(
        in context: inout JobContext,
        _ entry: Entry<CheckDraft>,
        into draft: inout CheckDraft
    ) -> Void? {
        expand(draft: &draft, by: entry) { read(rows: entry.value.own, into: &$0, in: &context) }
    }

    /// Lets a reader add to the expansion of a check; it returns whether all of it could be read.
    private static func expand(
        draft: inout CheckDraft,
        by entry: Entry<CheckDraft>,
        _ read: (inout RowExpansion) -> Bool
    ) -> Void? {
        var expansion = draft.expansion ?? RowExpansion(keyNode: entry.keyNode)
        expansion.keyNode = entry.keyNode
        expansion.isComplete = read(&expansion)
        draft.expansion = expansion
        return expansion.isComplete ? () : nil
    }

    private static func read(
        matrix node: YAMLNode,
        into expansion: inout RowExpansion,
        in context: inout JobContext
    ) -> Bool {
        guard let entries = context.openEntries(of: Layered(node), "matrix") else { return false }
        guard !entries.isEmpty else {
            context.error("matrix must have at least one name", at: node)
            return false
        }
        var isComplete = true
        for (key, value) in entries {
            guard value.own.kind == .sequence else {
                context.mismatch(value.own, "\"\(key.text)\"", "a list")
                isComplete = false
                continue
            }
            guard value.own.items.count > 0 else {
                context.error(
                    "\"\(key.text)\" must have at least one item, or there is nothing to check",
                    at: value.own
                )
                isComplete = false
                continue
            }
            expansion.multiply(by: value.own.items.count)
            guard expansion.count <= context.decoder.checkLimit else { continue }
            let axis = value.own.items.enumerated().map { binding(key, $1, number: $0, in: &context) }
            if axis.contains(where: { $0 == nil }) { isComplete = false }
            expansion.axes.append(axis.compactMap { $0 })
            expansion.names.append(key)
        }
        return isComplete
    }

    private static func read(
        rows node: YAMLNode,
        into expansion: inout RowExpansion,
        in context: inout JobContext
    ) -> Bool {
        guard node.kind == .sequence else {
            context.mismatch(node, "rows", "a list of maps")
            return false
        }
        guard node.items.count > 0 else {
            context.error("rows must have at least one row, or there is nothing to check", at: node)
            return false
        }
        var isComplete = true
        var rows: [[RowBinding]] = []
        for (number, item) in node.items.enumerated() {
            guard let entries = context.openEntries(of: Layered(item), "a row") else {
                isComplete = false
                continue
            }
            guard !entries.isEmpty else {
                context.error("a row must have at least one name", at: item)
                isComplete = false
                continue
            }
            let row = entries.map { binding($0.key, $0.value.own, number: number, in: &context) }
            if row.contains(where: { $0 == nil }) { isComplete = false }
            rows.append(row.compactMap { $0 })
            expansion.names += entries.map(\.key)
        }
        expansion.rows = rows
        expansion.multiply(by: rows.count)
        return isComplete
    }

    /// One name with its value, whose own `${…}` see the file's `vars` and the environment but no row.
    private static func binding(
        _ key: YAMLNode,
        _ node: YAMLNode,
        number: Int,
        in context: inout JobContext
    ) -> RowBinding? {
        guard node.isMarked else { return plainBinding(key, node, number: number, in: &context) }
        context.trace.begin()
        var binding = plainBinding(key, node, number: number, in: &context)
        binding?.sources = context.trace.end().map(\.name)
        return binding
    }

    private static func plainBinding(
        _ key: YAMLNode,
        _ node: YAMLNode,
        number: Int,
        in context: inout JobContext
    ) -> RowBinding? {
        let name = key.text
        guard JobContext.isVariableName(name) else {
            context.reportName(key)
            return nil
        }
        guard !node.isBroken, let value = context.resolve(node, withRow: false) else { return nil }
        switch value {
        case .text(let text):
            guard !text.isEmpty || !context.reportEmptyVariable(node) else { return nil }
            return RowBinding(name: name, value: value, label: text, number: number)
        case .node(let target) where target.kind == .scalar:
            let text = target.text
            guard !text.isEmpty || !context.reportEmptyVariable(node) else { return nil }
            return RowBinding(name: name, value: value, label: text, number: number)
        case .node(let target):
            return context.json(Layered(target)).map {
                RowBinding(name: name, value: value, label: $0.text(), number: number)
            }
        }
    }

    /// Reports names that both the matrix and a row have.
    private static func reportSharedNames(_ expansion: RowExpansion, in context: inout JobContext) -> Bool {
        let axes = Set(expansion.axes.compactMap(\.first?.name))
        guard !axes.isEmpty, expansion.rows.contains(where: { $0.contains { axes.contains($0.name) } }) else {
            return false
        }
        for name in axes.sorted() {
            let same = expansion.names.filter { $0.text == name }
            guard let first = same.first, let second = same.dropFirst().first else { continue }
            let notes = [context.note("\"\(name)\" is here", at: first)]
            context.error("\"\(name)\" stands both in the matrix and in a row", at: second, notes: notes)
        }
        return true
    }
}

/// The rows that one check becomes: its data rows, each with every combination of its matrix.
struct RowExpansion {
    /// The data rows; one empty row where the check has none.
    var rows: [[RowBinding]] = [[]]
    /// The matrix: each name with its values.
    var axes: [[RowBinding]] = []
    /// How many checks there are; clamped, so that it never overflows.
    var count = 1
    /// The last of the keys that make them.
    var keyNode: YAMLNode
    /// Where the names of the matrix and the rows are.
    var names: [YAMLNode] = []
    /// Whether nothing of them is wrong.
    var isComplete = true

    init(keyNode: YAMLNode) {
        self.keyNode = keyNode
    }

    /// The row at a place; the last name of the matrix changes fastest.
    func row(_ place: Int) -> [RowBinding] {
        var rest = place
        var combination: [RowBinding] = []
        for axis in axes.reversed() {
            combination.append(axis[rest % axis.count])
            rest /= axis.count
        }
        return rows[rest] + combination.reversed()
    }

    /// Takes in a factor of the number of checks.
    mutating func multiply(by factor: Int) {
        let (product, overflows) = count.multipliedReportingOverflow(by: factor)
        count = overflows ? Int.max : product
    }
}
