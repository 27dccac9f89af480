/// Goes through a job file line by line and finds what stands behind keys for credentials, whatever is wrong with the
/// file: the parser has refused it, so that nothing is known of it but its text, its braces and its indentation.
struct KeyScan {
    private let bytes: [UInt8]
    private let names: SensitiveNames
    /// The values, in the order of their keys.
    private(set) var places: [Range<Int>] = []
    /// Those whose keys leave no doubt that they are secrets.
    private(set) var certain: [Range<Int>] = []

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

    /// A brace or bracket that is open.
    private struct Brace {
        /// The key in front of it.
        var name: String
        var isServer: Bool
    }

    /// The block whose lines are all hidden.
    private var hidden: Block?
    /// The settings of the server, as far as indentation tells them.
    private var server: Block?
    /// The header fields of the server, whose names are anybody's.
    private var headers: Block?
    /// The braces and brackets that are open, the innermost last.
    private var braces: [Brace] = []
    /// The last key, and where its value begins.
    private var lastKey: (name: String, end: Int, isServer: Bool)?

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
        // A key that is not indented is one of the outermost map, whatever somebody forgot to close above it.
        if indent == 0, line[content].isNameByte { braces = [] }
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
        var index = start
        var isFirst = true
        while index < line.endIndex {
            if let key = WrittenKey(in: line, at: index, isFirst: isFirst),
                key.hasMark || isFirst || !Self.isQuote(line[index])
            {
                let end = max(index + 1, look(at: key, in: line, of: text, indent: column))
                for place in key.end..<max(key.end, end) { follow(line[place], at: place) }
                index = end
                isFirst = false
            } else {
                follow(line[index], at: index)
                isFirst = "{,".utf8.contains(line[index]) || isFirst && Self.isBlank(line[index])
                index += 1
            }
        }
    }

    /// Keeps account of the braces; those in quotation marks count too, as nobody knows which marks belong together in a
    /// file that is broken.
    private mutating func follow(_ byte: UInt8, at index: Int) {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let key = lastKey?.end == index ? lastKey : nil
            let isOutermost = braces.isEmpty && (index == 0 || bytes[index - 1] == 0x0A || bytes[index - 1] == 0x0D)
            braces.append(Brace(name: key?.name ?? (isOutermost ? "" : "-"), isServer: key?.isServer ?? false))
        case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = braces.popLast()
        default: break
        }
    }

    private var isInServer: Bool { server != nil || braces.contains(where: \.isServer) }

    private var isInHeaders: Bool { headers != nil || braces.contains { $0.name == "headers" } }

    /// Looks at a word of a line; returns where the look goes on.
    private mutating func look(
        at key: WrittenKey,
        in line: Line,
        of text: UnsafeBufferPointer<UInt8>,
        indent: Int
    ) -> Int {
        let name = String(decoding: text[key.name], as: UTF8.self)
        guard key.hasMark || key.isFirst else { return key.end }
        if isSecret(name, key, in: line) { return hideValue(of: key, name, in: line, indent: indent) }
        guard key.isFirst, key.hasMark || key.end == line.endIndex else { return key.end }
        let isOutermost = braces.isEmpty ? indent == 0 : braces.count == 1 && braces[0].name.isEmpty
        let isServer = isOutermost && !isInServer && WrittenKey.isServer(name)
        lastKey = (name, key.end, isServer)
        let isBraced = key.end < line.endIndex && "{[".utf8.contains(line[key.end])
        if isServer, !isBraced {
            server = Block(indent: indent, isOpen: key.end == line.endIndex)
        } else if isInServer, name == "headers", !isBraced {
            headers = Block(indent: indent, isOpen: key.end == line.endIndex)
        } else if isInServer, name == "username" {
            hidePassword(behind: key)
        }
        return key.end
    }

    private func isSecret(_ name: String, _ key: WrittenKey, in line: Line) -> Bool {
        if key.hasMark || key.isFirst, WrittenKey.isCredential(name, names) {
            return !(name == "key" && isInServer && Self.isPath(line[key.end...].prefix(1_024)))
        }
        return key.isFirst && isInServer && !isInHeaders && !WrittenKey.serverKeys.contains(name)
    }

    /// Whether a value is the name of a file, as that of `tls.key` is.
    private static func isPath(_ value: Line) -> Bool { value.contains { "./".utf8.contains($0) } }

    // MARK: Values

    /// Hides what follows a colon in a user's name: somebody has written both into one.
    private mutating func hidePassword(behind key: WrittenKey) {
        for value in YAMLText.values(in: bytes, from: key.end, isFlow: !braces.isEmpty).prefix(1) {
            guard let colon = bytes[value].firstIndex(of: UInt8(ascii: ":")) else { continue }
            places.append(colon + 1..<value.upperBound)
            certain.append(colon + 1..<value.upperBound)
        }
    }

    /// Hides the value of a key, with the lines below it that belong to it; returns where the look goes on.
    private mutating func hideValue(of key: WrittenKey, _ name: String, in line: Line, indent: Int) -> Int {
        let values = key.hasMark ? YAMLText.values(in: bytes, from: key.end, isFlow: !braces.isEmpty) : []
        let first = places.count
        defer { if names.isKnown(name) || name == "token" { certain += places[first...] } }
        places += values
        guard braces.isEmpty else {
            // Up to the end of the entry, whatever is in it; a map can go on over the lines below, and so can what stands
            // alone on its line.
            let isAlone = line[..<key.name.lowerBound].allSatisfy { " \t-?#\"'".utf8.contains($0) }
            if isAlone { hidden = Block(indent: indent, isOpen: key.end == line.endIndex) }
            if let last = values.last {
                let isQuoted = last.upperBound < line.endIndex && Self.isQuote(line[last.upperBound])
                return min(last.upperBound + (isQuoted ? 1 : 0), line.endIndex)
            }
            let end = Self.endOfEntry(in: line, from: key.end)
            hide(line[key.end..<end])
            let depth = Self.depth(of: line[key.end..<end])
            if depth > 0 { hidden = Block(indent: indent, isOpen: hidden?.isOpen ?? false, depth: depth) }
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

    /// How many more braces and brackets are opened on a line than closed.
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
