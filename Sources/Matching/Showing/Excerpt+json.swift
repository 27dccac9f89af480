package import JSONDocument
import Text

extension Excerpt {
    /// The node's value as JSON on one line.
    package static func json(_ node: JSONNode, limit: Int = limit) -> String {
        json(node.value, limit: limit)
    }

    /// The value as JSON on one line; what is left out shows as an ellipsis, followed by how much there was.
    package static func json(_ value: JSONValue, limit: Int = limit) -> String {
        var writer = JSONExcerptWriter(limit: limit)
        writer.write(value)
        let text = plain(writer.text)
        guard writer.isCut else { return text }
        switch value {
        case .array(let elements): return "\(text) (\(elements.count.counting("element")))"
        case .object(let members): return "\(text) (\(members.count.counting("member")))"
        case .string(let string): return "\(text) (\(AmountText.roughSize(string.utf8.count)))"
        case .null, .boolean, .number: return text
        }
    }
}

/// Writes the beginning of a value as JSON, so that a large one costs no more than what is shown of it.
private struct JSONExcerptWriter {
    let limit: Int
    private(set) var text = ""
    private(set) var isCut = false

    init(limit: Int) {
        self.limit = limit
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .number(let number): writeCut(number.literal)
        case .string(let string): writeString(string)
        case .array(let elements):
            writeList("[", elements, "]") { writer, element in writer.write(element) }
        case .object(let members):
            writeList("{", members, "}") { writer, member in
                writer.writeString(member.name)
                writer.text += ":"
                writer.write(member.value)
            }
        }
    }

    private mutating func writeList<Items: Collection>(
        _ opening: String,
        _ items: Items,
        _ closing: String,
        write: (inout Self, Items.Element) -> Void
    ) {
        text += opening
        var isFirst = true
        for item in items {
            if !isFirst { text += "," }
            guard text.utf8.count < limit else {
                text += "…"
                isCut = true
                break
            }
            isFirst = false
            write(&self, item)
        }
        text += closing
    }

    private mutating func writeString(_ string: String) {
        // A string that stands alone may take all the room, one of several leaves some to the others.
        let room = text.isEmpty ? limit : max(limit / 2, limit - text.utf8.count)
        let shown = Excerpt.cutAtWord(string, limit: room)
        text += JSONValue.string(shown.text).text()
        if shown.isCut {
            text.removeLast()
            text += "…\""
            isCut = true
        }
    }

    private mutating func writeCut(_ literal: String) {
        let kept = literal.prefix(limit)
        text += kept
        if kept.endIndex < literal.endIndex {
            text += "…"
            isCut = true
        }
    }
}
