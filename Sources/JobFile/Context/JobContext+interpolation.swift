internal import Checks
internal import Redaction
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

/// What a name stands for.
private enum Lookup {
    case value(Resolved)
    case unset
    /// Made of a value that is wrong, which has been reported.
    case broken
    /// Made of itself.
    case circle

    var value: Resolved? {
        if case .value(let value) = self { value } else { nil }
    }
}

/// One name of a matrix or data row.
struct RowBinding {
    let name: String
    let value: Resolved
    /// The value as names of checks show it.
    let label: String
    /// The names of the variables that it was made from.
    var sources: [String] = []
    /// Its number among the items of its list, or that of its row.
    var number = 0
}

/// One of the file's `vars`.
enum Variable {
    case waiting(YAMLNode)
    /// Being filled in: its own name means the next source now, and a reference from elsewhere goes round in circles.
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
    ///
    /// - Parameters:
    ///   - withRow: Whether the names of the row count.
    ///   - refusesEmptyParts: Whether each variable must have a value that is not empty, even beside other text.
    /// - Returns: The value; `nil` where it has none, which has been reported.
    mutating func resolve(_ node: YAMLNode, withRow: Bool = true, refusesEmptyParts: Bool = false) -> Resolved? {
        guard node.kind == .scalar, node.isMarked else { return .node(node) }
        let text = node.text
        warnOfBareReference(text, in: node)
        do throws(Template.Refusal) {
            let template = try Template(text[...])
            if let reference = template.whole {
                if case .none = reference.fallback { return lookUp(reference, in: node, withRow: withRow) }
                // A value that is there keeps its type whatever would have stood in for it.
                if case .node(let target)? = find(String(reference.name), withRow: withRow).value,
                    target.kind != .scalar || !target.text.isEmpty
                {
                    return .node(target)
                }
            }
            return try fill(template, in: node, withRow: withRow, refusesEmptyParts: refusesEmptyParts, depth: 0)
                .map { .text($0) }
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
        refusesEmptyParts: Bool = false,
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
                if refusesEmptyParts, value.isEmpty {
                    reportEmpty(reference, in: node)
                    isComplete = false
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
            switch find(String(reference.name), withRow: withRow) {
            case .value(let value):
                guard let text = plain(value, of: reference, in: node) else { return nil }
                if !text.isEmpty { return text }
            case .unset: break
            case .broken: return nil
            case .circle:
                reportCircle(reference, in: node)
                return nil
            }
            guard depth < Self.deepestDefault else {
                throw Template.Refusal(message: "defaults lie too deep inside one another", offset: reference.offset)
            }
            let start = reference.offset + "${".utf8.count + reference.name.utf8.count + ":-".utf8.count
            let text = try fill(Template(fallback, at: start), in: node, withRow: withRow, depth: depth + 1)
            if let text {
                trace.add(String(reference.name), fallback: text)
                outsideSecrets.add(text, of: String(reference.name), isWritten: true)
            }
            return text
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
        let found = find(name, withRow: withRow)
        switch (found, reference.fallback) {
        case (.broken, _):
            return nil
        case (.circle, _):
            reportCircle(reference, in: node)
            return nil
        case (.value(let value), .message(let message)):
            let text = plain(value, of: reference, in: node)
            guard text == "" else { return text == nil ? nil : value }
            reportAbsence(
                message.isEmpty ? "the variable \"\(name)\" is set but empty" : "\(name): \(message)",
                reference,
                in: node
            )
            return nil
        case (.unset, .message(let message)) where !message.isEmpty:
            reportAbsence("\(name): \(message)", reference, in: node)
            return nil
        case (.value(let value), _):
            return value
        case (.unset, _):
            let near = closestMatch(to: name, among: knownNames.filter { $0 != name })
            let hint =
                openVariables.last == name ? " outside of \"vars\"" : near.map { "; did you mean \"\($0)\"?" } ?? ""
            // The message may come without a name that may be a secret, and must say what is wrong all the same.
            let isSecret = !LiteralSecrets.isName(name) && OutsideSecret.looksLikeOne(name)
            reportAbsence(
                "the variable \"\(name)\" is not set\(hint)",
                reference,
                in: node,
                help: isSecret && near == nil ? "${…} takes the name of a variable, not a value" : nil
            )
            return nil
        }
    }

    private var knownNames: [String] {
        row.map(\.name) + decoder.variables.keys.sorted() + variables.keys.sorted() + decoder.environment.keys.sorted()
    }

    /// What a name stands for: the row's value, that of `--var`, the file's own or the environment's.
    ///
    /// Inside its own definition a name means what comes after the file: `${TENANT:-dev}` is the usual way to let the
    /// environment decide.
    private mutating func find(_ name: String, withRow: Bool) -> Lookup {
        let found = look(for: name, withRow: withRow)
        if let value = found.value {
            trace.add(name, value, ofRowMadeFrom: withRow ? row.first { $0.name == name }?.sources : nil)
            outsideSecrets.add(value, of: name)
        }
        return found
    }

    private mutating func look(for name: String, withRow: Bool) -> Lookup {
        if withRow, let binding = row.first(where: { $0.name == name }) { return .value(binding.value) }
        if let value = decoder.variables[name] {
            usedVariables.insert(name)
            return .value(.text(value))
        }
        let outside: Lookup = decoder.environment[name].map { .value(.text($0)) } ?? .unset
        switch variables[name] {
        case nil: return outside
        case .open: return openVariables.last == name ? outside : .circle
        case .broken: return .broken
        case .ready, .waiting: return variable(name).map { .value($0) } ?? .broken
        }
    }

    /// Whether a name stands for anything, be it broken.
    mutating func isKnown(_ name: String) -> Bool {
        if case .unset = look(for: name, withRow: true) { false } else { true }
    }

    /// How many of the file's `vars` may be made of each other, since each takes a part of the stack.
    private static let deepestVariable = 256

    /// The value of one of the file's `vars`, filled in when it is first asked for.
    mutating func variable(_ name: String) -> Resolved? {
        switch variables[name] {
        case .ready(_, let value):
            return value
        case .waiting(let node):
            guard openVariables.count < Self.deepestVariable else {
                error("\"vars\" refer to each other more than \(Self.deepestVariable) deep", at: node)
                variables[name] = .broken
                return nil
            }
            variables[name] = .open(node)
            openVariables.append(name)
            let outer = trace.suspend()
            let value = resolve(node, withRow: false)
            trace.resume(outer, after: name)
            openVariables.removeLast()
            variables[name] = value.map { .ready(node, $0) } ?? .broken
            if let value { outsideSecrets.add(value, of: name) }
            return value
        case .open, .broken, nil:
            return nil
        }
    }
}
