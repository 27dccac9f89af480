/// The one place that knows how JSON writes a character that cannot stand in a string as it is (RFC 8259, section 7).
package enum JSONEscape {
    /// Whether a character must be escaped: quotation marks, backslashes and controls.
    @inline(__always)
    package static func isNeeded(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// The escape of any character: two letters where it has such a form, its number otherwise.
    package static func of(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\u{08}": "\\b"
        case "\t": "\\t"
        case "\n": "\\n"
        case "\u{0C}": "\\f"
        case "\r": "\\r"
        default:
            // A character beyond the first plane takes two UTF-16 units.
            scalar.utf16.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }.joined()
        }
    }

    /// Appends a text as a string with its quotation marks, escaping only what must be escaped.
    ///
    /// For programs that read the JSON. Bytes beyond ASCII are copied as they are.
    package static func write(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if isNeeded(byte) { bytes += of(Unicode.Scalar(byte)).utf8 } else { bytes.append(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A text as a string with its quotation marks, in which nothing is hidden from whoever looks at it.
    ///
    /// For people, who may see the JSON on a terminal, and for the logs of CI systems; a program reads the same text
    /// from it.
    package static func visible(_ text: String) -> String {
        let commands = LogCommand.places(in: text, .insideLine)
        var (result, offset) = ("\"", 0)
        for scalar in text.unicodeScalars {
            let isHidden = VisibleText.isHidden(scalar) || commands.contains(offset)
            if isHidden || scalar == "\"" || scalar == "\\" {
                result += of(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
            offset += UTF8.width(scalar)
        }
        return result + "\""
    }
}
