internal import Checks

/// Where the values of keys for credentials begin and end.
extension KeyScan {
    /// Hides the value of a key, with the lines below it that belong to it; returns where the look goes on.
    ///
    /// - Parameter isCertain: Whether the key leaves no doubt that its value is a secret.
    mutating func hideValue(of key: WrittenKey, isCertain: Bool, in line: Line, indent: Int) -> Int {
        let values = key.hasMark ? YAMLText.values(in: bytes, from: key.end, isFlow: isInFlow) : []
        for value in values { noteReferences(in: value) }
        let first = places.count
        defer { if isCertain { certain += places[first...] } }
        // What stands alone on its line can go on over the lines below, and so can a map.
        let isAlone = key.isAnchor || line[..<key.name.lowerBound].allSatisfy { " \t-?#\"'".utf8.contains($0) }
        if isInFlow ? isAlone : key.isFirst || key.isAnchor {
            hidden = Block(indent: indent, isOpen: key.end == line.endIndex)
        }
        guard isInFlow else {
            if let value = values.first, value.lowerBound < line.endIndex {
                // Up to the end of the line: a quotation mark or a comment may be a part of the secret.
                places.append(value.lowerBound..<Self.end(of: value, behind: key, in: line))
                places += values.filter { $0.upperBound > line.endIndex }
            } else {
                places += values
                hide(line[key.end...])
            }
            return line.endIndex
        }
        let isMap = key.hasMark && Self.opens(line, key.end, with: "{")
        guard let last = values.last, !isMap else {
            let entry = Self.endOfEntry(in: line, from: key.end)
            let end = endOfValue(in: line, from: entry)
            hide(line[key.end..<end])
            let depth = Self.depth(of: line[key.end..<entry])
            if depth > 0 { hidden = Block(indent: indent, isOpen: hidden?.isOpen ?? false, depth: depth) }
            return end
        }
        places += values
        let end = rest(behind: last, in: line)
        if end.last > last.upperBound { places.append(last.lowerBound..<end.last) }
        if Self.opens(line, key.end, with: "[") {
            for place in key.end..<max(key.end, end.next) { follow(line[place], at: place) }
        }
        return end.next
    }

    /// The value of a key as far as it is on its line, or begins there, and where that ends if it is one text in braces.
    func value(behind key: WrittenKey, in line: Line) -> (places: [Range<Int>], end: Int) {
        guard !Self.opens(line, key.end, with: "{") else { return ([], key.end) }
        let values = YAMLText.values(in: bytes, from: key.end, isFlow: isInFlow)
        guard let value = values.first, value.lowerBound < line.endIndex else {
            guard values.isEmpty else { return (values, key.end) }
            let end = isInFlow ? endOfValue(in: line, from: key.end) : line.endIndex
            return (Self.trimmed(line[key.end..<end]).map { [$0] } ?? [], isInFlow ? end : key.end)
        }
        guard isInFlow else {
            let end = max(value.upperBound, Self.end(of: value, behind: key, in: line))
            return (values + [value.lowerBound..<end], key.end)
        }
        guard !Self.opens(line, key.end, with: "[") else { return (values, key.end) }
        let end = rest(behind: value, in: line)
        return ([value.lowerBound..<max(value.upperBound, end.last)], end.next)
    }

    /// What of a line in braces may still belong to a value that seems to end: where the last letter of it is, and where
    /// the look goes on.
    private func rest(behind value: Range<Int>, in line: Line) -> (last: Int, next: Int) {
        let isQuoted = value.upperBound < line.endIndex && line[value.upperBound].isQuote
        let start = min(value.upperBound + (isQuoted ? 1 : 0), line.endIndex)
        let end = endOfValue(in: line, from: start)
        return (Self.trimmed(line[start..<end])?.upperBound ?? value.upperBound, end)
    }

    /// Where a value in braces ends: in front of a comma with another entry behind it, or of marks that close what is open.
    ///
    /// A secret may hold either, so that what is between those and the next entry is taken for a part of it.
    private func endOfValue(in line: Line, from start: Int) -> Int {
        var index = start
        while index < line.endIndex {
            switch line[index] {
            case UInt8(ascii: ","):
                if isEntry(in: line, at: index + 1, hasServerKeys: hasServerKeys) { return index }
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                var next = index
                while next < line.endIndex, " \t}]".utf8.contains(line[next]) { next += 1 }
                guard next < line.endIndex else { return index }
                let isComment = line[next] == UInt8(ascii: "#") && line[next - 1].isBlank
                let isEnd = line[next] == UInt8(ascii: ",") && isEntry(in: line, at: next + 1, opens: true)
                if isComment || isEnd { return index }
                index = next
            default: index += 1
            }
        }
        return line.endIndex
    }

    /// Whether another entry of a map or list begins at a place: nothing, since it is on the next line, or a key that does
    /// not look like a piece of a secret.
    ///
    /// - Parameters:
    ///   - hasServerKeys: Whether only the keys of the server's settings can stand there.
    ///   - opens: Whether a further list or map is an entry.
    private func isEntry(in line: Line, at start: Int, hasServerKeys: Bool = false, opens: Bool = false) -> Bool {
        guard let index = line[start...].firstIndex(where: { !$0.isBlank }) else { return true }
        if opens, "{[".utf8.contains(line[index]) { return true }
        guard let key = WrittenKey(in: line, at: index, isFirst: true), key.hasMark,
            key.name.count <= WrittenKey.longest
        else { return false }
        // Without quotation marks, a blank belongs behind the colon.
        guard line[index].isQuote || key.end == line.endIndex || line[key.end - 1].isBlank else {
            return false
        }
        let name = String(decoding: line[key.name], as: UTF8.self)
        if hasServerKeys { return WrittenKey.serverKeys.contains(name) || ["token", "password"].contains(name) }
        // A JSON path is no piece of a secret.
        return name.hasPrefix("$.") || name.hasPrefix("$[") || !OutsideSecret.looksLikeOne(name)
    }

    /// Takes down what a value refers to: an anchor, or nothing but variables.
    private mutating func noteReferences(in value: Range<Int>) {
        if bytes[value.lowerBound] == UInt8(ascii: "*") {
            let name = bytes[(value.lowerBound + 1)..<value.upperBound].prefix { !" \t,]}".utf8.contains($0) }
            references.insert(.anchor(String(decoding: name, as: UTF8.self)))
        }
        var rest = bytes[value]
        while let first = rest.first, first == UInt8(ascii: "$"),
            let name = YAMLText.referenceName(in: rest, at: rest.startIndex),
            let end = YAMLText.referenceEnd(in: rest, at: rest.startIndex)
        {
            references.insert(.variable(String(decoding: bytes[name], as: UTF8.self)))
            rest = rest[end...]
        }
    }

    /// Whether somebody has written a secret in place of the name of a file.
    func isSecretInPlaceOfFile(_ key: WrittenKey, in line: Line) -> Bool {
        guard let value = YAMLText.values(in: bytes, from: key.end, isFlow: isInFlow).first else { return false }
        guard !"*$".utf8.contains(bytes[value.lowerBound]) else { return false }
        return LiteralSecrets.isOne(
            inPlaceOfFile: String(decoding: bytes[value].prefix { !$0.isBlank }, as: UTF8.self)
        )
    }

    /// Hides what follows a colon in a user's name: somebody has written both into one.
    mutating func hidePassword(behind key: WrittenKey) {
        for value in YAMLText.values(in: bytes, from: key.end, isFlow: isInFlow).prefix(1) {
            guard let colon = bytes[value].firstIndex(of: UInt8(ascii: ":")) else { continue }
            places.append(colon + 1..<value.upperBound)
            certain.append(colon + 1..<value.upperBound)
        }
    }

    // MARK: Pieces of lines

    /// Hides a piece of a line without the blanks and quotation marks around it.
    mutating func hide(_ piece: Line) {
        if let place = Self.trimmed(piece) { places.append(place) }
    }

    private static func trimmed(_ piece: Line) -> Range<Int>? {
        let marks = " \t\"'|>-+{[}],".utf8
        guard let first = piece.firstIndex(where: { !marks.contains($0) }),
            let last = piece.lastIndex(where: { !marks.contains($0) })
        else { return nil }
        return first..<last + 1
    }

    /// Where a value ends that goes to the end of its line, without the marks that belong to those in front of it.
    private static func end(of value: Range<Int>, behind key: WrittenKey, in line: Line) -> Int {
        let start = max(line.startIndex, key.name.lowerBound - 1)
        let marks = (Array(line[start..<key.name.lowerBound]) + line[key.end..<value.lowerBound]).filter {
            "{[\"'".utf8.contains($0)
        }
        let isBraced = marks.contains { "{[".utf8.contains($0) }
        var end = line.endIndex
        while end > value.lowerBound,
            line[end - 1].isBlank || marks.contains(line[end - 1]) || isBraced && "}]".utf8.contains(line[end - 1])
        {
            end -= 1
        }
        return end
    }

    private static func opens(_ line: Line, _ start: Int, with mark: Unicode.Scalar) -> Bool {
        line[start...].first { !$0.isBlank } == UInt8(ascii: mark)
    }

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
    static func depth(of line: Line) -> Int {
        line.reduce(0) { depth, byte in
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth + 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth - 1
            default: depth
            }
        }
    }
}
