/// Goes through a job file line by line and finds what stands behind keys for credentials, whatever is wrong with the
/// file: the parser has refused it, so that nothing is known of it but its text and its indentation.
struct KeyScan {
    private let bytes: [UInt8]
    private let names: SensitiveNames
    /// The values, in the order of their keys.
    private(set) var places: [Range<Int>] = []

    /// A key whose value goes on over the lines below it, and how far that key is indented.
    private struct Block {
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

    /// The block whose lines are all hidden.
    private var hidden: Block?
    /// The settings of the server.
    private var server: Block?
    /// The header fields of the server, whose names are anybody's.
    private var headers: Block?

    init(of bytes: [UInt8], names: SensitiveNames) {
        self.bytes = bytes
        self.names = names
    }

    mutating func run() {
        bytes.withUnsafeBufferPointer { text in
            var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while start < text.count {
                let end = text[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
                scan(text[start..<end], in: text)
                start = end + 1
            }
        }
    }

    private typealias Line = Slice<UnsafeBufferPointer<UInt8>>

    private mutating func scan(_ line: Line, in text: UnsafeBufferPointer<UInt8>) {
        guard let content = line.firstIndex(where: { !Self.isBlank($0) }) else { return }
        let indent = content - line.startIndex
        let isItem = "-:".utf8.contains(line[content])
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

        // The marks of a list, of a key, and of a comment, which may be a line that was taken out of use.
        var start = content
        while start < line.endIndex, Self.isBlank(line[start]) || "-?#".utf8.contains(line[start]) { start += 1 }
        let column = line[content] == UInt8(ascii: "?") ? indent : start - line.startIndex
        let wasInServer = server != nil
        var index = start
        var isFirst = true
        while index < line.endIndex {
            if let key = WrittenKey(in: line, at: index, isFirst: isFirst),
                key.hasMark || isFirst || !Self.isQuote(line[index])
            {
                let end = look(at: key, in: line, of: text, indent: column)
                index = max(index + 1, end)
                isFirst = false
            } else {
                isFirst = "{,".utf8.contains(line[index]) || isFirst && Self.isBlank(line[index])
                index += 1
            }
        }
        let depth = Self.depth(of: line)
        if wasInServer || server != nil { server?.depth += depth }
        if headers != nil { headers?.depth += depth }
    }

    /// Looks at a word of a line; returns where the look goes on.
    private mutating func look(
        at key: WrittenKey,
        in line: Line,
        of text: UnsafeBufferPointer<UInt8>,
        indent: Int
    ) -> Int {
        let name = String(decoding: text[key.name], as: UTF8.self)
        guard key.hasMark || key.isFirst else { return key.end }
        if isSecret(name, key, in: line) { return hideValue(of: key, in: line, indent: indent) }
        guard key.isFirst, key.hasMark || key.end == line.endIndex else { return key.end }
        if server == nil, indent == 0, isOfOutermostMap(key, in: line), WrittenKey.isServer(name) {
            server = Block(indent: indent, isOpen: key.end == line.endIndex)
        } else if server != nil, name == "headers" {
            headers = Block(indent: indent, isOpen: key.end == line.endIndex)
        }
        return key.end
    }

    private func isSecret(_ name: String, _ key: WrittenKey, in line: Line) -> Bool {
        if key.hasMark || key.isFirst, WrittenKey.isCredential(name, names) {
            return !(name == "key" && server != nil && Self.isPath(line[key.end...]))
        }
        guard server != nil, headers == nil, key.isFirst, !WrittenKey.serverKeys.contains(name) else { return false }
        return parent(of: key.name.lowerBound, in: line) != "headers"
    }

    /// Whether a key of a line that is not indented belongs to the file's outermost map, with braces or without.
    private func isOfOutermostMap(_ key: WrittenKey, in line: Line) -> Bool {
        let depth = Self.depth(of: line[..<key.name.lowerBound])
        return depth == 0 || depth == 1 && line.first == UInt8(ascii: "{")
    }

    /// Whether a value is the name of a file, as that of `tls.key` is.
    private static func isPath(_ value: Line) -> Bool { value.contains { "./".utf8.contains($0) } }

    /// The key of the map in braces around a place of a line, if it was opened on the line.
    private func parent(of place: Int, in line: Line) -> String? {
        var depth = 0
        var index = place
        while index > line.startIndex {
            index -= 1
            switch line[index] {
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth += 1
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard depth == 0 else {
                    depth -= 1
                    continue
                }
                let name = line[..<index].reversed().drop { !$0.isNameByte }.prefix { $0.isNameByte }
                return String(decoding: name.reversed(), as: UTF8.self)
            default: break
            }
        }
        return nil
    }

    // MARK: Values

    /// Hides the value of a key, with the lines below it that belong to it; returns where the look goes on.
    private mutating func hideValue(of key: WrittenKey, in line: Line, indent: Int) -> Int {
        let values = key.hasMark ? YAMLText.values(in: bytes, from: key.end) : []
        places += values
        let isFlow = line[..<key.name.lowerBound].contains { "{[".utf8.contains($0) }
        guard !isFlow else {
            // Up to the end of the entry, whatever is in it; a map can go on over the lines below.
            if let last = values.last {
                let isQuoted = last.upperBound < line.endIndex && Self.isQuote(line[last.upperBound])
                return min(last.upperBound + (isQuoted ? 1 : 0), line.endIndex)
            }
            let end = Self.endOfEntry(in: line, from: key.end)
            hide(line[key.end..<end])
            let depth = Self.depth(of: line[key.end..<end])
            if depth > 0 { hidden = Block(indent: indent, isOpen: false, depth: depth) }
            return end
        }
        if values.allSatisfy({ $0.lowerBound >= line.endIndex }) || !key.hasMark { hide(line[key.end...]) }
        // A list below a key is read with the values; what else is further in belongs to the key as well.
        if key.isFirst { hidden = Block(indent: indent, isOpen: key.end == line.endIndex) }
        return line.endIndex
    }

    /// Hides a piece of a line without the blanks and quotation marks around it.
    private mutating func hide(_ piece: Line) {
        let marks = " \t\"'|>-+{[}],".utf8
        guard let first = piece.firstIndex(where: { !marks.contains($0) }),
            let last = piece.lastIndex(where: { !marks.contains($0) })
        else { return }
        places.append(first..<last + 1)
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Where an entry of a map in braces ends: at a comma or a closing mark that belongs to the map.
    private static func endOfEntry(in line: Line, from start: Int) -> Int {
        var depth = 0
        for index in start..<line.endIndex {
            switch line[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
                if depth == 0 { return index }
                if line[index] != UInt8(ascii: ",") { depth -= 1 }
            default: break
            }
        }
        return line.endIndex
    }

    /// How many more braces and brackets are opened on a line than closed; those in quotation marks count too, as nobody
    /// knows which marks belong together in a file that is broken.
    private static func depth(of line: Line) -> Int {
        line.reduce(0) { depth, byte in
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth + 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth - 1
            default: depth
            }
        }
    }
}
