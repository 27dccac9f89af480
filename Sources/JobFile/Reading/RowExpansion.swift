internal import YAMLTree

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
