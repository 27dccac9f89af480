/// Goes through a job file line by line and finds what stands behind keys for credentials, whatever is wrong with the
/// file: the parser has refused it, so that nothing is known of it but its text, its braces and its indentation.
struct KeyScan {
    let bytes: [UInt8]
    let names: SensitiveNames
    /// The anchors and variables that stand for credentials, as ``Reference`` writes them.
    private let known: Set<Reference>
    /// The values, in the order of their keys.
    var places: [Range<Int>] = []
    /// Those whose keys leave no doubt that they are secrets.
    var certain: [Range<Int>] = []
    /// What credentials are made of.
    var references: Set<Reference> = []
    /// The anchors and the keys of the file.
    private(set) var defined: Set<Reference> = []

    /// What a value can refer to.
    enum Reference: Hashable {
        /// `*name`, which `&name` stands for.
        case anchor(String)
        /// `${NAME}`, which may be one of `vars`.
        case variable(String)
    }

    /// A key whose value goes on over the lines below it, and how far that key is indented.
    struct Block {
        var indent: Int
        /// Whether nothing stood behind the key on its own line; a list may then stand right below it.
        var isOpen: Bool
        /// How many braces and brackets are open.
        var depth = 0

        /// Whether a line belongs to the block.
        func holds(indent: Int, isItem: Bool) -> Bool {
            depth > 0 || indent > self.indent || isOpen && isItem && indent == self.indent
        }
    }

    /// A brace or bracket that is open.
    private struct Brace {
        /// The key in front of it.
        var name: String
        /// Whether it is in the settings of the server, in their header fields, or where names are anybody's own.
        var isInServer = false
        var isInHeaders = false
        var hasOwnNames = false
        var item = LabelledValue()
    }

    /// The block whose lines are all hidden.
    var hidden: Block?
    /// The settings of the server, as far as indentation tells them.
    private var server: Block?
    /// The header fields of the server, whose names are anybody's.
    private var headers: Block?
    /// What has names of anybody's own, such as `vars`.
    private var ownNames: Block?
    /// The braces and brackets that are open, the innermost last.
    private var braces: [Brace] = []
    /// The maps in which something is named and has a value beside the name, by how far their keys are indented.
    private var items: [(column: Int, item: LabelledValue)] = []
    /// Up to where the look is in a value that is one text, whatever braces are in it.
    private var scalarEnd = 0
    /// The last key, and where its value begins.
    private var lastKey: (name: String, end: Int, isServer: Bool)?

    private init(of bytes: [UInt8], names: SensitiveNames, known: Set<Reference>) {
        self.bytes = bytes
        self.names = names
        self.known = known
    }

    /// What a job file has behind keys for credentials, and behind what those refer to.
    static func run(on bytes: [UInt8], names: SensitiveNames) -> KeyScan {
        var scan = KeyScan(of: bytes, names: names, known: [])
        scan.run()
        // What is referred to can refer to something else in its turn; a few times, as each takes the whole file.
        for _ in 0..<4 where !scan.references.isSubset(of: scan.known) {
            scan = KeyScan(of: bytes, names: names, known: scan.known.union(scan.references))
            scan.run()
        }
        return scan
    }

    private mutating func run() {
        bytes.withUnsafeBufferPointer { text in
            var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while start < text.count {
                let end = text[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
                scan(text[start..<end])
                start = end + 1
            }
        }
        closeBraces()
        while let last = items.popLast() { add(last.item) }
    }

    typealias Line = Slice<UnsafeBufferPointer<UInt8>>

    private mutating func scan(_ line: Line) {
        guard let content = line.firstIndex(where: { !$0.isBlank }) else { return }
        let indent = content - line.startIndex
        let isItem = "-:".utf8.contains(line[content])
        // A key that is not indented is one of the outermost map, whatever somebody forgot to close above it.
        if indent == 0, line[content].isNameByte, !isItem { closeBraces() }
        if let hidden {
            if hidden.holds(indent: indent, isItem: isItem) {
                hide(line[content...])
                if hidden.depth > 0 { self.hidden?.depth = max(0, hidden.depth + Self.depth(of: line)) }
                return
            }
            self.hidden = nil
        }
        if let server, !server.holds(indent: indent, isItem: isItem) {
            self.server = nil
            headers = nil
        }
        if let headers, !headers.holds(indent: indent, isItem: isItem) { self.headers = nil }
        if let ownNames, !ownNames.holds(indent: indent, isItem: isItem) { self.ownNames = nil }

        // The marks of a list, of a key, and of a comment, which may be a line that was taken out of use.
        var start = content
        var dash: Int?
        while start < line.endIndex, line[start].isBlank || "-?#".utf8.contains(line[start]) {
            if line[start] == UInt8(ascii: "-") { dash = start - line.startIndex }
            start += 1
        }
        let column = line[content] == UInt8(ascii: "?") ? indent : start - line.startIndex
        while let last = items.last, column < last.column || dash != nil && indent < last.column {
            add(last.item)
            items.removeLast()
        }
        scan(line, from: start, column: column, dash: dash)
    }

    private mutating func scan(_ line: Line, from start: Int, column: Int, dash: Int?) {
        var index = start
        var isFirst = true
        var opensItem = false
        while index < line.endIndex {
            let key = WrittenKey(in: line, at: index, isFirst: isFirst) ?? anchor(in: line, at: index)
            if let key, isFirst || opensItem, let value = second(behind: key, in: line, dash: dash) {
                index = value.map { hideValue(of: $0, isCertain: false, in: line, indent: column) } ?? line.endIndex
            } else if let key, key.hasMark || isFirst || !line[index].isQuote {
                let end = max(index + 1, look(at: key, in: line, indent: column))
                index = end
                isFirst = false
                opensItem = false
            } else {
                follow(line[index], at: index)
                isFirst = "{,".utf8.contains(line[index]) || isFirst && line[index].isBlank
                opensItem = "[".utf8.contains(line[index]) || opensItem && line[index].isBlank
                index += 1
            }
        }
    }

    /// Keeps account of the braces; those in quotation marks count too, as nobody knows which marks belong together in a
    /// file that is broken.
    mutating func follow(_ byte: UInt8, at index: Int) {
        guard index >= scalarEnd else { return }
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isOutermost = braces.isEmpty && (index == 0 || bytes[index - 1] == 0x0A || bytes[index - 1] == 0x0D)
            var brace = braces.last ?? Brace(name: "", hasOwnNames: ownNames != nil)
            brace.item = LabelledValue()
            if let key = lastKey, key.end == index {
                brace.name = key.name
                brace.isInServer = brace.isInServer || key.isServer
                brace.isInHeaders = brace.isInHeaders || key.name == "headers"
                brace.hasOwnNames = WrittenKey.hasOwnNames(key.name, isServer: key.isServer)
            } else {
                brace.name = isOutermost ? "" : "-"
            }
            braces.append(brace)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if let brace = braces.popLast() { add(brace.item) }
        default: break
        }
    }

    private mutating func closeBraces() {
        while let brace = braces.popLast() { add(brace.item) }
    }

    /// Whether the look is in braces or brackets.
    var isInFlow: Bool { !braces.isEmpty }

    private var isInServer: Bool { server != nil || braces.last?.isInServer == true }

    private var isInHeaders: Bool { headers != nil || braces.last?.isInHeaders == true }

    /// Whether the keys here are those of the server's settings alone.
    var hasServerKeys: Bool { isInServer && !isInHeaders }

    private var hasOwnNames: Bool { braces.last?.hasOwnNames ?? (ownNames != nil) }

    // MARK: Keys

    /// Looks at a word of a line; returns where the look goes on.
    private mutating func look(at key: WrittenKey, in line: Line, indent: Int) -> Int {
        guard key.hasMark || key.isFirst else { return key.end }
        let name = String(decoding: line[key.name], as: UTF8.self)
        if key.isFirst, key.hasMark, !key.isAnchor { defined.insert(.variable(name)) }
        let isName = key.isFirst && key.hasMark && lookForLabel(name, key, in: line, indent: indent)
        if !isName, isSecret(name, key, in: line, indent: indent) {
            let isCertain =
                key.isAnchor || names.isKnown(name) || name == "token"
                || WrittenKey.isLabelled(name) && item(indent).isCertain
            return hideValue(of: key, isCertain: isCertain, in: line, indent: indent)
        }
        if key.isAnchor, lastKey?.end == key.name.lowerBound - 1 { lastKey?.end = key.end }
        guard key.isFirst, key.hasMark || key.end == line.endIndex else { return key.end }
        let isOutermost = braces.isEmpty ? indent == 0 : braces.count == 1 && braces[0].name.isEmpty
        let isServer = isOutermost && !isInServer && WrittenKey.isServer(name)
        lastKey = (name, key.end, isServer)
        let isBraced = key.end < line.endIndex && "{[".utf8.contains(line[key.end])
        guard !isBraced else { return key.end }
        let block = Block(indent: indent, isOpen: key.end == line.endIndex)
        if WrittenKey.hasOwnNames(name, isServer: isServer) {
            ownNames = block
        } else if block.isOpen {
            ownNames = nil
        }
        if isServer {
            server = block
        } else if isInServer, name == "headers" {
            headers = block
        } else if isInServer, name == "username" {
            hidePassword(behind: key)
        }
        return key.end
    }

    private mutating func isSecret(_ name: String, _ key: WrittenKey, in line: Line, indent: Int) -> Bool {
        if key.isAnchor { return known.contains(.anchor(name)) }
        if WrittenKey.files.contains(name), key.hasMark { return isSecretInPlaceOfFile(key, in: line) }
        if WrittenKey.isCredential(name, names) {
            return !(name == "key" && isInServer && Self.isPath(line[key.end...].prefix(1_024)))
        }
        guard key.isFirst else { return false }
        if hasServerKeys, !WrittenKey.serverKeys.contains(name) { return true }
        if hasOwnNames, known.contains(.variable(name)) { return true }
        return key.hasMark && WrittenKey.isLabelled(name) && item(indent).isCredential
    }

    /// Whether a value is the name of a file, as that of `tls.key` is.
    private static func isPath(_ value: Line) -> Bool { value.contains { "./".utf8.contains($0) } }

    /// The anchor at a place, as a key of what it names.
    private mutating func anchor(in line: Line, at index: Int) -> WrittenKey? {
        guard let anchor = WrittenKey(anchorIn: line, at: index) else { return nil }
        defined.insert(.anchor(String(decoding: line[anchor.name], as: UTF8.self)))
        return anchor
    }

    /// The value behind a name in a list of both, where a map of names and values belongs: `[X-Api-Key, abc]`.
    ///
    /// - Returns: A key for the value; `nil` inside where the value is on the lines below; `nil` for anything else.
    private mutating func second(behind key: WrittenKey, in line: Line, dash: Int?) -> WrittenKey?? {
        guard !key.hasMark, hasOwnNames,
            WrittenKey.isCredential(String(decoding: line[key.name], as: UTF8.self), names)
        else { return nil }
        if isInFlow {
            guard key.end < line.endIndex, line[key.end] == UInt8(ascii: ",") else { return nil }
            return .some(WrittenKey(name: key.name, end: key.end + 1))
        }
        guard let dash, key.end == line.endIndex else { return nil }
        hidden = Block(indent: dash, isOpen: true)
        return .some(nil)
    }

    // MARK: Names beside their values

    private func item(_ column: Int) -> LabelledValue {
        if let brace = braces.last { return brace.item }
        if let last = items.last, last.column == column { return last.item }
        return LabelledValue()
    }

    private mutating func set(_ item: LabelledValue, _ column: Int) {
        if isInFlow {
            braces[braces.count - 1].item = item
        } else if items.last?.column == column {
            items[items.count - 1].item = item
        } else {
            items.append((column, item))
        }
    }

    /// Takes down what stands under a key such as `name` or `value`; returns whether it is a name although its key could be
    /// that of a credential.
    private mutating func lookForLabel(_ name: String, _ key: WrittenKey, in line: Line, indent: Int) -> Bool {
        let isLabel = WrittenKey.isLabel(name)
        guard isLabel || WrittenKey.isLabelled(name), key.end < line.endIndex, key.end >= scalarEnd else {
            return false
        }
        var item = item(indent)
        // Whoever holds it twice copies all of it with each value.
        set(LabelledValue(), indent)
        defer { set(item, indent) }
        guard isLabel else {
            // The name may follow.
            if !item.isCredential {
                let (values, end) = value(behind: key, in: line)
                item.values += values
                scalarEnd = end
            }
            item.hasValue = true
            return false
        }
        guard let label = YAMLText.values(in: bytes, from: key.end, isFlow: isInFlow).first, label.count < 128 else {
            return false
        }
        let called = String(decoding: bytes[label], as: UTF8.self)
        if WrittenKey.isCredential(called, names) {
            item.isCredential = true
            item.isCertain = item.isCertain || names.isKnown(called)
        }
        // A "key" is a credential itself, unless it has a value beside it.
        guard WrittenKey.isCredential(name, names), label.lowerBound < line.endIndex,
            called.utf8.allSatisfy({ $0.isNameByte && !(0x30...0x39).contains($0) })
        else { return false }
        item.labels.append(label)
        return true
    }

    private mutating func add(_ item: LabelledValue) {
        if !item.hasValue { places += item.labels }
        guard item.isCredential else { return }
        places += item.values
        if item.isCertain { certain += item.values }
    }
}

/// A map in which something is named and has a value beside the name: `{name: X-Api-Key, value: abc}`.
private struct LabelledValue {
    /// Whether a name in it is that of a credential, and leaves no doubt.
    var isCredential = false
    var isCertain = false
    var hasValue = false
    /// The values in front of the name.
    var values: [Range<Int>] = []
    /// The names that are secrets themselves if they have no value beside them.
    var labels: [Range<Int>] = []
}
