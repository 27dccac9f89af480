internal import CLibYAML
internal import SourceDiagnostics
internal import Text

/// Grows a tree from libyaml's events, within limits.
///
/// Each event becomes a record at the end of a list; a container's record learns its length when the container ends.
/// What an alias refers to is not copied: a record refers to it, and the limits count what copying would have made, so
/// that a small file of aliases to aliases cannot become a large tree. What libyaml accepts and a job file must not
/// contain is checked as soon as a node is complete, in `+rules`; it is noted, and the reading goes on, so that all
/// problems are told at once.
struct TreeBuilder {
    /// A map or list whose end has not come.
    struct OpenContainer {
        var index: Int
        var isMapping: Bool
        var anchor: String?
        /// Children so far, keys and values counted apart.
        var count = 0
        /// Nodes of the subtree so far, aliases expanded.
        var size = 1
        /// The most containers inside one another beneath this one.
        var height = 0
        var isMarked = false
        var merges = false

        var expectsKey: Bool { isMapping && count.isMultiple(of: 2) }
    }

    /// What an alias can refer to.
    struct Anchored {
        var index: Int
        var position: SourcePosition
        var size = 1
        var height = 0
        var isOpen = false
    }

    let source: SourceText
    let placer: MarkPlacer
    let limits: YAMLLimits
    private let marker: UInt8?
    private var walker: SourceWalker
    private var documents = 0
    var records: [NodeRecord] = []
    var text: [UInt8] = []
    var open: [OpenContainer] = []
    var problems: [Diagnostic] = []
    private var anchors: [String: Anchored] = [:]
    private var size = 0

    init(source: SourceText, text bytes: UnsafeBufferPointer<UInt8>, marker: UInt8?, limits: YAMLLimits) {
        self.source = source
        self.limits = limits
        self.marker = marker
        placer = MarkPlacer(bytes)
        walker = SourceWalker(source)
        // A sixth of the bytes as nodes and half as text is the shape of a usual job file.
        records.reserveCapacity(bytes.count / 6)
        text.reserveCapacity(bytes.count / 2)
    }

    /// Takes the next event in; answers whether more are wanted.
    mutating func take(_ event: borrowing yaml_event_t) throws(YAMLError) -> Bool {
        switch event.type {
        case YAML_SCALAR_EVENT:
            try takeScalar(event)
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            try openContainer(.mapping, event, anchor: data.anchor, tag: data.tag)
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            try openContainer(.sequence, event, anchor: data.anchor, tag: data.tag)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
            closeContainer()
        case YAML_ALIAS_EVENT:
            try takeAlias(String(cString: event.data.alias.anchor), at: placer.position(event.start_mark))
        case YAML_DOCUMENT_START_EVENT:
            documents += 1
            guard documents == 1 else {
                report(
                    "a second document begins here; a file holds exactly one",
                    at: placer.position(event.start_mark),
                    3
                )
                return false
            }
        case YAML_STREAM_END_EVENT:
            return false
        default:
            break
        }
        return true
    }

    /// The finished document.
    func finish() throws(YAMLError) -> YAMLDocument {
        guard !records.isEmpty else {
            let place = SourcePosition(line: 1, column: 1)
            throw failure(Diagnostic(.error, "the file is empty", file: source.name, position: place))
        }
        let storage = NodeStorage(records: records, text: text)
        return YAMLDocument(root: YAMLNode(storage: storage, index: 0), problems: problems)
    }

    /// What was found so far, and the problem that ends the reading.
    func failure(_ diagnostic: Diagnostic) -> YAMLError {
        YAMLError(diagnostics: problems + [diagnostic])
    }

    mutating func report(
        _ message: String,
        at position: SourcePosition,
        _ length: Int = 1,
        notes: [Diagnostic.Note] = []
    ) {
        problems.append(
            Diagnostic(.error, message, file: source.name, position: position, length: length, notes: notes)
        )
    }

    // MARK: Nodes

    private mutating func takeScalar(_ event: borrowing yaml_event_t) throws(YAMLError) {
        let data = event.data.scalar
        var record = NodeRecord(
            kind: .scalar,
            position: placer.position(event.start_mark),
            first: UInt32(text.count),
            second: UInt32(clamping: data.length)
        )
        let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
        text.append(contentsOf: bytes)
        record.style =
            switch data.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE: .literal
            case YAML_FOLDED_SCALAR_STYLE: .folded
            default: .plain
            }
        if data.anchor != nil || data.tag != nil {
            let isEmpty = data.length == 0 && record.style == .plain
            let properties = NodeProperties(startingAt: record.position, isEmpty: isEmpty, walker: &walker)
            record.position = properties.content
            if let tag = data.tag {
                record.tag = scalarTag(String(cString: tag), of: bytes, at: properties.tag ?? record.position)
            }
        }
        if record.style == .plain, record.tag == .none, CoreValue.isTooLong(bytes) {
            report(
                "a hexadecimal or octal number has \(CoreValue.mostPrefixedDigits) digits at most; quote it if it is text",
                at: record.position,
                1
            )
            record.tag = .broken
        }
        let end = placer.position(event.end_mark)
        if end.line == record.position.line { record.span = UInt16(clamping: end.column - record.position.column) }
        if let marker { record.isMarked = bytes.contains(marker) }
        if let anchor = data.anchor {
            anchors[String(cString: anchor)] = Anchored(index: records.count, position: record.position)
        }
        if let parent = open.indices.last, open[parent].expectsKey, record.style == .plain, record.tag == .none,
            bytes.count == 2, bytes.elementsEqual("<<".utf8)
        {
            open[parent].merges = true
        }
        try add(record, size: 1, height: 0)
    }

    private mutating func openContainer(
        _ kind: NodeRecord.Kind,
        _ event: borrowing yaml_event_t,
        anchor: UnsafeMutablePointer<UInt8>?,
        tag: UnsafeMutablePointer<UInt8>?
    ) throws(YAMLError) {
        var position = placer.position(event.start_mark)
        if anchor != nil || tag != nil {
            let properties = NodeProperties(startingAt: position, isEmpty: false, walker: &walker)
            position = properties.content
            if let tag {
                checkContainerTag(String(cString: tag), kind, at: properties.tag ?? position)
            }
        }
        let name = anchor.map { String(cString: $0) }
        if let name {
            anchors[name] = Anchored(index: records.count, position: position, isOpen: true)
        }
        let container = OpenContainer(index: records.count, isMapping: kind == .mapping, anchor: name)
        if let parent = open.indices.last, open[parent].expectsKey {
            report("a key must be text, not a \(kind == .mapping ? "map" : "list")", at: position)
        }
        guard open.count < limits.nesting else {
            throw failure(tooDeep(at: position))
        }
        try add(NodeRecord(kind: kind, position: position, first: 0, second: 0), size: 0, height: 0)
        try count(1, at: position)
        open.append(container)
    }

    private mutating func closeContainer() {
        guard let container = open.popLast() else { return }
        records[container.index].first = UInt32(container.count)
        records[container.index].second = UInt32(records.count)
        records[container.index].isMarked = container.isMarked
        if container.isMapping {
            checkDuplicates(in: container.index)
            if container.merges { merge(container) }
        }
        if let name = container.anchor, let anchored = anchors[name], anchored.index == container.index {
            anchors[name]?.isOpen = false
            anchors[name]?.size = container.size
            anchors[name]?.height = container.height + 1
        }
        guard let parent = open.indices.last else { return }
        open[parent].size += container.size
        open[parent].height = max(open[parent].height, container.height + 1)
        if container.isMarked { open[parent].isMarked = true }
    }

    private mutating func takeAlias(_ name: String, at position: SourcePosition) throws(YAMLError) {
        let length = name.unicodeScalars.count + 1
        guard let target = anchors[name], !target.isOpen else {
            if let target = anchors[name] {
                let note = Diagnostic.Note("the anchor is here", file: source.name, position: target.position)
                report("the alias \"*\(name)\" stands inside what it refers to", at: position, length, notes: [note])
            } else {
                let near = closestMatch(to: name, among: anchors.keys.sorted()).map { "; did you mean \"*\($0)\"?" }
                report("no anchor \"&\(name)\" comes before this alias\(near ?? "")", at: position, length)
            }
            var record = NodeRecord(kind: .scalar, position: position, first: UInt32(text.count), second: 0)
            record.tag = .broken
            return try add(record, size: 1, height: 0)
        }
        guard open.count + target.height <= limits.nesting else { throw failure(tooDeep(at: position)) }
        if let parent = open.indices.last, open[parent].expectsKey, target.height > 0 {
            report("a key must be text", at: position, length)
        }
        var record = NodeRecord(
            kind: .reference,
            position: position,
            first: UInt32(target.index),
            second: UInt32(records.count + 1)
        )
        record.isMarked = records[records.resolve(target.index)].isMarked
        try add(record, size: target.size, height: target.height)
    }

    private mutating func add(_ record: NodeRecord, size: Int, height: Int) throws(YAMLError) {
        if let parent = open.indices.last {
            // A key counts together with its value.
            let added = open[parent].expectsKey && height == 0 ? 0 : size
            try count(added, at: record.position)
            open[parent].count += 1
            open[parent].size += added
            open[parent].height = max(open[parent].height, height)
            if record.isMarked { open[parent].isMarked = true }
        }
        records.append(record)
    }

    private mutating func count(_ added: Int, at position: SourcePosition) throws(YAMLError) {
        size += added
        guard size <= limits.nodes else {
            let message = "the file has more than \(limits.nodes.counting("node")) when its aliases are expanded"
            throw failure(Diagnostic(.error, message, file: source.name, position: position))
        }
    }

    private func tooDeep(at position: SourcePosition) -> Diagnostic {
        let message = "maps and lists are nested more than \(limits.nesting) deep"
        return Diagnostic(.error, message, file: source.name, position: position)
    }
}
