/// What the parts of a check were made from, as far as they came from variables or a row: what a check's texts alone do
/// not tell, and what its identity needs so as not to be made of secrets.
///
/// One object for each such check, as most checks have none and a check is costly to copy.
package final class CheckOrigin: Sendable {
    /// What was filled in, each once, in order.
    package let references: [CheckReference]
    /// The matrix or data row.
    package let row: [RowValue]
    /// The derived name without the number that tells it from namesakes, if the check has such a number.
    package let stem: String?
    /// Whether the name was made of method, route, path and row.
    package let hasDerivedName: Bool

    /// Creates an origin.
    package init(
        references: [CheckReference] = [],
        row: [RowValue] = [],
        stem: String? = nil,
        hasDerivedName: Bool = false
    ) {
        self.references = references
        self.row = row
        self.stem = stem
        self.hasDerivedName = hasDerivedName
    }
}

/// A variable that a part of a check was made from.
package struct CheckReference: Sendable, Hashable {
    /// The key of the check, as the job file has it.
    package enum Part: String, Sendable, Hashable {
        case name, route, path, method, headers, body, expect
        case parameters = "params"
        case bodyFile = "body-file"
    }

    /// Where it was filled in.
    package var part: Part
    /// The variable's name.
    package var name: String
    /// What it stood for.
    package var value: String

    /// Creates a reference.
    package init(part: Part, name: String, value: String) {
        self.part = part
        self.name = name
        self.value = value
    }
}

/// One name of a check's matrix or data row with its value.
package struct RowValue: Sendable, Hashable {
    /// The name.
    package var name: String
    /// The value as names of checks show it.
    package var label: String
    /// The names of the variables that the value was made from.
    package var sources: [String]
    /// The row's number among those of the check, from 0.
    package var number: Int

    /// Creates a value.
    package init(name: String, label: String, sources: [String], number: Int) {
        self.name = name
        self.label = label
        self.sources = sources
        self.number = number
    }
}
