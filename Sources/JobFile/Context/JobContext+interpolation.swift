internal import SourceDiagnostics
internal import Text
internal import YAMLTree

/// What a scalar stands for once its `${…}` are filled in.
enum Resolved {
    /// A node of the file: the scalar itself, or what one whole `${NAME}` refers to, with its type.
    case node(YAMLNode)
    /// Text from outside, or put together from several parts.
    case text(String)
}

/// One name of a matrix or data row.
struct RowBinding {
    let name: String
    let value: Resolved
    /// The value as names of checks show it.
    let label: String
}

/// One of the file's `vars`.
enum Variable {
    case waiting(YAMLNode)
    /// Being filled in: a reference to it now would go round in circles.
    case open(YAMLNode)
    case ready(YAMLNode, Resolved)
    /// Has been reported.
    case broken
}

extension JobContext {
    /// The longest text that interpolation may make, in bytes.
    static let longestText = 1024 * 1024

    /// How deep defaults may lie inside one another.
    private static let deepestDefault = 8

    /// Fills in a node's `${…}`; maps and lists are answered as they are, to be filled in item by item.
    mutating func resolve(_ node: YAMLNode, withRow: Bool = true) -> Resolved? {
        guard node.kind == .scalar, node.isMarked else { return .node(node) }
        let text = node.text
        warnOfBareReference(text, in: node)
        do throws(Template.Refusal) {
            let template = try Template(text[...])
            if let reference = template.whole {
                if case .none = reference.fallback { return lookUp(reference, in: node, withRow: withRow) }
                // A value that is there keeps its type whatever would have stood in for it.
                if case .node(let target)?? = find(String(reference.name), withRow: withRow),
                    target.kind != .scalar || !target.text.isEmpty
                {
                    return .node(target)
                }
            }
            return try fill(template, in: node, withRow: withRow, depth: 0).map { .text($0) }
        } catch {
            reportReference(error.message, in: node, offset: error.offset, length: 1)
            return nil
        }
    }

    /// Reads the node that a value stands for, for values that can be lists or maps.
    ///
    /// A list or map of a row is read without the row in sight, so that it cannot hold itself. Text from outside is
    /// passed on as the scalar that refers to it.
    mutating func following<Value>(_ node: YAMLNode, _ read: (inout JobContext, YAMLNode) -> Value?) -> Value? {
        guard node.isMarked else { return read(&self, node) }
        switch resolve(node) {
        case nil:
            return nil
        case .text:
            return read(&self, node)
        case .node(let target):
            guard target.kind != .scalar, node.kind == .scalar else { return read(&self, node) }
            let current = row
            row = []
            defer { row = current }
            return read(&self, target)
        }
    }

    /// Whether a scalar stands for a list or a map of the row.
    mutating func standsForContainer(_ node: YAMLNode) -> Bool {
        guard node.isMarked, case .node(let target)? = resolve(node) else { return false }
        return target.kind != .scalar
    }

    private mutating func fill(
        _ template: Template,
        in node: YAMLNode,
        withRow: Bool,
        depth: Int
    ) throws(Template.Refusal) -> String? {
        var result = ""
        var isComplete = true
        for part in template.parts {
            switch part {
            case .literal(let literal):
                result += literal
            case .reference(let reference):
                guard let value = try value(reference, in: node, withRow: withRow, depth: depth) else {
                    isComplete = false
                    continue
                }
                result += value
            }
            guard result.utf8.count <= Self.longestText else {
                error("the text is longer than 1 MiB when its variables are filled in", at: node)
                return nil
            }
        }
        return isComplete ? result : nil
    }

    private mutating func value(
        _ reference: Template.Reference,
        in node: YAMLNode,
        withRow: Bool,
        depth: Int
    ) throws(Template.Refusal) -> String? {
        switch reference.fallback {
        case .none, .message:
            guard let found = lookUp(reference, in: node, withRow: withRow) else { return nil }
            return plain(found, of: reference, in: node)
        case .text(let fallback):
            if let found = find(String(reference.name), withRow: withRow) {
                guard let value = found else { return nil }
                guard let text = plain(value, of: reference, in: node) else { return nil }
                if !text.isEmpty { return text }
            }
            guard depth < Self.deepestDefault else {
                throw Template.Refusal(message: "defaults lie too deep inside one another", offset: reference.offset)
            }
            let start = reference.offset + "${".utf8.count + reference.name.utf8.count + ":-".utf8.count
            return try fill(Template(fallback, at: start), in: node, withRow: withRow, depth: depth + 1)
        }
    }

    /// The text of a value that becomes part of a longer one.
    private mutating func plain(_ value: Resolved, of reference: Template.Reference, in node: YAMLNode) -> String? {
        switch value {
        case .text(let text): return text
        case .node(let target) where target.kind == .scalar: return target.text
        case .node(let target):
            let kind = target.kind == .mapping ? "a map" : "a list"
            let message = "\"\(reference.name)\" is \(kind), which can only stand alone, not inside a text"
            reportReference(message, in: node, offset: reference.offset, length: reference.name.utf8.count + 3)
            return nil
        }
    }

    /// The value of a reference that has no default; a name that is not set is reported.
    private mutating func lookUp(_ reference: Template.Reference, in node: YAMLNode, withRow: Bool) -> Resolved? {
        let name = String(reference.name)
        let length = name.unicodeScalars.count + 3
        if case .message(let message) = reference.fallback {
            if let found = find(name, withRow: withRow) {
                guard let value = found else { return nil }
                if plain(value, of: reference, in: node) != "" { return value }
            }
            let reason = message.isEmpty ? "the variable \"\(name)\" is not set" : "\(name): \(message)"
            reportReference(reason, in: node, offset: reference.offset, length: length, isAbsence: true)
            return nil
        }
        if let found = find(name, withRow: withRow) {
            if found == nil, case .open? = variables[name] {
                let message = "the variable \"\(name)\" is made from itself"
                reportReference(message, in: node, offset: reference.offset, length: length)
            }
            return found
        }
        let near = closestMatch(to: name, among: knownNames).map { "; did you mean \"\($0)\"?" } ?? ""
        reportReference(
            "the variable \"\(name)\" is not set\(near)",
            in: node,
            offset: reference.offset,
            length: length,
            isAbsence: true
        )
        return nil
    }

    /// Reports a scalar that is empty because the one variable that it names is.
    ///
    /// - Returns: Whether it is.
    mutating func reportEmptyVariable(_ node: YAMLNode) -> Bool {
        guard node.isMarked, let reference = (try? Template(node.text[...]))?.whole else { return false }
        if case .text = reference.fallback { return false }
        reportReference(
            "the variable \"\(reference.name)\" is set but empty",
            in: node,
            offset: reference.offset,
            length: reference.name.unicodeScalars.count + 3,
            isAbsence: true
        )
        return true
    }

    /// Warns of a `$NAME` that looks like a reference and is none, for want of its braces.
    private mutating func warnOfBareReference(_ text: String, in node: YAMLNode) {
        guard let found = Template.bareName(in: text) else { return }
        let isWhole = found.name.utf8.count + 1 == text.utf8.count
        guard isWhole || find(String(found.name), withRow: true) != nil else { return }
        reportReference(
            "\"$\(found.name)\" stands for itself; did you mean \"${\(found.name)}\"?",
            in: node,
            offset: found.offset,
            length: found.name.utf8.count + 1,
            severity: .warning
        )
    }

    private var knownNames: [String] {
        row.map(\.name) + decoder.variables.keys.sorted() + variables.keys.sorted() + decoder.environment.keys.sorted()
    }

    /// The value of a name: `nil` where it is not set, `.some(nil)` where it is set but broken.
    private mutating func find(_ name: String, withRow: Bool) -> Resolved?? {
        if withRow, let binding = row.first(where: { $0.name == name }) { return .some(binding.value) }
        if let value = decoder.variables[name] {
            usedVariables.insert(name)
            return .some(.text(value))
        }
        if variables[name] != nil { return .some(variable(name)) }
        return decoder.environment[name].map { .some(.text($0)) }
    }

    /// Reports a key that is no name for `${…}`.
    mutating func reportName(_ key: YAMLNode) {
        error(
            "\"\(key.text)\" cannot be the name of a variable",
            at: key,
            help: "a name begins with a letter or \"_\" and goes on with letters, digits, \"_\", \"-\" or \".\""
        )
    }

    /// Whether `${…}` can refer to a name.
    static func isVariableName(_ name: String) -> Bool {
        guard let template = try? Template("${\(name)}"[...]), let whole = template.whole else { return false }
        return whole.name == name[...]
    }

    /// The value of one of the file's `vars`, filled in when it is first asked for.
    mutating func variable(_ name: String) -> Resolved? {
        switch variables[name] {
        case .ready(_, let value):
            return value
        case .waiting(let node):
            variables[name] = .open(node)
            let value = resolve(node, withRow: false)
            variables[name] = value.map { .ready(node, $0) } ?? .broken
            return value
        case .open, .broken, nil:
            return nil
        }
    }

    /// Reports a problem at the `$` that stands at a byte of a scalar's text.
    private mutating func reportReference(
        _ message: String,
        in node: YAMLNode,
        offset: Int,
        length: Int,
        isAbsence: Bool = false,
        severity: Diagnostic.Severity = .error
    ) {
        let position = DollarFinder.position(ofByte: offset, of: node, in: source)
        let severity = isAbsence && forgivesAbsence ? .warning : severity
        report(Diagnostic(severity, message, file: source.name, position: position, length: length))
    }
}
