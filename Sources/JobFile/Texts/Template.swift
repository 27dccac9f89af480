internal import SourceDiagnostics
internal import YAMLTree

/// A scalar's text cut into literal parts and references.
struct Template {
    /// One part.
    enum Part {
        case literal(Substring)
        case reference(Reference)
    }

    /// One `${…}`.
    struct Reference {
        let name: Substring
        let fallback: Fallback
        /// Which byte of the text its `$` is.
        let offset: Int
    }

    /// What stands in for a value that is not there.
    enum Fallback {
        case none
        /// `:-` and what follows; it can hold references of its own.
        case text(Substring)
        /// `:?` and what follows.
        case message(Substring)
    }

    /// Says what is wrong with a reference.
    struct Refusal: Error {
        let message: String
        /// Which byte of the text the `$` is.
        let offset: Int
    }

    let parts: [Part]

    /// Cuts a text; `$${` stands for a literal `${`, and a `$` without a brace for itself.
    ///
    /// - Parameter start: Where the text's first byte is in the whole scalar, for a default's own references.
    init(_ text: Substring, at start: Int = 0) throws(Refusal) {
        let bytes = text.utf8
        var parts: [Part] = []
        var literalStart = bytes.startIndex
        var index = bytes.startIndex
        func literal(to end: Substring.Index) {
            if literalStart < end { parts.append(.literal(text[literalStart..<end])) }
        }
        while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
            let next = bytes.index(after: dollar)
            if bytes[next...].starts(with: "${".utf8) {
                literal(to: next)
                literalStart = bytes.index(after: next)
                index = literalStart
            } else if bytes[next...].first == UInt8(ascii: "{") {
                literal(to: dollar)
                let offset = start + bytes.distance(from: bytes.startIndex, to: dollar)
                let (reference, end) = try Self.reference(text, from: bytes.index(after: next), dollar: offset)
                parts.append(.reference(reference))
                literalStart = end
                index = end
            } else {
                index = next
            }
        }
        literal(to: bytes.endIndex)
        self.parts = parts
    }

    /// The first `$NAME` of a text, in capitals and without braces, and which byte its `$` is.
    static func bareName(in text: String) -> (name: Substring, offset: Int)? {
        let bytes = text.utf8
        var index = bytes.startIndex
        while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
            index = bytes.index(after: dollar)
            let name = bytes[index...].prefix { byte in
                (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
            }
            let isEscaped = dollar > bytes.startIndex && bytes[bytes.index(before: dollar)] == UInt8(ascii: "$")
            guard !isEscaped, name.count > 1, let first = name.first, !(0x30...0x39).contains(first) else { continue }
            return (Substring(name), bytes.distance(from: bytes.startIndex, to: dollar))
        }
        return nil
    }

    /// The reference that the text is, if it is nothing else.
    var whole: Reference? {
        guard parts.count == 1, case .reference(let reference) = parts[0] else { return nil }
        return reference
    }

    /// The references, in order, without those in defaults.
    var references: [Reference] {
        parts.compactMap { part in
            if case .reference(let reference) = part { reference } else { nil }
        }
    }

    private static func reference(
        _ text: Substring,
        from start: Substring.Index,
        dollar: Int
    ) throws(Refusal) -> (Reference, end: Substring.Index) {
        let rest = text[start...].utf8
        let name = rest.prefix(while: isNameByte)
        // A "-" can be part of a name but cannot end it, or `${A:-b}` would be hard to tell from a typing mistake.
        guard let first = name.first, !(0x30...0x39).contains(first), first != UInt8(ascii: "-"),
            first != UInt8(ascii: ".")
        else { throw Refusal(message: "\"${\" needs a name; write \"$${\" for a literal \"${\"", offset: dollar) }
        let afterName = rest[name.endIndex...]
        if afterName.first == UInt8(ascii: "}") {
            let end = rest.index(after: name.endIndex)
            return (Reference(name: Substring(name), fallback: .none, offset: dollar), end)
        }
        let isDefault = afterName.starts(with: ":-".utf8)
        guard isDefault || afterName.starts(with: ":?".utf8) else {
            throw Refusal(
                message: "\"${\(Substring(name))\" needs its \"}\", a \":-\" with a default or a \":?\" with a message",
                offset: dollar
            )
        }
        let operandStart = rest.index(name.endIndex, offsetBy: 2)
        guard let close = closingBrace(rest[operandStart...]) else {
            throw Refusal(message: "\"${\(Substring(name))\" lacks its \"}\"", offset: dollar)
        }
        let operand = text[operandStart..<close]
        let fallback: Fallback = isDefault ? .text(operand) : .message(operand)
        return (Reference(name: Substring(name), fallback: fallback, offset: dollar), rest.index(after: close))
    }

    private static func closingBrace(_ text: Substring.UTF8View.SubSequence) -> Substring.Index? {
        var depth = 0
        var previous: UInt8 = 0
        for index in text.indices {
            let byte = text[index]
            if byte == UInt8(ascii: "{"), previous == UInt8(ascii: "$") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                if depth == 0 { return index }
                depth -= 1
            }
            previous = byte
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default:
            false
        }
    }
}

/// Finds the place in the source of a `$` that is known by its offset in a scalar's text.
///
/// Escapes and folding make the two differ, but they neither add nor drop a `$`: the n-th of the text is the n-th of
/// the source, an escaped one (`\x24`) counted.
enum DollarFinder {
    static func position(ofByte offset: Int, of node: YAMLNode, in source: SourceText) -> SourcePosition {
        let before = node.withUTF8 { text in text.prefix(offset).count { $0 == UInt8(ascii: "$") } }
        var walker = SourceWalker(source)
        walker.advance(to: node.position)
        if node.style == .literal || node.style == .folded { skipLine(&walker) }
        if node.style == .doubleQuoted { walker.step() }
        var left = before
        while let byte = walker.byte {
            var isDollar = byte == UInt8(ascii: "$")
            var steps = 1
            if byte == UInt8(ascii: "\\"), node.style == .doubleQuoted {
                (isDollar, steps) = escape(walker)
            }
            if isDollar {
                if left == 0 { return walker.position }
                left -= 1
            }
            for _ in 0..<steps { walker.step() }
        }
        return node.position
    }

    private static func skipLine(_ walker: inout SourceWalker) {
        let line = walker.line
        while walker.line == line, !walker.isAtEnd { walker.step() }
    }

    /// Whether the escape at the walker is a `$`, and how many characters it takes.
    private static func escape(_ walker: SourceWalker) -> (isDollar: Bool, steps: Int) {
        let digits =
            switch walker.peek(1) {
            case UInt8(ascii: "x"): 2
            case UInt8(ascii: "u"): 4
            case UInt8(ascii: "U"): 8
            default: 0
            }
        guard digits > 0 else { return (false, 2) }
        let code = (2..<2 + digits).compactMap { walker.peek($0) }
        return (Int(String(decoding: code, as: UTF8.self), radix: 16) == 0x24, 2 + digits)
    }
}
