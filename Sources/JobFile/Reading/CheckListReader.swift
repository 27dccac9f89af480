internal import Checks
internal import DHIS2Behaviour
internal import HTTPVocabulary
internal import SourceDiagnostics
import Text
internal import YAMLTree

/// Reads `defaults` and `checks`.
struct CheckListReader {
    private let defaults: Defaults
    private var names: CheckNames
    private var checks: [Check] = []

    /// All checks of the file, expanded, in its order; `nil` where there is no list of them.
    static func checks(_ node: YAMLNode, defaults: YAMLNode?, in context: inout JobContext) -> [Check]? {
        let defaults = Self.defaults(defaults, in: &context)
        guard node.kind == .sequence else {
            context.mismatch(node, "checks", "a list of checks")
            return nil
        }
        guard node.items.count > 0 else {
            context.error("checks must have at least one check", at: node)
            return nil
        }
        var reader = CheckListReader(defaults: defaults, count: node.items.count)
        for item in node.items { reader.read(item, in: &context) }
        reader.names.finish(&reader.checks)
        return reader.checks
    }

    private init(defaults: Defaults, count: Int) {
        self.defaults = defaults
        names = CheckNames(count: count)
        checks.reserveCapacity(count)
    }

    private static func defaults(_ node: YAMLNode?, in context: inout JobContext) -> Defaults {
        let start = SourcePosition(line: 1, column: 1)
        var defaults = Defaults(draft: CheckDraft(check: Check(name: "", route: "", position: start)))
        let section = CheckKeys.section
        let keys = section.keys.filter { !$0.traits.contains(.ownOnly) }
        guard let node, let entries = context.entries(of: Layered(node), "defaults", section, offering: keys) else {
            return defaults
        }
        for entry in entries {
            guard !entry.key.traits.contains(.ownOnly) else {
                context.error("\"\(entry.key.name)\" cannot stand in defaults", at: entry.keyNode)
                continue
            }
            if entry.value.own.kind == .mapping { defaults.maps[ObjectIdentifier(entry.key)] = entry.value.own }
            var entry = entry
            entry.isDefault = true
            if entry.value.isMarked {
                defaults.dynamic.append(entry)
            } else {
                entry.key.read(entry, into: &defaults.draft, in: &context)
            }
        }
        context.reportConflicts(in: entries, section)
        return defaults
    }

    // MARK: One item of the list

    private mutating func read(_ node: YAMLNode, in context: inout JobContext) {
        context.row = []
        let section = CheckKeys.section
        guard var entries = context.entries(of: Layered(node), "a check", section) else { return }
        context.reportConflicts(in: entries, section)
        if !entries.contains(where: { $0.key === CheckKeys.route }), !Self.hasMisspeltRoute(node) {
            context.reportMissing("this check lacks \"route\"", in: node, help: "write the route's code")
        }
        if !defaults.maps.isEmpty {
            entries = entries.map { entry in
                Entry(
                    key: entry.key,
                    keyNode: entry.keyNode,
                    value: Layered(entry.value.own, over: defaults.maps[ObjectIdentifier(entry.key)])
                )
            }
        }
        for entry in defaults.dynamic
        where !entries.contains(where: { $0.key === entry.key || section.excludes($0.key, entry.key) }) {
            entries.append(entry)
        }
        var draft = defaults.draft
        draft.check.position = node.position
        guard entries.contains(where: { $0.key.traits.contains(.makesRows) }) else {
            for entry in entries { Self.read(entry, into: &draft, in: &context) }
            finish(draft, in: &context)
            return
        }
        expand(entries, draft, in: &context)
    }

    /// Reads the value of an entry, and takes down which variables it is made from where that can matter.
    private static func read(_ entry: Entry<CheckDraft>, into draft: inout CheckDraft, in context: inout JobContext) {
        guard entry.value.isMarked, let part = CheckReference.Part(rawValue: entry.key.name) else {
            return entry.key.read(entry, into: &draft, in: &context)
        }
        context.trace.begin()
        entry.key.read(entry, into: &draft, in: &context)
        for found in context.trace.end() {
            draft.references.append(CheckReference(part: part, name: found.name, value: found.value))
        }
    }

    /// Whether an unknown key of a map, which has been reported, was most likely meant to be `route`.
    private static func hasMisspeltRoute(_ map: YAMLNode) -> Bool {
        let section = CheckKeys.section
        return map.pairs.contains { pair in
            let name = pair.key.text
            return section.key(named: name) == nil && section.misplacedHelp(name) == nil
                && section.key(meantBy: name, among: section.keys) === CheckKeys.route
        }
    }

    private mutating func expand(
        _ entries: [Entry<CheckDraft>],
        _ draft: CheckDraft,
        in context: inout JobContext
    ) {
        let makers = entries.filter { $0.key.traits.contains(.makesRows) }
        guard let expansion = RowReader.expansion(makers, draft, in: &context) else { return }
        guard expansion.count <= context.decoder.checkLimit - checks.count else {
            context.error(
                "the file has more than \(context.decoder.checkLimit.counting("check")) when its rows are expanded",
                at: expansion.keyNode
            )
            return
        }
        let others = entries.filter { !$0.key.traits.contains(.makesRows) }
        var draft = draft
        for entry in others where !entry.value.isMarked { entry.key.read(entry, into: &draft, in: &context) }
        let dynamic = others.filter(\.value.isMarked)
        for place in 0..<expansion.count {
            context.row = expansion.row(place)
            var expanded = draft
            for entry in dynamic { Self.read(entry, into: &expanded, in: &context) }
            finish(expanded, in: &context)
        }
        context.row = []
    }
}

// MARK: The finished check

extension CheckListReader {
    private mutating func finish(_ draft: consuming CheckDraft, in context: inout JobContext) {
        // Of a method that cannot be read nobody knows what it carries.
        if draft.isMethodKnown, draft.check.body != nil, [.get, .head].contains(draft.check.method) {
            if let key = draft.bodyKey {
                context.error(
                    "a \(draft.check.method.rawValue) request carries no \"\(key.text)\"",
                    at: key,
                    help: "set \"method\""
                )
            }
            draft.check.body = nil
        }
        if draft.check.method == .head { Self.refuseExpectationsOfABody(in: draft, in: &context) }
        if draft.check.method == .post, draft.check.body != nil { Self.warnOfForms(in: draft, in: &context) }
        if let key = draft.onlyKey, draft.check.only, context.decoder.forbidsOnly {
            context.error("\"only\" is forbidden here, since it hides the other checks", at: key)
        }
        if let node = draft.nameNode {
            // A name that cannot be read is reported already, and is nobody's.
            if !draft.check.name.isEmpty, let first = names.claim(draft.check.name, at: node) {
                let row = context.row
                let help = row.isEmpty ? nil : "put a name of the row into it, such as ${\(row[0].name)}"
                let isSame = first.isIdentical(to: node)
                context.error(
                    "the name \"\(draft.check.name)\" is used twice",
                    at: node,
                    help: help,
                    notes: isSame ? [] : [context.note("it is used here first", at: first)]
                )
            }
        } else {
            draft.check.name = CheckNames.derived(draft.check, row: context.row)
            names.derive(checks.count)
        }
        if !draft.references.isEmpty || !context.row.isEmpty {
            draft.check.origin = CheckOrigin(
                references: draft.references,
                row: context.row.map {
                    RowValue(name: $0.name, label: $0.label, sources: $0.sources, number: $0.number)
                },
                hasDerivedName: draft.nameNode == nil
            )
        }
        checks.append(draft.check)
    }

    /// Warns of bodies that DHIS2 takes apart instead of passing them on.
    private static func warnOfForms(in draft: CheckDraft, in context: inout JobContext) {
        guard let entry = draft.headersEntry, let type = draft.check.headerFields[.contentType],
            let harm = HeaderRules.harm(ofPosting: type)
        else { return }
        let value = pair(of: entry) { HTTPFieldName($0) == .contentType }?.value
        context.warning(
            "DHIS2 \(harm), so the target does not get this body as it is",
            at: value ?? entry.keyNode,
            help: "use PUT if the target takes it, or another Content-Type"
        )
    }

    /// The answer to a HEAD request has no body, so that what is expected of one cannot hold, or cannot fail.
    private static func refuseExpectationsOfABody(in draft: CheckDraft, in context: inout JobContext) {
        let expectation = draft.check.expectation
        guard expectation.body != nil || !expectation.json.isEmpty, let entry = draft.expectEntry else { return }
        let name = expectation.body == nil ? "json" : "body"
        let key = pair(of: entry) { $0 == name }?.key
        context.error(
            "the answer to a HEAD request has no body for \"\(name)\" to look at",
            at: key ?? entry.keyNode,
            help: "set \"method\" to GET, or leave the expectation out"
        )
    }

    /// Where a map of the job file has a key, in the check itself or else in the defaults.
    private static func pair(
        of entry: Entry<CheckDraft>,
        where isWanted: (String) -> Bool
    ) -> (key: YAMLNode, value: YAMLNode)? {
        for map in [entry.value.own, entry.value.base] {
            if let pair = map?.pairs.first(where: { isWanted($0.key.text) }) { return (pair.key, pair.value) }
        }
        return nil
    }
}

/// Sees to it that every check of a file has a name of its own.
struct CheckNames {
    private var explicit: [String: YAMLNode] = [:]
    private var derived: [Int] = []

    /// - Parameter count: How many checks there are before rows are expanded.
    init(count: Int) {
        explicit.reserveCapacity(count)
    }

    /// Takes a name that the job file gives; answers who has it already.
    mutating func claim(_ name: String, at node: YAMLNode) -> YAMLNode? {
        guard let first = explicit.updateValue(node, forKey: name) else { return nil }
        explicit[name] = first
        return first
    }

    /// Remembers that the check at an index has a derived name.
    mutating func derive(_ index: Int) { derived.append(index) }

    /// Numbers derived names that are taken, once all names of the file are known: ` (2)`, ` (3)` and so on.
    func finish(_ checks: inout [Check]) {
        guard !derived.isEmpty else { return }
        var taken: Set<String> = Set(explicit.keys)
        taken.reserveCapacity(taken.count + derived.count)
        var next: [String: Int] = [:]
        for index in derived where !taken.insert(checks[index].name).inserted {
            let name = checks[index].name
            var number = next[name] ?? 2
            while !taken.insert("\(name) (\(number))").inserted { number += 1 }
            checks[index].name = "\(name) (\(number))"
            let origin = checks[index].origin
            checks[index].origin = CheckOrigin(
                references: origin?.references ?? [],
                row: origin?.row ?? [],
                stem: name,
                hasDerivedName: true
            )
            next[name] = number + 1
        }
    }

    /// `GET route/path`, and the row in brackets.
    static func derived(_ check: Check, row: [RowBinding]) -> String {
        var name = check.method.rawValue
        name.reserveCapacity(name.utf8.count + check.route.utf8.count + check.path.utf8.count + 2)
        name += " "
        name += check.route
        if !check.path.isEmpty {
            name += "/"
            name += check.path
        }
        if !row.isEmpty { name += " [\(row.map { "\($0.name)=\($0.label)" }.joined(separator: ", "))]" }
        return name
    }
}
