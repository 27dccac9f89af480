internal import SourceDiagnostics
internal import YAMLTree

/// What a person is told who has slipped in the way that YAML lets everybody slip.
extension JobContext {
    static let commentHelp = "what follows a \"#\" is a comment; put the value in quotes"

    /// Whether a scalar is empty because what was meant to be its value begins with `#`.
    func isCutByComment(_ node: YAMLNode) -> Bool {
        guard node.kind == .scalar, node.style == .plain, node.text.isEmpty else { return false }
        var walker = SourceWalker(source)
        walker.advance(to: node.position)
        while walker.byte == UInt8(ascii: " ") { walker.step() }
        return walker.byte == UInt8(ascii: "#")
    }

    /// What to do about a value of the wrong kind, if all it lacks is a space, or if it is `{{NAME}}`.
    func slipHelp(_ node: YAMLNode) -> String? {
        if node.kind == .mapping, let key = node.pairs.first(where: { _ in true })?.key {
            if key.kind == .mapping { return "a variable is written ${NAME}" }
            let isItem = key.style == .plain && key.text.count > 1 && key.text.hasPrefix("-")
            return isItem ? "a space is missing behind \"-\"" : nil
        }
        guard node.kind == .scalar, node.style == .plain, case let text = node.text,
            let colon = text.firstIndex(of: ":"), colon > text.startIndex,
            text[..<colon].utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }),
            keyNames.contains(String(text[..<colon]))
        else { return nil }
        return "a space is missing behind \"\(text[...colon])\""
    }

    /// Warns of a code that is more likely a slip than the code of a route.
    mutating func warnOfOddCode(_ code: String, at node: YAMLNode) {
        // Nearly all codes are of these characters only.
        guard !code.utf8.allSatisfy(Self.isPlain) else { return }
        func isBlank(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isWhitespace ?? false }
        if code.contains("://") {
            warning("\"route\" is the code of a route and no address", at: node, help: "DHIS2 holds the address")
        } else if code.contains("/") {
            let help = "put what follows the \"/\" into \"path\""
            warning("\"route\" is the code of a route alone", at: node, help: help)
        } else if isBlank(code.unicodeScalars.first) || isBlank(code.unicodeScalars.last) {
            warning("the code begins or ends with a blank", at: node)
        } else if code.contains(where: { "“”„‘’«»".contains($0) }) {
            warning("the code holds typographic quotation marks", at: node, help: "YAML knows \" and ' only")
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._".utf8.contains(byte)
        }
    }
}
