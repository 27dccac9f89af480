internal import Checks
internal import DHIS2Behaviour
internal import HTTPVocabulary
internal import SourceDiagnostics
internal import YAMLTree

extension JobReader {
    /// All checks of the file, expanded, in its order.
    mutating func readChecks(_ node: YAMLNode, defaults: YAMLNode?) -> [Check]? {
        let defaults = readDefaults(defaults)
        guard node.kind == .sequence else {
            mismatch(node, "checks", "a list of checks")
            return nil
        }
        guard node.items.count > 0 else {
            error("checks must have at least one check", at: node)
            return nil
        }
        var names = CheckNames(count: node.items.count)
        var checks: [Check] = []
        checks.reserveCapacity(node.items.count)
        for item in node.items { read(item, defaults, into: &checks, &names) }
        names.finish(&checks)
        return checks
    }

    // MARK: Defaults

    private mutating func readDefaults(_ node: YAMLNode?) -> Defaults {
        let start = SourcePosition(line: 1, column: 1)
        var defaults = Defaults(draft: CheckDraft(check: Check(name: "", route: "", position: start)))
        let keys = CheckKey.allCases.filter(\.canDefault)
        guard let node, let entries = entries(of: Layered(node), "defaults", as: CheckKey.self, offering: keys) else {
            return defaults
        }
        for entry in entries {
            guard entry.key.canDefault else {
                error("\"\(entry.key.rawValue)\" cannot stand in defaults", at: entry.keyNode)
                continue
            }
            if entry.value.own.kind == .mapping { defaults.maps[entry.key] = entry.value.own }
            var entry = entry
            entry.isDefault = true
            if entry.value.isMarked {
                defaults.dynamic.append(entry)
            } else {
                apply(entry, to: &defaults.draft)
            }
        }
        reportBothBodies(entries)
        return defaults
    }

    private mutating func reportBothBodies(_ entries: [Entry<CheckKey>]) {
        let bodies = entries.filter { $0.key == .body || $0.key == .bodyFile }
        guard bodies.count == 2, let first = bodies.first, let second = bodies.last else { return }
        error(
            "\"\(second.key.rawValue)\" cannot stand beside \"\(first.key.rawValue)\"",
            at: second.keyNode,
            notes: [note("\"\(first.key.rawValue)\" is here", at: first.keyNode)]
        )
    }

    // MARK: One item of the list

    private mutating func read(
        _ node: YAMLNode,
        _ defaults: Defaults,
        into checks: inout [Check],
        _ names: inout CheckNames
    ) {
        row = []
        guard var entries = entries(of: Layered(node), "a check", as: CheckKey.self) else {
            return
        }
        reportBothBodies(entries)
        if !entries.contains(where: { $0.key == .route }), !hasMisspelt(.route, in: node) {
            reportMissing("this check lacks \"route\"", in: node, help: "write the route's code")
        }
        if !defaults.maps.isEmpty {
            entries = entries.map { entry in
                Entry(
                    key: entry.key,
                    keyNode: entry.keyNode,
                    value: Layered(entry.value.own, over: defaults.maps[entry.key])
                )
            }
        }
        for entry in defaults.dynamic where !entries.contains(where: { Self.replaces($0.key, entry.key) }) {
            entries.append(entry)
        }
        var draft = defaults.draft
        draft.check.position = node.position
        guard entries.contains(where: { $0.key == .matrix || $0.key == .rows }) else {
            for entry in entries { apply(entry, to: &draft) }
            finish(draft, into: &checks, &names)
            return
        }
        expand(entries, draft, at: node, into: &checks, &names)
    }

    /// Whether an unknown key of a map, which has been reported, was most likely meant to be this one.
    private func hasMisspelt(_ key: CheckKey, in map: YAMLNode) -> Bool {
        map.pairs.contains { pair in
            CheckKey(rawValue: pair.key.text) == nil && CheckKey.help(withMisplaced: pair.key.text) == nil
                && meant(by: pair.key.text, among: CheckKey.allCases) == key
        }
    }

    /// Whether a check's own key stands in for a default one.
    private static func replaces(_ own: CheckKey, _ other: CheckKey) -> Bool {
        own == other || (own == .body && other == .bodyFile) || (own == .bodyFile && other == .body)
    }

    private mutating func expand(
        _ entries: [Entry<CheckKey>],
        _ draft: CheckDraft,
        at node: YAMLNode,
        into checks: inout [Check],
        _ names: inout CheckNames
    ) {
        guard let expansion = readExpansion(entries) else { return }
        guard expansion.count <= decoder.checkLimit - checks.count else {
            error(
                "the file has more than \(decoder.checkLimit) checks when its rows are expanded",
                at: expansion.keyNode
            )
            return
        }
        var draft = draft
        for entry in entries where !entry.value.isMarked { apply(entry, to: &draft) }
        let dynamic = entries.filter { $0.value.isMarked && $0.key != .matrix && $0.key != .rows }
        for place in 0..<expansion.count {
            row = expansion.row(place)
            var expanded = draft
            for entry in dynamic { apply(entry, to: &expanded) }
            finish(expanded, into: &checks, &names)
        }
        row = []
    }

    // MARK: The finished check

    private mutating func finish(_ draft: consuming CheckDraft, into checks: inout [Check], _ names: inout CheckNames) {
        if draft.check.body != nil, draft.check.method == .get || draft.check.method == .head {
            if let key = draft.bodyKey {
                error(
                    "a \(draft.check.method.rawValue) request carries no \"\(key.text)\"",
                    at: key,
                    help: "set \"method\""
                )
            }
            draft.check.body = nil
        }
        if draft.check.method == .head { refuseExpectationsOfABody(in: draft) }
        if draft.check.method == .post, draft.check.body != nil { warnOfForms(in: draft) }
        if let key = draft.onlyKey, draft.check.only, decoder.forbidsOnly {
            error("\"only\" is forbidden here, since it hides the other checks", at: key)
        }
        if let node = draft.nameNode {
            if let first = names.claim(draft.check.name, at: node) {
                let help = row.isEmpty ? nil : "put a name of the row into it, such as ${\(row[0].name)}"
                let isSame = first.isIdentical(to: node)
                error(
                    "the name \"\(draft.check.name)\" is used twice",
                    at: node,
                    help: help,
                    notes: isSame ? [] : [note("it is used here first", at: first)]
                )
            }
        } else {
            draft.check.name = CheckNames.derived(draft.check, row: row)
            names.derive(checks.count)
        }
        checks.append(draft.check)
    }

    /// Warns of bodies that DHIS2 takes apart instead of passing them on.
    private mutating func warnOfForms(in draft: CheckDraft) {
        guard let entry = draft.headersEntry, let type = draft.check.headerFields[.contentType],
            let harm = HeaderRules.harm(ofPosting: type)
        else { return }
        let value = Self.pair(of: entry) { HTTPFieldName($0) == .contentType }?.value
        warning(
            "DHIS2 \(harm), so the target does not get this body as it is",
            at: value ?? entry.keyNode,
            help: "use PUT if the target takes it, or another Content-Type"
        )
    }

    /// The answer to a HEAD request has no body, so that what is expected of one cannot hold, or cannot fail.
    private mutating func refuseExpectationsOfABody(in draft: CheckDraft) {
        let expectation = draft.check.expectation
        guard expectation.body != nil || !expectation.json.isEmpty, let entry = draft.expectEntry else { return }
        let name = expectation.body == nil ? "json" : "body"
        let key = Self.pair(of: entry) { $0 == name }?.key
        error(
            "the answer to a HEAD request has no body for \"\(name)\" to look at",
            at: key ?? entry.keyNode,
            help: "set \"method\" to GET, or leave the expectation out"
        )
    }

    /// Where a map of the job file has a key, in the check itself or else in the defaults.
    private static func pair(
        of entry: Entry<CheckKey>,
        where isWanted: (String) -> Bool
    ) -> (key: YAMLNode, value: YAMLNode)? {
        for map in [entry.value.own, entry.value.base] {
            if let pair = map?.pairs.first(where: { isWanted($0.key.text) }) { return (pair.key, pair.value) }
        }
        return nil
    }
}
