internal import SourceDiagnostics

extension TreeBuilder {
    private static let prefix = "tag:yaml.org,2002:"

    /// The meaning of a scalar's tag; a tag that is foreign or does not fit the text is reported.
    mutating func scalarTag(_ tag: String, of text: UnsafeBufferPointer<UInt8>, at position: SourcePosition)
        -> YAMLNode.Tag
    {
        let value = CoreValue.resolve(text)
        switch tag {
        case "!", Self.prefix + "str":
            return .string
        case Self.prefix + "int":
            if case .integer = value { return .integer }
        case Self.prefix + "float":
            switch value {
            case .integer, .float: return .float
            default: break
            }
        case Self.prefix + "bool":
            if case .boolean = value { return .boolean }
        case Self.prefix + "null":
            if value == .null { return .null }
        case Self.prefix + "map", Self.prefix + "seq":
            break
        default:
            reportForeign(tag, at: position)
            return .broken
        }
        report("the value is not what its tag \(shown(tag)) says", at: position, shown(tag).unicodeScalars.count)
        return .broken
    }

    /// Reports a map's or list's tag that is foreign or belongs to something else.
    mutating func checkContainerTag(_ tag: String, _ kind: NodeRecord.Kind, at position: SourcePosition) {
        let own = Self.prefix + (kind == .mapping ? "map" : "seq")
        guard tag != own, tag != "!" else { return }
        guard ["str", "int", "float", "bool", "null", "map", "seq"].contains(where: { tag == Self.prefix + $0 }) else {
            return reportForeign(tag, at: position)
        }
        report("the value is not what its tag \(shown(tag)) says", at: position, shown(tag).unicodeScalars.count)
    }

    private mutating func reportForeign(_ tag: String, at position: SourcePosition) {
        let core = "!!str, !!int, !!float, !!bool, !!null, !!map and !!seq"
        report(
            "unknown tag \(shown(tag)); only the core tags exist: \(core)",
            at: position,
            shown(tag).unicodeScalars.count
        )
    }

    /// A tag the way people write it.
    private func shown(_ tag: String) -> String {
        if tag.hasPrefix(Self.prefix) { return "!!" + tag.dropFirst(Self.prefix.count) }
        return tag.hasPrefix("!") ? tag : "!<\(tag)>"
    }
}
