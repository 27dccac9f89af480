import SourceDiagnostics
import YAMLTree

/// A tree as text: scalars quoted, maps in braces, lists in brackets.
func shape(_ node: YAMLNode) -> String {
    switch node.kind {
    case .scalar: "\"\(node.text)\""
    case .sequence: "[\(node.items.map(shape).joined(separator: ", "))]"
    case .mapping: "{\(node.pairs.map { "\(shape($0.key)): \(shape($0.value))" }.joined(separator: ", "))}"
    }
}

/// What is wrong with a text: each problem in one line, of a tree or instead of one.
func problems(_ text: String, limits: YAMLLimits = YAMLLimits()) -> [String] {
    problems(Array(text.utf8), limits: limits)
}

func problems(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> [String] {
    do {
        return try YAMLParser.parse(SourceText(name: "a", bytes: bytes), limits: limits).problems.map(\.summary)
    } catch {
        return error.diagnostics.map(\.summary)
    }
}

func tree(_ text: String) throws(YAMLError) -> YAMLNode {
    try YAMLParser.parse(SourceText(name: "a", text: text), marking: UInt8(ascii: "$")).root
}
