internal import Text

extension JSONValue: CustomStringConvertible {
    /// How a value is laid out as text.
    public enum Style: Sendable, Hashable {
        /// On one line, without spaces.
        case compact
        /// One member or element a line, indented by two spaces a level.
        case pretty
    }

    /// The value as compact JSON.
    public var description: String { text() }

    /// The value as JSON.
    public func text(_ style: Style = .compact) -> String {
        var bytes: [UInt8] = []
        write(into: &bytes, style: style)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value as JSON in UTF-8, without a line feed at the end.
    public func write(into bytes: inout [UInt8], style: Style = .compact) {
        write(into: &bytes, style: style, level: 0)
    }

    private func write(into bytes: inout [UInt8], style: Style, level: Int) {
        switch self {
        case .null: bytes += "null".utf8
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .number(let number): bytes += number.literal.utf8
        case .string(let text): JSONEscape.write(text, into: &bytes)
        case .array(let elements):
            Self.writeList(elements, "[", "]", into: &bytes, style: style, level: level) { element, bytes in
                element.write(into: &bytes, style: style, level: level + 1)
            }
        case .object(let members):
            Self.writeList(members, "{", "}", into: &bytes, style: style, level: level) { member, bytes in
                JSONEscape.write(member.name, into: &bytes)
                bytes += (style == .pretty ? ": " : ":").utf8
                member.value.write(into: &bytes, style: style, level: level + 1)
            }
        }
    }

    private static func writeList<Items: Collection>(
        _ items: Items,
        _ opening: Unicode.Scalar,
        _ closing: Unicode.Scalar,
        into bytes: inout [UInt8],
        style: Style,
        level: Int,
        writeItem: (Items.Element, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: opening))
        var isFirst = true
        for item in items {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            if style == .pretty { startLine(level: level + 1, into: &bytes) }
            writeItem(item, &bytes)
        }
        if style == .pretty, !items.isEmpty { startLine(level: level, into: &bytes) }
        bytes.append(UInt8(ascii: closing))
    }

    private static func startLine(level: Int, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }
}
